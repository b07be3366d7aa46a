"""What makes an alert superfluous: a dyad that has cut its ties need not be told of strains in its other channels."""

from collections.abc import Iterable
from datetime import datetime

from detente.alerts.alert import Alert
from detente.vocabulary import AlertStatus, Mode, TransitionKind


def is_severance(alert: Alert) -> bool:
    """Whether the alert tells that a dyad cut its ties."""
    return alert.transition is TransitionKind.BROKEN_OFF and alert.mode is Mode.SEVERANCE


def inhibitor_of(alert: Alert, others: Iterable[Alert], now: datetime) -> Alert | None:
    """The active severance of the same dyad that covers a strain in another channel; None if nothing does."""
    if alert.transition is not TransitionKind.STRAINED:
        return None
    return next(
        (
            other
            for other in others
            if is_severance(other)
            and other.dyad == alert.dyad
            and other.contact != alert.contact
            and other.status is not AlertStatus.RETRACTED
            and other.is_active(now)
        ),
        None,
    )
