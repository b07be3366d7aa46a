"""A transition into alerts: what every rule makes of it, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from detente.alerts.alert import Alert, alert_id
from detente.alerts.alert_updates import STATUS, is_about, resolution_of, resolved, updated
from detente.alerts.matching import verdict_of
from detente.alerts.memory import AlertMemory
from detente.alerts.rule import Rule
from detente.alerts.transition_to_alert import fire
from detente.alerts.verdicts import Verdict
from detente.contacts.transitions import Transition

__all__ = ["AlertMemory", "Evaluation", "evaluate"]


class Evaluation(NamedTuple):
    """The memory after a transition; new alerts and new versions of alerts; and each rule's verdicts, by its name."""

    memory: AlertMemory
    alerts: tuple[Alert, ...]
    verdicts: tuple[tuple[str, Verdict], ...]


Made = tuple[list[Alert], list[tuple[str, Verdict]]]


def evaluate(rules: Sequence[Rule], memory: AlertMemory | None, transition: Transition, now: datetime) -> Evaluation:
    """Apply the rules to one transition of the contact that the memory is of; pure and idempotent.

    A transition that is seen again changes nothing. ``now`` stamps the alerts and starts their hold time. The shell must
    hand the alerts on before it stores the memory: a crash between the two then repeats alerts under the same id and
    version, instead of losing them.
    """
    known = memory or AlertMemory(contact=transition.contact)
    if transition.kind in STATUS:
        alerts, verdicts = _update(rules, known, transition, now)
    else:
        ended, over = _resolve(known, transition, now)
        fired, verdicts = _fire(rules, known, transition, now)
        alerts, verdicts = ended + fired, over + verdicts
    after = known.with_alerts(alerts, now) if alerts else known
    return Evaluation(after, tuple(alerts), tuple(verdicts))


def _update(rules: Sequence[Rule], memory: AlertMemory, transition: Transition, now: datetime) -> Made:
    concerned = [alert for alert in memory.alerts if is_about(alert, transition)]
    fresh = [alert for alert in concerned if transition.id not in alert.transition_ids]
    verdicts = [
        (alert.rule, Verdict.ALREADY_FIRED if transition.id in alert.transition_ids else Verdict.UPDATED)
        for alert in concerned
    ]
    silent = {rule.name for rule in rules} - {alert.rule for alert in concerned}
    verdicts += [(rule.name, Verdict.NOTHING_TO_UPDATE) for rule in rules if rule.name in silent]
    return [updated(alert, transition, now) for alert in fresh], verdicts


def _resolve(memory: AlertMemory, transition: Transition, now: datetime) -> Made:
    """End what the transition ends; also if it pages nobody itself, for the alert would still tell what is not so."""
    ended = [
        resolved(alert, transition, resolution, now)
        for alert in memory.alerts
        if alert.is_active(now) and (resolution := resolution_of(alert, transition)) is not None
    ]
    return ended, [(alert.rule, Verdict.RESOLVED) for alert in ended]


def _fire(rules: Sequence[Rule], memory: AlertMemory, transition: Transition, now: datetime) -> Made:
    alerts, verdicts = [], []
    for rule in rules:
        verdict = verdict_of(rule.match, transition)
        if verdict is Verdict.FIRED:
            alert = _known(memory, rule, transition)
            verdict = Verdict.ALREADY_FIRED
            if alert is None:
                alert, verdict = fire(rule, transition, now)
                alerts.append(alert)
        verdicts.append((rule.name, verdict))
    return alerts, verdicts


def _known(memory: AlertMemory, rule: Rule, transition: Transition) -> Alert | None:
    wanted = alert_id(rule.name, transition.contact, transition.tier, transition.kind, transition.encounter_id)
    return memory.find(wanted)
