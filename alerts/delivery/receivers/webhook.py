"""Alerts as JSON to a web address, signed, so that the receiver knows who sent them and when.

The signature is HMAC-SHA256 over the timestamp, a full stop and the body. A receiver that refuses old timestamps cannot
be fooled by a copy of an earlier request.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from http import HTTPStatus

import aiohttp

from alerts.delivery.receiver import Accepted, Manner, Outcome, Permanent, Transient
from alerts.delivery.receivers.http_answers import failure_of
from detente.alerts.alert import Alert
from runtime.public_addresses import PrivateAddressError, connector

SIGNATURE = "Detente-Signature"
TIMESTAMP = "Detente-Timestamp"
IDEMPOTENCY_KEY = "Idempotency-Key"
"""Alert id and version: what a receiver has seen under this key it may drop."""

LEAST_SECRET_CHARS = 16


class WebhookReceiver:
    """One address. Redirects are not followed, and private addresses are refused unless they are allowed."""

    def __init__(self, manner: Manner, url: str, secret: str, timeout: timedelta, *, allow_private: bool) -> None:
        """Must be called in a running event loop. Raises ValueError if the secret is too short."""
        if len(secret) < LEAST_SECRET_CHARS:
            raise ValueError(f"{manner.name}: the secret has less than {LEAST_SECRET_CHARS} characters")
        self.manner = manner
        self._url, self._secret = url, secret.encode()
        self._session = aiohttp.ClientSession(
            connector=connector(allow_private=allow_private),
            timeout=aiohttp.ClientTimeout(total=timeout.total_seconds()),
        )

    async def send(self, alert: Alert, now: datetime) -> Outcome:
        """Post it."""
        body = alert.model_dump_json().encode()
        headers = {"Content-Type": "application/json"} | signed(alert, body, self._secret, now)
        try:
            async with self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer:
                if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                    return Accepted()
                return await failure_of(answer, now)
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateAddressError):
                return Permanent(str(error.os_error))
            return Transient(str(error))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Transient(str(error) or type(error).__name__)

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()


def signed(alert: Alert, body: bytes, secret: bytes, now: datetime) -> dict[str, str]:
    """The headers that prove where the body comes from and when it was sent (seconds since 1970)."""
    timestamp = str(int(now.timestamp()))
    digest = hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {
        TIMESTAMP: timestamp,
        SIGNATURE: f"v1={digest}",
        IDEMPOTENCY_KEY: f"{alert.id}/{alert.version}",
    }
