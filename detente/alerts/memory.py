"""What the rules remember of one contact, bounded; the value of ``alert-memory``."""

from collections.abc import Iterable
from datetime import datetime

from detente.alerts.alert import Alert
from detente.model import Value

MAX_ALERTS = 24
"""With the limits on an alert's texts, 24 of the longest stay below Kafka's default record limit of 1 MiB."""


class AlertMemory(Value):
    """The alerts of one contact that a later transition may update, resolve or repeat; oldest first."""

    contact: str
    alerts: tuple[Alert, ...] = ()

    def find(self, wanted: str) -> Alert | None:
        """The alert of that id, if it is still remembered."""
        return next((alert for alert in self.alerts if alert.id == wanted), None)

    def with_alerts(self, changed: Iterable[Alert], now: datetime) -> "AlertMemory":
        """Put in new alerts and new versions; where there are too many, what is over is forgotten first, the oldest first."""
        alerts = {alert.id: alert for alert in self.alerts} | {alert.id: alert for alert in changed}
        kept = sorted(alerts.values(), key=lambda alert: (alert.is_active(now), alert.fired_at))[-MAX_ALERTS:]
        return AlertMemory(
            contact=self.contact, alerts=tuple(sorted(kept, key=lambda alert: (alert.fired_at, alert.id)))
        )
