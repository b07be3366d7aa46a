"""Alerts to Prometheus Alertmanager through its API v2, told again while they are active, since it forgets on restart.

``endsAt`` is the end of the alert's hold time and not a few minutes ahead: were the deliverer away for longer than
those minutes, Alertmanager would call the alert resolved, and page a second time when the deliverer is back.
"""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Annotated, Any

import aiohttp
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl

from alerts.delivery.receiver import Accepted, Manner, Outcome, Permanent, Transient
from detente.alerts.alert import Alert

REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Answers that speak of this alert. All others may be mended without it: a wrong address, a proxy, a password."""

MAX_ANSWER_BYTES = 2_000
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

    @property
    def manner(self) -> Manner:
        """It keeps the state of alerts until it is restarted."""
        return Manner("alertmanager", self.resend_every)


class AlertmanagerReceiver:
    """One Alertmanager. An alert has the same labels in all its versions, so it stays one alert there."""

    def __init__(self, config: AlertmanagerConfig) -> None:
        """Make the session. Must be called in a running event loop."""
        self.manner = config.manner
        self._url = str(config.url).rstrip("/") + "/api/v2/alerts"
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=config.timeout.total_seconds()))

    async def send(self, alert: Alert, now: datetime) -> Outcome:
        """Post it."""
        try:
            async with self._session.post(self._url, json=[posted(alert)], allow_redirects=False) as answer:
                if answer.ok and answer.status < HTTPStatus.MULTIPLE_CHOICES:
                    return Accepted()
                said = (await answer.content.read(MAX_ANSWER_BYTES)).decode(errors="replace")
                return _failure(answer.status, said, _retry_after(answer.headers.get("Retry-After"), now))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Transient(str(error) or type(error).__name__)

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


def _failure(status: int, said: str, retry_after: timedelta | None) -> Outcome:
    reason = f"HTTP {status} {' '.join(said.split())[:300]}".strip()
    return Permanent(reason) if status in REFUSALS else Transient(reason, retry_after)


def _retry_after(header: str | None, now: datetime) -> timedelta | None:
    """Seconds or a date, as HTTP has it; None if it is neither."""
    if header is None:
        return None
    try:
        return timedelta(seconds=int(header)) if header.isdigit() else parsedate_to_datetime(header) - now
    except (ValueError, TypeError, OverflowError):
        return None
