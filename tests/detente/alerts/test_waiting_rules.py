"""Rules that wait for support, that are muted, and that have a rate."""

import datetime as dt
from typing import Any

from detente.alerts.evaluate import Evaluation, evaluate
from detente.alerts.verdicts import Verdict
from detente.vocabulary import AlertStatus, TransitionKind

RESUMED, CONFIRMED = TransitionKind.RESUMED, TransitionKind.CONFIRMED


def verdict(evaluation: Evaluation, name: str = "a_rule") -> Verdict:
    return dict(evaluation.verdicts)[name]


def test_a_rule_that_waits_for_support_fires_when_it_is_there(rule: Any, transition: Any, noon: dt.datetime) -> None:
    waiting = rule(match={"confirmation": "one_readout"}, name="waiting")
    first = evaluate([waiting], None, transition(), noon)
    assert (first.alerts, verdict(first, "waiting")) == ((), Verdict.NOT_CONFIRMED_YET)
    outlets = transition(CONFIRMED, id="u1", of=RESUMED, confirmation="independent_outlets", independent=2)
    second = evaluate([waiting], first.memory, outlets, noon)
    assert (second.alerts, verdict(second, "waiting")) == ((), Verdict.NOT_CONFIRMED_YET)
    readout = transition(CONFIRMED, id="u2", of=RESUMED, confirmation="one_readout", independent=3)
    third = evaluate([waiting], second.memory, readout, noon)
    (alert,) = third.alerts
    assert (alert.transition, alert.status, alert.confirmation) == (RESUMED, AlertStatus.CONFIRMED, "one_readout")
    assert evaluate([waiting], third.memory, readout, noon).alerts == ()


def test_a_rule_that_waits_fires_under_the_id_that_it_would_have_had_at_once(
    rule: Any, transition: Any, noon: dt.datetime
) -> None:
    at_once = evaluate([rule()], None, transition(), noon).alerts[0]
    confirmed = transition(CONFIRMED, id="u1", of=RESUMED, confirmation="independent_outlets", independent=2)
    late = evaluate([rule(match={"min_publishers": 2})], None, confirmed, noon).alerts[0]
    assert late.id == at_once.id


def test_one_more_publisher_makes_no_new_version(rule: Any, transition: Any, noon: dt.datetime) -> None:
    first = evaluate([rule()], None, transition(), noon)
    more = transition(CONFIRMED, id="u3", of=RESUMED, reason="more_publishers", independent=3)
    after = evaluate([rule()], first.memory, more, noon)
    assert (after.alerts, verdict(after)) == ((), Verdict.NOTHING_TO_UPDATE)


def test_a_rate_stops_a_rule_on_a_contact_that_fires_too_often(rule: Any, transition: Any, noon: dt.datetime) -> None:
    limited = [rule(rate={"alerts": 2, "per": "PT1H"})]
    memory, fired = None, []
    for number, minutes in enumerate((0, 10, 20, 61)):
        evaluation = evaluate(
            limited, memory, transition(encounter_id=f"e{number}"), noon + dt.timedelta(minutes=minutes)
        )
        memory, fired = evaluation.memory, [*fired, verdict(evaluation)]
    assert fired == [Verdict.FIRED, Verdict.FIRED, Verdict.RATE_LIMITED, Verdict.FIRED]


def test_a_muted_rule_makes_an_alert_that_waits(rule: Any, transition: Any, noon: dt.datetime) -> None:
    (alert,) = evaluate([rule(mute=[{"from": "10:00", "to": "14:00"}])], None, transition(), noon).alerts
    assert alert.muted_until == noon + dt.timedelta(hours=2)
