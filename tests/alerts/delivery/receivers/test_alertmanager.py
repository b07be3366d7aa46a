"""What is posted to Alertmanager, and what its answers mean."""

import asyncio
import datetime as dt
from typing import Any

import pytest
from http_receivers import Answer, HttpReceiver, http_receiver
from programs import free_port
from pydantic import ValidationError

from alerts.delivery.receiver import Accepted, Outcome, Permanent, Transient
from alerts.delivery.receivers.alertmanager import AlertmanagerConfig, AlertmanagerReceiver, posted
from detente.alerts.alert import Alert
from detente.vocabulary import AlertStatus


def send(url: str, alert: Alert, now: dt.datetime, timeout: float = 5) -> Outcome:
    async def run() -> Outcome:
        fields = {"url": url, "timeout": dt.timedelta(seconds=timeout)}
        receiver = AlertmanagerReceiver(AlertmanagerConfig.model_validate(fields))
        try:
            return await receiver.send(alert, now)
        finally:
            await receiver.close()

    return asyncio.run(run())


@pytest.fixture
def server() -> Any:
    with http_receiver() as receiver:
        yield receiver


@pytest.mark.parametrize("path", ["", "/", "/prefix", "/prefix/"])
def test_an_alert_is_posted_to_the_api_under_the_address(
    server: HttpReceiver, make_alert: Any, clock: Any, path: str
) -> None:
    assert send(server.url + path, make_alert(), clock()) == Accepted()
    assert server.posts == [(path.rstrip("/") + "/api/v2/alerts", [posted(make_alert())])]


def test_all_versions_of_an_alert_have_the_same_labels(make_alert: Any) -> None:
    later = make_alert(resolved=True, status=AlertStatus.CONFIRMED, summary="other words", publishers=("a", "b"))
    assert posted(later)["labels"] == posted(make_alert())["labels"]
    assert posted(later)["annotations"]["status"] == "confirmed"


def test_two_alerts_have_different_labels(make_alert: Any) -> None:
    assert posted(make_alert("a"))["labels"] != posted(make_alert("b"))["labels"]


def test_an_alert_ends_with_its_hold_time_or_when_it_is_resolved(make_alert: Any, clock: Any) -> None:
    assert posted(make_alert())["startsAt"] == clock().isoformat()
    assert posted(make_alert())["endsAt"] == (clock() + dt.timedelta(days=2)).isoformat()
    assert posted(make_alert(resolved=True))["endsAt"] == clock().isoformat()


def test_an_alert_never_ends_before_it_started_whatever_the_clocks_say(make_alert: Any, clock: Any) -> None:
    early = make_alert(resolved=True, resolved_at=clock() - dt.timedelta(seconds=1))
    assert posted(early)["endsAt"] == posted(early)["startsAt"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, Accepted),
        (202, Accepted),
        (301, Transient),
        (400, Permanent),
        (401, Transient),
        (404, Transient),
        (413, Permanent),
        (422, Permanent),
        (429, Transient),
        (500, Transient),
        (503, Transient),
    ],
)
def test_only_an_answer_about_this_alert_is_final(
    server: HttpReceiver, make_alert: Any, clock: Any, status: int, kind: type[Outcome]
) -> None:
    server.answers.append(Answer(status, (("Location", "http://192.0.2.1/"),)))
    assert isinstance(send(server.url, make_alert(), clock()), kind)
    assert len(server.posts) == 1


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), ("Tue, 16 Apr 2024 12:01:00 GMT", 60), ("soon", None), ("9" * 400, None)]
)
def test_a_wish_for_a_pause_is_heard(
    server: HttpReceiver, make_alert: Any, clock: Any, header: str, seconds: int | None
) -> None:
    server.answers.append(Answer(429, (("Retry-After", header),)))
    outcome = send(server.url, make_alert(), clock())
    wish = None if seconds is None else dt.timedelta(seconds=seconds)
    assert outcome == Transient("HTTP 429", wish)


def test_a_server_that_hangs_is_a_fault_that_may_pass(server: HttpReceiver, make_alert: Any, clock: Any) -> None:
    server.answers.append(Answer(hang_seconds=2))
    assert isinstance(send(server.url, make_alert(), clock(), timeout=0.3), Transient)


def test_a_server_that_is_not_there_is_a_fault_that_may_pass(make_alert: Any, clock: Any) -> None:
    assert isinstance(send(f"http://127.0.0.1:{free_port()}", make_alert(), clock()), Transient)


@pytest.mark.parametrize("url", ["alertmanager:9093", "ftp://example.com", "http://user:secret@example.com"])
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        AlertmanagerConfig.model_validate({"url": url})
