"""What an article does to a contact, case by case."""

import datetime as dt

from builders import NOW, report, signal

from detente.contacts.advance import advance
from detente.contacts.contact import Contact
from detente.contacts.transitions import Paging, Reason, Transition
from detente.signals import ArticleSignals
from detente.vocabulary import ArticleFlag, Level, Precision, State, Tier, TransitionKind


def fold(*articles: ArticleSignals, contact: Contact | None = None) -> tuple[Contact, list[Transition]]:
    transitions: list[Transition] = []
    for article in articles:
        contact, made = advance(contact, article, NOW)
        transitions.extend(made)
    assert contact is not None
    return contact, transitions


def kinds(transitions: list[Transition]) -> list[TransitionKind]:
    return [transition.kind for transition in transitions]


_, BROKEN_OFF, STRAINED, _, ANNOUNCED, *_ = TransitionKind
CUT_SHORT = report("2023-02-04", signal("refusal", "2023-02-04"))
CUT = report("2022-08-05", signal("suspension", "2022-08-05"))
MEETING = report("2024-04-16", signal("video", "2024-04-16"))


def test_an_article_that_recounts_the_break_before_its_news_makes_one_transition():
    contact, transitions = fold(
        report(
            "2024-04-16",
            signal("suspension", "2022-08", level="unknown"),
            signal("refusal", "2023-06"),
            signal("meeting", "2023-06", ceremonial=True),
            signal("video", "2024-04-16", gap_days=700),
            signal("talks", "2024-04", level="working"),
        )
    )
    assert kinds(transitions) == [TransitionKind.RESUMED]
    resumed = transitions[0]
    assert resumed.tier is Tier.HIGH
    assert resumed.also_working
    assert resumed.from_state is State.SUSPENDED
    assert resumed.reason is Reason.ENGAGED_AFTER_RUPTURE
    assert resumed.paging is Paging.PAGES
    assert resumed.level is Level.MINISTER
    assert str(resumed.previous) == "2022-08"
    assert contact.high.state is contact.working.state is State.OPEN


def test_an_engagement_after_a_cut_resumes_the_contact():
    _, transitions = fold(CUT, MEETING)
    assert kinds(transitions) == [TransitionKind.BROKEN_OFF, TransitionKind.RESUMED]


def test_the_same_article_again_changes_nothing():
    once, _ = fold(CUT, MEETING)
    again, transitions = fold(CUT, MEETING, MEETING, CUT, contact=once)
    assert again == once
    assert transitions == []


def test_the_same_article_from_a_second_publisher_confirms_and_makes_no_second_resumption():
    _, transitions = fold(
        CUT, MEETING, report("2024-04-16", signal("meeting", "2024-04-16"), publisher="daily.example")
    )
    assert kinds(transitions) == [TransitionKind.BROKEN_OFF, TransitionKind.RESUMED, TransitionKind.CONFIRMED]
    assert transitions[-1].of is TransitionKind.RESUMED
    assert transitions[-1].encounter_id == transitions[1].encounter_id


def test_a_third_publisher_climbs_no_rung():
    others = [report("2024-04-17", signal("call", "2024-04-16"), publisher=f"p{n}.example") for n in range(3)]
    _, transitions = fold(CUT, MEETING, *others)
    assert [t.reason for t in transitions[2:]] == [Reason.SECOND_PUBLISHER, *[Reason.MORE_PUBLISHERS] * 2]


def test_an_official_readout_confirms_alone():
    _, transitions = fold(CUT, report("2024-04-16", signal("video", "2024-04-16"), publisher="defense.gov"))
    assert kinds(transitions)[-2:] == [TransitionKind.RESUMED, TransitionKind.CONFIRMED]
    assert transitions[-1].reason is Reason.OFFICIAL_READOUT


def test_an_engagement_on_an_unknown_contact_opens_it_silently():
    contact, transitions = fold(MEETING)
    assert transitions == []
    assert contact.high.state is State.OPEN


def test_a_claimed_gap_makes_it_a_resumption():
    _, transitions = fold(report("2024-04-16", signal("video", "2024-04-16", gap_days=700)))
    assert [t.reason for t in transitions] == [Reason.CLAIMED_GAP]


def test_a_claimed_gap_shorter_than_the_limit_does_not():
    _, transitions = fold(report("2024-04-16", signal("video", "2024-04-16", gap_days=90)))
    assert transitions == []


def test_a_restoration_resumes_even_an_unknown_contact_and_both_tiers():
    contact, transitions = fold(
        report("2023-03-10", signal("restoration", "2023-03-10", level="unknown", channel="diplomatic", dyad="IRN-SAU"))
    )
    assert [(t.kind, t.tier, t.reason) for t in transitions] == [(TransitionKind.RESUMED, Tier.HIGH, Reason.RESTORED)]
    assert contact.working.state is State.OPEN


def test_a_working_meeting_opens_no_high_tier():
    contact, transitions = fold(CUT, report("2024-01-09", signal("talks", "2024-01-09", level="working")))
    assert contact.high.state is State.SUSPENDED
    assert [(t.kind, t.tier) for t in transitions[1:]] == [(TransitionKind.RESUMED, Tier.WORKING)]


def test_a_handshake_opens_no_high_tier():
    contact, _ = fold(CUT, report("2023-06-03", signal("meeting", "2023-06-02", ceremonial=True)))
    assert contact.high.state is State.SUSPENDED


def test_a_late_article_about_an_old_break_amends_the_record_and_pages_nobody():
    contact, transitions = fold(MEETING, report("2024-04-17", signal("suspension", "2022-08")))
    assert transitions == []
    assert [str(e.event_date) for e in contact.encounters] == ["2022-08", "2024-04-16"]
    assert contact.high.state is State.OPEN


def test_an_article_older_than_the_watermark_by_over_three_days_is_recorded_but_pages_nobody():
    newer = report("2024-05-01", signal("talks", "2024-04-30", level="working"))
    _, transitions = fold(CUT, newer, MEETING)
    resumed = transitions[-1]
    assert (resumed.kind, resumed.tier, resumed.paging) == (TransitionKind.RESUMED, Tier.HIGH, Paging.LATE_ARTICLE)


def test_a_lesser_rupture_does_not_lift_a_graver_one():
    contact, transitions = fold(CUT, report("2023-02-05", signal("refusal", "2023-02-04")))
    assert contact.high.state is State.SUSPENDED
    assert kinds(transitions) == [TransitionKind.BROKEN_OFF]


def test_a_refusal_strains_an_open_contact():
    contact, transitions = fold(
        report("2022-11-22", signal("meeting", "2022-11-22")), report("2023-02-05", signal("refusal", "2023-02-04"))
    )
    assert contact.high.state is State.STRAINED
    assert contact.working.state is State.OPEN
    assert kinds(transitions) == [TransitionKind.STRAINED]


def test_on_the_same_date_the_graver_event_decides():
    contact, _ = fold(report("2022-08-05", signal("call", "2022-08-05"), signal("suspension", "2022-08-05")))
    assert contact.high.state is State.SUSPENDED


def test_an_engagement_after_180_days_of_silence_resumes():
    _, transitions = fold(report("2023-06-01", signal("call", "2023-06-01")), MEETING)
    assert [t.reason for t in transitions] == [Reason.ENGAGED_AFTER_SILENCE]
    assert transitions[0].from_state is State.DORMANT


def test_a_planned_high_level_meeting_on_a_contact_that_is_not_open_is_announced_once():
    plan = signal("meeting", "2024-05-31", status="planned")
    _, transitions = fold(CUT, report("2024-05-20", plan), report("2024-05-21", plan, publisher="wire.example"))
    assert kinds(transitions) == [TransitionKind.BROKEN_OFF, TransitionKind.ANNOUNCED]


def test_a_plan_that_was_called_off_and_is_back_on_is_announced_again():
    plan = signal("meeting", "2024-05-31", status="planned")
    off = signal("cancellation", "2024-05-24")
    _, transitions = fold(
        CUT_SHORT,
        report("2024-05-20", plan),
        report("2024-05-24", off, publisher="wire.example"),
        report("2024-05-26", plan),
        report("2024-05-27", plan, publisher="wire.example"),
    )
    news = [made for made in transitions if made.of is None]
    assert kinds(news) == [STRAINED, ANNOUNCED, ANNOUNCED]
    assert news[1].encounter_id == news[2].encounter_id
    assert news[1].id != news[2].id


def test_an_undated_plan_does_not_carry_the_id_of_its_event_to_a_later_one():
    may = signal("meeting", "2024-05", status="planned")
    undated = signal("meeting", None, status="planned")
    june = signal("meeting", "2024-06-12", status="planned")
    contact, transitions = fold(
        CUT, report("2024-03-09", may), report("2024-03-11", undated), report("2024-05-10", june)
    )
    assert kinds([made for made in transitions if made.of is None]) == [BROKEN_OFF, ANNOUNCED, ANNOUNCED]
    dates = {encounter.id: str(encounter.event_date) for encounter in contact.encounters}
    assert [dates[made.encounter_id] for made in transitions if made.kind is ANNOUNCED] == ["2024-05", "2024-06-12"]


def test_a_planned_meeting_changes_no_state():
    contact, _ = fold(CUT, report("2024-05-20", signal("meeting", "2024-05-31", status="planned")))
    assert contact.high.state is State.SUSPENDED


def test_a_plan_on_an_open_contact_is_no_news():
    _, transitions = fold(MEETING, report("2024-05-20", signal("meeting", "2024-05-31", status="planned")))
    assert transitions == []


def test_a_denial_retracts_what_was_raised_and_restores_the_state_without_a_new_break():
    denial = report(
        "2024-04-17", signal("video", "2024-04-16", status="denied", level="unknown"), publisher="b.example"
    )
    contact, transitions = fold(CUT, MEETING, denial)
    assert kinds(transitions) == [TransitionKind.BROKEN_OFF, TransitionKind.RESUMED, TransitionKind.RETRACTED]
    assert contact.high.state is State.SUSPENDED


def test_a_denial_of_something_unheard_of_changes_nothing():
    contact, transitions = fold(report("2024-04-17", signal("recall", "2024-04-17", status="denied")))
    assert transitions == []
    assert contact.high.state is State.UNKNOWN


def test_a_vague_date_joins_the_exact_one_it_can_mean():
    contact, _ = fold(
        report("2022-08-06", signal("suspension", "2022-08-05")), report("2022-08-20", signal("suspension", "2022-08"))
    )
    assert len(contact.encounters) == 1
    assert contact.encounters[0].event_date.precision is Precision.DAY


def test_an_id_survives_a_more_exact_report():
    first, _ = fold(report("2022-08-20", signal("suspension", "2022-08")))
    second, _ = fold(report("2022-08-21", signal("suspension", "2022-08-05")), contact=first)
    assert [e.id for e in second.encounters] == [e.id for e in first.encounters]


def test_nothing_is_reported_as_past_before_it_came_to_pass():
    earlier = report("2024-04-16", signal("call", "2024-04"))
    contact, _ = fold(earlier, report("2024-04-28", signal("call", "2024-04-28")))
    assert len(contact.encounters) == 2


def test_the_watermark_is_the_newest_publication_and_never_goes_back():
    contact, _ = fold(MEETING, CUT)
    assert contact.watermark == dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)


def test_an_article_from_the_future_moves_no_watermark_and_ends_no_silence():
    liar = report("2026-11-23", signal("video", "2026-11-23")).model_copy(update={"flags": (ArticleFlag.CLAMPED,)})
    contact, transitions = fold(CUT, MEETING, liar)
    assert contact.watermark == dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)
    assert kinds(transitions) == [TransitionKind.BROKEN_OFF, TransitionKind.RESUMED]
