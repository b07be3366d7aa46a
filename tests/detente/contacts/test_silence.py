"""An open contact of which nothing is heard lapses once, and says so if nobody was listening."""

import datetime as dt

from builders import NOW, report, signal

from detente.contacts.advance import advance
from detente.contacts.silence import due, is_heard, lapse
from detente.contacts.transitions import Paging
from detente.vocabulary import State, Tier, TransitionKind

OPEN, _ = advance(None, report("2024-01-10", signal("meeting", "2024-01-10")), NOW)
LIMIT_PASSED = dt.datetime(2024, 7, 9, tzinfo=dt.UTC)


def test_an_open_contact_is_due_on_the_day_after_the_limit():
    assert due(OPEN) == LIMIT_PASSED.date()


def test_it_lapses_on_that_day_and_not_before():
    assert lapse(OPEN, LIMIT_PASSED - dt.timedelta(days=1), heard=True).transitions == ()
    contact, (lapsed,) = lapse(OPEN, LIMIT_PASSED, heard=True)
    assert (lapsed.kind, lapsed.paging, lapsed.to_state) == (TransitionKind.LAPSED, Paging.PAGES, State.DORMANT)
    assert lapsed.also_working
    assert contact.high.state is contact.working.state is State.DORMANT


def test_it_lapses_once():
    contact, _ = lapse(OPEN, LIMIT_PASSED, heard=True)
    assert lapse(contact, LIMIT_PASSED + dt.timedelta(days=30), heard=True).transitions == ()


def test_with_dead_sources_it_says_that_we_are_blind():
    _, (lapsed,) = lapse(OPEN, LIMIT_PASSED, heard=False)
    assert lapsed.paging is Paging.BLIND


def test_the_next_engagement_after_a_lapse_is_a_resumption():
    contact, _ = lapse(OPEN, LIMIT_PASSED, heard=True)
    _, transitions = advance(contact, report("2024-08-01", signal("call", "2024-08-01")), NOW)
    assert [t.kind for t in transitions] == [TransitionKind.RESUMED]


def test_a_suspended_contact_never_lapses():
    cut, _ = advance(None, report("2022-08-05", signal("suspension", "2022-08-05")), NOW)
    assert due(cut) is None
    assert lapse(cut, LIMIT_PASSED, heard=True).transitions == ()


def test_a_contact_is_heard_while_one_of_its_publishers_is_read():
    assert is_heard(OPEN, {"wire.example": LIMIT_PASSED}, LIMIT_PASSED)
    assert not is_heard(OPEN, {"wire.example": LIMIT_PASSED - dt.timedelta(days=2)}, LIMIT_PASSED)
    assert not is_heard(OPEN, {"other.example": LIMIT_PASSED}, LIMIT_PASSED)


SHORT, LONG = dt.timedelta(days=90), dt.timedelta(days=365)


def days_after(days: int) -> dt.datetime:
    return dt.datetime(2024, 1, 10, tzinfo=dt.UTC) + dt.timedelta(days=days)


def test_each_limit_that_a_rule_asks_for_is_said_once():
    contact, (first,) = lapse(OPEN, days_after(91), heard=True, limits=(SHORT, LONG))
    assert (first.silence, first.from_state) == (SHORT, State.OPEN)
    assert due(contact, (SHORT, LONG)) == days_after(366).date()
    assert lapse(contact, days_after(200), heard=True, limits=(SHORT, LONG)).transitions == ()
    contact, (second,) = lapse(contact, days_after(366), heard=True, limits=(SHORT, LONG))
    assert (second.silence, second.from_state) == (LONG, State.DORMANT)
    assert due(contact, (SHORT, LONG)) is None


def test_after_a_short_limit_the_next_engagement_is_a_resumption():
    contact, _ = lapse(OPEN, days_after(91), heard=True, limits=(SHORT,))
    _, transitions = advance(contact, report("2024-04-15", signal("call", "2024-04-15")), NOW)
    assert [t.kind for t in transitions] == [TransitionKind.RESUMED]


def test_before_a_long_limit_it_is_none():
    contact, _ = lapse(OPEN, days_after(30), heard=True, limits=(LONG,))
    _, transitions = advance(contact, report("2024-09-15", signal("call", "2024-09-15")), NOW)
    assert transitions == ()


def test_a_working_tier_that_goes_on_does_not_hide_a_silent_high_tier():
    contact = OPEN
    for month in range(2, 8):
        day = f"2024-{month:02}-10"
        contact, _ = advance(contact, report(day, signal("talks", day, level="working")), NOW)
    contact, (lapsed,) = lapse(contact, LIMIT_PASSED + dt.timedelta(days=5), heard=True)
    assert not lapsed.also_working
    assert contact.working.state is State.OPEN
    contact, (lapsed,) = lapse(contact, dt.datetime(2025, 2, 1, tzinfo=dt.UTC), heard=True)
    assert lapsed.tier is Tier.WORKING


def test_another_report_of_the_last_meeting_does_not_confirm_the_silence():
    contact, _ = lapse(OPEN, LIMIT_PASSED, heard=True)
    again = report("2024-07-10", signal("meeting", "2024-01-10", text="x"), publisher="other.example")
    assert advance(contact, again, NOW).transitions == ()
