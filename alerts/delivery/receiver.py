"""What a receiver of alerts is, and what it answers. Receivers do not retry: the delivery loop does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from detente.alerts.alert import Alert


@dataclass(frozen=True)
class Accepted:
    """The receiver has the alert."""


@dataclass(frozen=True)
class Transient:
    """It failed, and may work later; not before ``retry_after`` if the receiver asked for that."""

    reason: str
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class Permanent:
    """The receiver refuses this alert, now and always."""

    reason: str


Outcome = Accepted | Transient | Permanent


@dataclass(frozen=True)
class Manner:
    """How a receiver wants to be served, and with what.

    ``resend_every`` is None for receivers to which each version is told once (a terminal, a log). A receiver that has it
    keeps the state of alerts and forgets it: the newest version is told again and again while the alert is active, and
    telling it twice does no harm.
    """

    name: str
    resend_every: timedelta | None = None
    wants: Callable[[Alert], bool] = field(default=lambda _: True, compare=False)
    """Whether the routes lead an alert to this receiver."""

    @property
    def keeps_state(self) -> bool:
        """Whether only the newest version counts, and repeating it is harmless."""
        return self.resend_every is not None


class Receiver(Protocol):
    """One place where alerts go."""

    @property
    def manner(self) -> Manner:
        """Its name and how it wants to be served."""

    async def send(self, alert: Alert, now: datetime) -> Outcome:
        """Tell it of one version of an alert. It answers within its own time limit and raises nothing for a fault outside."""

    async def close(self) -> None:
        """Let go of connections and files."""
