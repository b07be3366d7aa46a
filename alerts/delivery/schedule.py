"""When a delivery is tried again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from alerts.delivery.planning import State
from alerts.delivery.receiver import Accepted, Manner, Outcome, Permanent
from detente.alerts.alert import Alert

FIRST_RETRY = timedelta(seconds=1)
LONGEST_RETRY = timedelta(minutes=1)
"""Not longer: when a receiver comes back, whoever is on call has waited long enough."""

LONGEST_WISH = timedelta(hours=1)
"""A receiver may ask for a pause (Retry-After) of at most this."""


def after(
    outcome: Outcome, attempts: int, alert: Alert, manner: Manner, now: datetime, jitter: Callable[[], float]
) -> tuple[State, datetime | None]:
    """The state after an attempt, and when the next is due; None if there is none.

    ``attempts`` counts this one; ``jitter`` returns a number from 0 to 1.
    """
    if isinstance(outcome, Permanent):
        return State.REFUSED, None
    if isinstance(outcome, Accepted):
        if manner.resend_every is None or not alert.is_active(now):
            return State.ACCEPTED, None
        return State.RESENT, min(now + manner.resend_every, alert.active_until)
    wish = min(outcome.retry_after or timedelta(0), LONGEST_WISH)
    return State.PENDING, now + max(wish, back_off(attempts, jitter()))


def back_off(attempts: int, jitter: float) -> timedelta:
    """From one second, doubled with each attempt, at most a minute; between half of that and the whole, by chance."""
    longest: timedelta = min(FIRST_RETRY * 2 ** min(attempts - 1, 16), LONGEST_RETRY)
    return longest * (0.5 + jitter / 2)
