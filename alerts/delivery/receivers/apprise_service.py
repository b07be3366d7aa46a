"""Alerts to chat, mail, PagerDuty, Opsgenie and the rest, through Apprise: one service for each of its addresses."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import apprise

from alerts.delivery.receiver import Accepted, Manner, Outcome, Transient
from detente.alerts.alert import Alert
from detente.alerts.templates import printable
from detente.vocabulary import AlertStatus, Severity

MAX_TITLE_CHARS = 200
MAX_BODY_CHARS = 3_000
"""What most services take; Apprise cuts or splits what a service wants shorter."""

LONGEST_PAUSE_SECONDS = 1.0
"""Apprise pauses 5.5 seconds between two messages, so that ten alerts would take a minute. Who wants fewer says 429."""

KINDS = {Severity.CRITICAL: "failure", Severity.WARNING: "warning", Severity.INFO: "info"}


class AppriseReceiver:
    """One address of Apprise, such as ``mailto://`` or ``slack://``. The address holds secrets: it is never shown."""

    def __init__(self, manner: Manner, address: str, timeout: timedelta) -> None:
        """Raises ValueError if Apprise does not know such an address."""
        self.manner = manner
        self._timeout = timeout.total_seconds()
        self._service: Any = apprise.Apprise()
        if not self._service.add(address):
            raise ValueError(f"{manner.name}: this is no address that Apprise knows")
        for plugin in self._service:
            plugin.request_rate_per_sec = min(plugin.request_rate_per_sec, LONGEST_PAUSE_SECONDS)

    async def send(self, alert: Alert, now: datetime) -> Outcome:  # noqa: ARG002
        """Notify. Apprise says that it failed, but not why, so every failure may pass."""
        told = self._service.async_notify(
            title=title_of(alert), body=body_of(alert), notify_type=kind_of(alert), body_format="text"
        )
        try:
            accepted = await asyncio.wait_for(told, self._timeout)
        except TimeoutError:
            return Transient(f"no answer within {self._timeout:.0f} s")
        except (OSError, ValueError) as error:
            return Transient(type(error).__name__)  # its text may hold the address
        return Accepted() if accepted else Transient("the service did not take it")

    async def close(self) -> None:
        """Nothing stays open."""


def title_of(alert: Alert) -> str:
    """How it stands and what it is, in one line."""
    return printable(f"[{standing(alert)}] {alert.summary}").replace("\n", " ")[:MAX_TITLE_CHARS]


def body_of(alert: Alert) -> str:
    """What the rule says, the sentence that proves it, and where it was said."""
    lines = [alert.description, *(f"“{sentence.text}”" for sentence in alert.evidence[:1])]
    lines += [article.url for article in alert.articles if article.url]
    lines += [f"{alert.severity.value} {alert.rule} {alert.dyad} {alert.channel.value}; alert {alert.id}"]
    lines += [alert.runbook] if alert.runbook else []
    return printable("\n".join(line for line in lines if line))[:MAX_BODY_CHARS]


def kind_of(alert: Alert) -> str:
    """Apprise's kind, for colour and sound: what is over is good news."""
    return "success" if alert.resolved_at is not None else KINDS[alert.severity]


def standing(alert: Alert) -> str:
    """``RESOLVED``, ``RETRACTED``, ``CONFIRMED`` or ``NEW``."""
    if alert.status is AlertStatus.RETRACTED:
        return "RETRACTED"
    if alert.resolved_at is not None:
        return "RESOLVED"
    return "CONFIRMED" if alert.status is AlertStatus.CONFIRMED else "NEW"
