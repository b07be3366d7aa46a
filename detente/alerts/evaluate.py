"""A transition into alerts: what every rule makes of it, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from detente.alerts.alert import Alert, alert_id
from detente.alerts.alert_updates import (
    STATUS,
    is_about,
    reopened_by,
    repeat_verdict,
    repeated,
    resolution_of,
    resolved,
    update_verdict,
    updated,
)
from detente.alerts.matching import FIRES, verdict_of
from detente.alerts.memory import AlertMemory
from detente.alerts.rule import Rule
from detente.alerts.transition_to_alert import fire
from detente.alerts.verdicts import Verdict
from detente.contacts.transitions import Transition
from detente.vocabulary import AlertStatus, TransitionKind

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
    """New versions of the alerts that the transition is about, and alerts of rules that had waited for such support."""
    concerned = [alert for alert in memory.alerts if is_about(alert, transition)]
    alerts: list[Alert] = []
    verdicts = []
    for alert in concerned:
        verdict = update_verdict(alert, transition)
        if verdict is Verdict.UPDATED:
            alerts.append(updated(alert, transition, now))
        verdicts.append((alert.rule, verdict))
    reopened = [reopened_by(alert, transition, now) for alert in memory.alerts if alert not in concerned]
    alerts += [alert for alert in reopened if alert is not None]
    verdicts += [(alert.rule, Verdict.REOPENED) for alert in reopened if alert is not None]
    idle = [rule for rule in rules if rule.name not in {alert.rule for alert in concerned}]
    confirms = transition.kind is TransitionKind.CONFIRMED
    waiting = [rule for rule in idle if confirms and rule.match.waits_for_support]
    verdicts += [(rule.name, Verdict.NOTHING_TO_UPDATE) for rule in idle if rule not in waiting]
    first = transition.model_copy(update={"kind": transition.of, "of": None})
    late, told = _fire(rules=waiting, memory=memory, transition=first, now=now, status=AlertStatus.CONFIRMED)
    return alerts + late, verdicts + told


def _resolve(memory: AlertMemory, transition: Transition, now: datetime) -> Made:
    """End what the transition ends; also if it pages nobody itself, for the alert would still tell what is not so."""
    ended = [
        resolved(alert, transition, resolution, now)
        for alert in memory.alerts
        if alert.is_active(now) and (resolution := resolution_of(alert, transition)) is not None
    ]
    return ended, [(alert.rule, Verdict.RESOLVED) for alert in ended]


def _fire(
    rules: Sequence[Rule],
    memory: AlertMemory,
    transition: Transition,
    now: datetime,
    status: AlertStatus = AlertStatus.UNCONFIRMED,
) -> Made:
    alerts, verdicts = [], []
    for rule in rules:
        verdict = verdict_of(rule.match, transition)
        if verdict in FIRES:
            known = _known(memory, rule, transition)
            if known is not None:
                verdict = repeat_verdict(known, transition)
                if verdict is Verdict.REOPENED:
                    alerts.append(repeated(known, transition, now, rule.hold))
            elif _is_above_rate(rule, memory, now):
                verdict = Verdict.RATE_LIMITED
            else:
                alert, rendered = fire(rule, transition, now, status)
                alerts.append(alert)
                verdict = rendered if verdict is Verdict.FIRED else verdict
        verdicts.append((rule.name, verdict))
    return alerts, verdicts


def _is_above_rate(rule: Rule, memory: AlertMemory, now: datetime) -> bool:
    if rule.rate is None:
        return False
    recent = [alert for alert in memory.alerts if alert.rule == rule.name and now - alert.fired_at < rule.rate.per]
    return len(recent) >= rule.rate.alerts


def _known(memory: AlertMemory, rule: Rule, transition: Transition) -> Alert | None:
    wanted = alert_id(rule.name, transition.contact, transition.tier, transition.kind, transition.encounter_id)
    return memory.find(wanted)
