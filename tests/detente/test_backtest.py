"""A backtest runs the pure stages in order of publication, silences included."""

import datetime as dt

from builders import report, signal

from alerts.rule_files import load_rules
from detente.alerts.alert import Resolution
from detente.backtest import run
from detente.vocabulary import TransitionKind

RULES = load_rules(None)
CUT = report("2022-08-05", signal("suspension", "2022-08-05"))
MEETING = report("2024-04-16", signal("video", "2024-04-16"))


def alerts(*items):
    return [alert for outcome in run(items, lambda _: (), RULES) for alert in outcome.alerts]


def test_a_break_and_a_resumption_fire_one_alert_each():
    assert [(a.transition, a.version) for a in alerts(CUT, MEETING)] == [
        (TransitionKind.BROKEN_OFF, 1),
        (TransitionKind.RESUMED, 1),
    ]


def test_a_resumption_within_the_hold_time_resolves_the_break():
    soon = report("2022-08-06", signal("video", "2022-08-06"))
    assert [(a.transition, a.version, a.resolved_by) for a in alerts(CUT, soon)] == [
        (TransitionKind.BROKEN_OFF, 1, None),
        (TransitionKind.BROKEN_OFF, 2, Resolution.OPPOSITE_TRANSITION),
        (TransitionKind.RESUMED, 1, None),
    ]


def test_running_twice_gives_the_same_alerts():
    assert alerts(CUT, MEETING) == alerts(CUT, MEETING)


def test_five_copies_of_an_article_fire_once():
    copies = [MEETING.model_copy(update={"article_id": f"copy{n}"}) for n in range(5)]
    assert len({a.id for a in alerts(CUT, *copies)}) == 2


def test_the_silence_of_a_watched_contact_is_noticed_when_time_has_passed():
    first = report("2023-01-10", signal("meeting", "2023-01-10"))
    later = report("2023-12-01", signal("talks", "2023-11-30", dyad="FRA-JPN"))
    lapses = [t for outcome in run([first, later], lambda _: (), RULES) for t in outcome.transitions]
    assert [(t.kind, t.at.date()) for t in lapses] == [(TransitionKind.LAPSED, dt.date(2023, 7, 10))]
