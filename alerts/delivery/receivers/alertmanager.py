"""Alerts to Prometheus Alertmanager through its API v2, told again while they are active, since it forgets on restart.

``endsAt`` is the end of the alert's hold time and not a few minutes ahead: were the deliverer away for longer than
those minutes, Alertmanager would call the alert resolved, and page a second time when the deliverer is back.
"""

from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

import aiohttp
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl

from alerts.delivery.acks import AckBook
from alerts.delivery.receiver import Accepted, Manner, Outcome, Transient
from alerts.delivery.receivers.http_answers import failure_of
from alerts.delivery.silences import OURS, Silences
from detente.alerts.alert import Alert

MAX_ANNOTATION_CHARS = 4_000


def _without_password(url: HttpUrl) -> HttpUrl:
    if url.username or url.password:
        raise ValueError("no user or password in the address: it would be in the log")
    return url


class AlertmanagerConfig(BaseModel):
    """Where Alertmanager is and how often it is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Annotated[HttpUrl, AfterValidator(_without_password)]
    resend_every: timedelta = Field(default=timedelta(minutes=1), ge=timedelta(seconds=1), le=timedelta(minutes=30))
    timeout: timedelta = Field(default=timedelta(seconds=10), gt=timedelta(0), le=timedelta(minutes=1))
    username: str | None = None
    password_file: Path | None = None
    """For basic authentication."""
    bearer_file: Path | None = None
    """For a bearer token."""

    def headers(self) -> dict[str, str]:
        """What tells Alertmanager, or the proxy before it, who we are. Raises OSError if a file cannot be read."""
        if self.bearer_file is not None:
            return {"Authorization": f"Bearer {self.bearer_file.read_text().strip()}"}
        if self.username is None:
            return {}
        password = self.password_file.read_text().strip() if self.password_file else ""
        return {"Authorization": aiohttp.BasicAuth(self.username, password).encode()}

    @property
    def manner(self) -> Manner:
        """It keeps the state of alerts until it is restarted."""
        return Manner("alertmanager", self.resend_every)


class AlertmanagerReceiver:
    """One Alertmanager. An alert has the same labels in all its versions, so it stays one alert there."""

    def __init__(self, config: AlertmanagerConfig, manner: Manner | None = None, acks: AckBook | None = None) -> None:
        """Make the session. Must be called in a running event loop. Raises OSError if a password cannot be read."""
        self.manner = manner or config.manner
        self._acks = acks or AckBook()
        self._url = str(config.url).rstrip("/") + "/api/v2/alerts"
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=config.timeout.total_seconds()), headers=config.headers()
        )
        self._silences = Silences(self._session, str(config.url))

    async def send(self, alert: Alert, now: datetime) -> Outcome:
        """Post it."""
        try:
            if self._acks.is_known(alert):
                await self._follow_acknowledgement(alert, now)
            async with self._session.post(self._url, json=[posted(alert)], allow_redirects=False) as answer:
                if answer.ok and answer.status < HTTPStatus.MULTIPLE_CHOICES:
                    return Accepted()
                return await failure_of(answer, now)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Transient(str(error) or type(error).__name__)

    async def _follow_acknowledgement(self, alert: Alert, now: datetime) -> None:
        """Silence an alert while it stands as it was acknowledged; end our silence before it is told that it changed."""
        ack = self._acks.ack_of(alert)
        ours = [one for one in await self._silences.listed("alert_id", alert.id) if one.created_by == OURS]
        if ack is None:
            for silence in ours:
                await self._silences.expire(silence.id)
        elif not ours and alert.is_active(now):
            comment = f"acknowledged by {ack.by}: {ack.comment}" if ack.comment else f"acknowledged by {ack.by}"
            await self._silences.create({"alert_id": alert.id}, now, alert.active_until, OURS, comment)

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()


def posted(alert: Alert) -> dict[str, Any]:
    """The alert as Alertmanager takes it: what never changes in the labels, what may change in the annotations."""
    return {
        "labels": alert.labels
        | {
            "alertname": alert.rule,
            "rule": alert.rule,
            "alert_id": alert.id,
            "dyad": alert.dyad,
            "channel": alert.channel.value,
            "tier": alert.tier.value,
            "transition": alert.transition.value,
            "severity": alert.severity.value,
        },
        "annotations": {name: text[:MAX_ANNOTATION_CHARS] for name, text in _annotations(alert).items() if text},
        "startsAt": alert.fired_at.isoformat(),
        # Refused if it lies before startsAt, which the clocks of two workers could bring about.
        "endsAt": max(alert.resolved_at or alert.active_until, alert.fired_at).isoformat(),
    }


def _annotations(alert: Alert) -> dict[str, str]:
    return {
        "summary": alert.summary,
        "description": alert.description,
        "status": alert.status.value,
        "event_date": str(alert.event_date),
        "evidence": "\n".join(sentence.text for sentence in alert.evidence),
        "publishers": ", ".join(alert.publishers),
        "articles": "\n".join(article.url or article.article_id for article in alert.articles),
        "resolved_by": alert.resolved_by.value if alert.resolved_by else "",
        "runbook_url": alert.runbook or "",
    }
