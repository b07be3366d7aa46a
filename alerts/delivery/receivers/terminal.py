"""Alerts on standard output, for whoever looks at a terminal."""

from datetime import datetime, timedelta

from rich.console import Console
from rich.text import Text

from alerts.delivery.receiver import Accepted, Manner, Outcome, Transient
from detente.alerts.alert import Alert
from detente.alerts.templates import printable
from detente.vocabulary import AlertStatus, Severity

COLOURS = {Severity.CRITICAL: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}


class TerminalReceiver:
    """One alert a line, and below it the sentence that proves it."""

    def __init__(self, console: Console | None = None, manner: Manner | None = None) -> None:
        self.manner = manner or Manner("terminal")
        self._console = console or Console(soft_wrap=True)

    async def send(self, alert: Alert, now: datetime) -> Outcome:  # noqa: ARG002
        """Print it."""
        try:
            self._console.print(alert_text(alert), markup=False, highlight=False)
        except OSError as error:
            return Transient(f"standard output: {error}")
        return Accepted()

    async def close(self) -> None:
        """Leave the console to whoever made it."""


def alert_text(alert: Alert) -> Text:
    """What is said of one version of an alert: when, how loud, how sure, what, and the proof."""
    text = Text()
    text.append(f"{alert.updated_at:%Y-%m-%d %H:%M:%S}Z ", style="dim")
    text.append(f"{alert.severity.value.upper():<8} ", style=COLOURS[alert.severity])
    text.append(f"{standing(alert)} ", style="green" if alert.status is AlertStatus.CONFIRMED else "dim")
    text.append(printable(alert.summary).replace("\n", " "))
    text.append(f"  [{alert.id[:8]} {alert.rule}]", style="dim")
    if alert.version == 1 and alert.evidence:
        publisher = f" ({alert.publishers[0]})" if alert.publishers else ""
        text.append(f"\n    “{printable(alert.evidence[0].text)}”{publisher}", style="italic")
    return text


def standing(alert: Alert) -> str:
    """How the alert stands: ``unconfirmed``, ``confirmed``, ``retracted``, or that it is over."""
    if alert.resolved_at is not None and alert.status is not AlertStatus.RETRACTED:
        return "resolved"
    return "over" if alert.updated_at - alert.active_until >= timedelta(0) else alert.status.value
