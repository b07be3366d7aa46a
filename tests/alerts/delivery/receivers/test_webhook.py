"""What is posted to a web address: signed, never redirected, never to private addresses unless allowed."""

import asyncio
import datetime as dt
import hashlib
import hmac
import json
from typing import Any

import pytest
from http_receivers import Answer, HttpReceiver, http_receiver

from alerts.delivery.receiver import Accepted, Manner, Outcome, Permanent, Transient
from alerts.delivery.receivers.webhook import WebhookReceiver
from detente.alerts.alert import Alert

SECRET = "a secret of a test, long enough"


def send(url: str, alert: Alert, now: dt.datetime, *, allow_private: bool = True, timeout: float = 5) -> Outcome:
    async def run() -> Outcome:
        seconds = dt.timedelta(seconds=timeout)
        receiver = WebhookReceiver(Manner("hook"), url, SECRET, seconds, allow_private=allow_private)
        try:
            return await receiver.send(alert, now)
        finally:
            await receiver.close()

    return asyncio.run(run())


@pytest.fixture
def server() -> Any:
    with http_receiver() as receiver:
        yield receiver


def test_the_receiver_can_verify_who_sent_it_and_when(server: HttpReceiver, make_alert: Any, clock: Any):
    assert send(server.url, make_alert(), clock()) == Accepted()
    ((headers, body),) = server.raw
    signed = headers["Detente-Timestamp"].encode() + b"." + body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["Detente-Signature"] == f"v1={expected}"
    assert int(headers["Detente-Timestamp"]) == int(clock().timestamp())
    assert headers["Idempotency-Key"] == "one/1"
    assert json.loads(body)["id"] == "one"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(204, Accepted), (302, Transient), (400, Permanent), (401, Transient), (429, Transient), (500, Transient)],
)
def test_its_answer_decides(server: HttpReceiver, make_alert: Any, clock: Any, status: int, kind: type[Outcome]):
    server.answers.append(Answer(status, (("Location", "http://192.0.2.1/"), ("Retry-After", "3"))))
    outcome = send(server.url, make_alert(), clock())
    assert isinstance(outcome, kind)
    assert len(server.posts) == 1
    if isinstance(outcome, Transient):
        assert outcome.retry_after == dt.timedelta(seconds=3)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_private_address_is_refused_unless_it_is_allowed(
    server: HttpReceiver, make_alert: Any, clock: Any, host: str
):
    url = server.url.replace("127.0.0.1", host)
    assert isinstance(send(url, make_alert(), clock(), allow_private=False), Permanent)
    assert server.posts == []


def test_a_server_that_hangs_may_come_back(server: HttpReceiver, make_alert: Any, clock: Any):
    server.answers.append(Answer(hang_seconds=2))
    assert isinstance(send(server.url, make_alert(), clock(), timeout=0.3), Transient)


def test_a_short_secret_is_refused():
    async def make() -> None:
        WebhookReceiver(Manner("hook"), "https://example.org", "short", dt.timedelta(seconds=1), allow_private=False)

    with pytest.raises(ValueError, match="less than 16"):
        asyncio.run(make())
