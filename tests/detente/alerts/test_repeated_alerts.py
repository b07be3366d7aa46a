"""An event that comes about again: the alert that another change had ended holds again, under its own id."""

import datetime as dt
from typing import Any

from detente.alerts.alert import Resolution
from detente.alerts.evaluate import evaluate
from detente.alerts.verdicts import Verdict
from detente.vocabulary import TransitionKind

STRAINED, ANNOUNCED = TransitionKind.STRAINED, TransitionKind.ANNOUNCED
HOUR = dt.timedelta(hours=1)


def test_a_summit_that_is_back_on_reopens_its_alert_for_its_hold_time(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    rules = [rule(ANNOUNCED, hold="P2D")]
    on = transition(ANNOUNCED, id="on")
    off = transition(STRAINED, id="off", encounter_id="encounter-2")
    again = transition(ANNOUNCED, id="on-again")
    first = evaluate(rules, None, on, noon)
    ended = evaluate(rules, first.memory, off, noon + HOUR)
    assert ended.alerts[0].resolved_by is Resolution.OPPOSITE_TRANSITION
    back = evaluate(rules, ended.memory, again, noon + 2 * HOUR)
    (alert,) = back.alerts
    assert (alert.id, alert.version, alert.resolved_at) == (first.alerts[0].id, 3, None)
    assert alert.active_until == noon + 2 * HOUR + dt.timedelta(days=2)
    assert dict(back.verdicts)["a_rule"] is Verdict.REOPENED
    replayed = evaluate(rules, back.memory, again, noon + 3 * HOUR)
    assert replayed.alerts == ()
    assert replayed.memory == back.memory


def test_while_the_alert_still_holds_the_same_event_is_no_news(rule: Any, transition: Any, noon: dt.datetime) -> None:
    rules = [rule(ANNOUNCED)]
    first = evaluate(rules, None, transition(ANNOUNCED, id="on"), noon)
    again = evaluate(rules, first.memory, transition(ANNOUNCED, id="on-again"), noon + HOUR)
    assert again.alerts == ()
    assert dict(again.verdicts)["a_rule"] is Verdict.ALREADY_FIRED
