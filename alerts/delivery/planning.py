"""Whether a version of an alert that was read from Kafka is to be told to a receiver, and if not, why not."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from alerts.delivery.receiver import Manner
from detente.alerts.alert import Alert


class State(StrEnum):
    """Where the delivery of one version to one receiver stands."""

    PENDING = "pending"
    RESENT = "resent"
    """Accepted, and told again while the alert is active."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The receiver will never take it."""
    SUPERSEDED = "superseded"
    """A newer version stands for it."""
    OVER = "over"
    """The alert was over before anybody was told of it: history, which pages nobody."""
    NOT_ROUTED = "not_routed"
    """No route leads the alert to this receiver."""
    INHIBITED = "inhibited"
    """A severance of the same dyad covers it."""
    ACKNOWLEDGED = "acknowledged"
    """Somebody has taken the alert up, and it stands as it stood then."""
    ELSEWHERE = "elsewhere"
    """A deliverer had taken it before, this one without this record or another one."""


TOLD = frozenset({State.PENDING, State.RESENT, State.ACCEPTED})
"""The receiver has heard of the alert, or will."""


class Known(NamedTuple):
    """What the outbox has of the alert already: its newest version, and whether the receiver was or will be told."""

    newest: int
    told: bool
    inhibited: bool = False
    """Whether a severance covers the alert now."""


def plan(alert: Alert, known: Known, manner: Manner, now: datetime, *, taken_before: bool) -> State:
    """The state in which the delivery starts.

    ``taken_before`` says that the record lies before the group's committed offset: some deliverer stored it, and owes it
    to receivers that are told once. Receivers that keep state are told in any case, since repeating does no harm.
    """
    if not manner.wants(alert):
        return State.NOT_ROUTED
    if alert.version < known.newest:
        return State.SUPERSEDED
    if known.inhibited and not known.told:
        return State.INHIBITED
    if manner.keeps_state:
        return State.PENDING if now < alert.active_until or known.told else State.OVER
    if taken_before:
        return State.ELSEWHERE
    return State.PENDING if alert.is_active(now) or known.told else State.OVER
