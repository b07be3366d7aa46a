"""Somebody has taken an alert up: nobody is notified of it again until it changes state; the value of ``acks``."""

from pydantic import Field

from detente.alerts.alert import Alert
from detente.model import UtcTime, Value


class Ack(Value):
    """An acknowledgement of an alert as it stood; it holds while the alert stands so."""

    alert_id: str
    standing: str
    """How the alert stood, see ``standing_of``."""
    by: str = Field(min_length=1, max_length=100)
    comment: str = Field(default="", max_length=500)
    at: UtcTime

    def holds_for(self, alert: Alert) -> bool:
        """Whether the alert still stands as it was acknowledged."""
        return self.alert_id == alert.id and self.standing == standing_of(alert)


def standing_of(alert: Alert) -> str:
    """The state of an alert whose change ends an acknowledgement: what is known of it, and whether it is over.

    More publishers, or a better readout of what was confirmed before, change nothing that matters to whoever took it up.
    """
    return f"{alert.status.value}/{'over' if alert.resolved_at else 'active'}"
