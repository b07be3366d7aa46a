"""Later transitions into new versions of an alert: confirmed, retracted, resolved; never into a new alert."""

from datetime import datetime, timedelta

from detente.alerts.alert import Alert, Resolution
from detente.alerts.alert_bounds import bounded_evidence, bounded_publishers, bounded_sources
from detente.alerts.verdicts import Verdict
from detente.contacts.transitions import Reason, Transition
from detente.vocabulary import AlertStatus, Tier, TransitionKind

RESUMED, BROKEN_OFF, STRAINED, LAPSED, ANNOUNCED = (
    TransitionKind.RESUMED,
    TransitionKind.BROKEN_OFF,
    TransitionKind.STRAINED,
    TransitionKind.LAPSED,
    TransitionKind.ANNOUNCED,
)

ENDS = {
    RESUMED: dict.fromkeys((BROKEN_OFF, STRAINED, LAPSED, ANNOUNCED), Resolution.OPPOSITE_TRANSITION),
    BROKEN_OFF: dict.fromkeys((RESUMED, ANNOUNCED), Resolution.OPPOSITE_TRANSITION)
    | dict.fromkeys((STRAINED, LAPSED), Resolution.GRAVER_TRANSITION),
    STRAINED: dict.fromkeys((RESUMED, ANNOUNCED), Resolution.OPPOSITE_TRANSITION)
    | {LAPSED: Resolution.GRAVER_TRANSITION},
    LAPSED: {RESUMED: Resolution.OPPOSITE_TRANSITION},
}
"""Which alerts a transition ends, and why: those that tell of a state that is over."""

STATUS = {TransitionKind.CONFIRMED: AlertStatus.CONFIRMED, TransitionKind.RETRACTED: AlertStatus.RETRACTED}

MAX_TRANSITION_IDS = 32


def is_about(alert: Alert, transition: Transition) -> bool:
    """Whether a confirmation or retraction speaks of the event that the alert was made from."""
    return (alert.encounter_id, alert.tier, alert.transition) == (
        transition.encounter_id,
        transition.tier,
        transition.of,
    )


def update_verdict(alert: Alert, transition: Transition) -> Verdict:
    """Whether the transition says something new of its alert; one more publisher, where there are enough, does not."""
    if transition.id in alert.transition_ids:
        return Verdict.ALREADY_FIRED
    return Verdict.NOTHING_TO_UPDATE if transition.reason is Reason.MORE_PUBLISHERS else Verdict.UPDATED


def reopened_by(alert: Alert, transition: Transition, now: datetime) -> Alert | None:
    """The alert active again, if a retraction takes back the very change that had ended it; else None."""
    ended_it = alert.resolved_by is not None and alert.resolved_by is not Resolution.RETRACTED
    same_event = alert.ended_by == transition.encounter_id and transition.kind is TransitionKind.RETRACTED
    if not (ended_it and same_event) or transition.id in alert.transition_ids:
        return None
    return _next(alert, transition, now).model_copy(update={"resolved_at": None, "resolved_by": None, "ended_by": None})


def repeat_verdict(alert: Alert, transition: Transition) -> Verdict:
    """Whether a change that would have fired this very alert has come about once more, after another had ended it."""
    ended = alert.resolved_by in (Resolution.OPPOSITE_TRANSITION, Resolution.GRAVER_TRANSITION)
    again = ended and transition.id not in alert.transition_ids
    return Verdict.REOPENED if again else Verdict.ALREADY_FIRED


def repeated(alert: Alert, transition: Transition, now: datetime, hold: timedelta) -> Alert:
    """The alert active again for its hold time, as a summit that was called off is back on."""
    return _next(alert, transition, now).model_copy(
        update={
            "resolved_at": None,
            "resolved_by": None,
            "ended_by": None,
            "active_until": now + hold,
            "from_state": transition.from_state,
            "evidence": bounded_evidence((*(signal.evidence for signal in transition.signals), *alert.evidence)),
            "articles": bounded_sources((*alert.articles, *transition.articles)),
            "publishers": bounded_publishers((*alert.publishers, *transition.publishers)),
        }
    )


def updated(alert: Alert, transition: Transition, now: datetime) -> Alert:
    """The next version, confirmed or retracted; a confirmation after a retraction makes the alert active again."""
    retracted = transition.kind is TransitionKind.RETRACTED
    reopened = not retracted and alert.resolved_by is Resolution.RETRACTED
    ends = retracted and alert.resolved_at is None
    resolved_at, resolved_by = (None, None) if reopened else (alert.resolved_at, alert.resolved_by)
    return _next(alert, transition, now).model_copy(
        update={
            "status": STATUS[transition.kind],
            "evidence": bounded_evidence((*alert.evidence, *(signal.evidence for signal in transition.signals))),
            "articles": bounded_sources((*alert.articles, *transition.articles)),
            "publishers": bounded_publishers((*alert.publishers, *transition.publishers)),
            "confirmation": transition.confirmation,
            "confidence": max(alert.confidence, transition.confidence),
            "resolved_at": now if ends else resolved_at,
            "resolved_by": Resolution.RETRACTED if ends else resolved_by,
        }
    )


def resolution_of(alert: Alert, transition: Transition) -> Resolution | None:
    """Why the transition ends the alert; None if it does not. A change of both tiers ends the alerts of both."""
    same_tier = alert.tier is transition.tier or (alert.tier is Tier.WORKING and transition.also_working)
    return ENDS.get(transition.kind, {}).get(alert.transition) if same_tier else None


def resolved(alert: Alert, transition: Transition, resolution: Resolution, now: datetime) -> Alert:
    """The next version, over."""
    return _next(alert, transition, now).model_copy(
        update={"resolved_at": now, "resolved_by": resolution, "ended_by": transition.encounter_id}
    )


def _next(alert: Alert, transition: Transition, now: datetime) -> Alert:
    ids = (*alert.transition_ids, transition.id)[-MAX_TRANSITION_IDS:]
    return alert.model_copy(update={"version": alert.version + 1, "updated_at": now, "transition_ids": ids})
