"""With a real Alertmanager: one notification an alert, whatever is re-sent and restarted, and one of its end."""

import asyncio
import datetime as dt
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from alertmanagers import Alertmanager
from http_receivers import HttpReceiver, http_receiver

from alerts.delivery.delivery_loop import DeliveryLoop
from alerts.delivery.outbox import Incoming, Outbox
from alerts.delivery.receivers.alertmanager import AlertmanagerConfig, AlertmanagerReceiver
from detente.alerts.alert import Alert
from detente.vocabulary import AlertStatus

pytestmark = [pytest.mark.system, pytest.mark.timeout(120)]
RESEND = dt.timedelta(seconds=1)
Story = Callable[[Callable[[Alert], None]], Coroutine[None, None, None]]


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def webhook() -> Iterator[HttpReceiver]:
    with http_receiver() as receiver:
        yield receiver


@pytest.fixture
def alertmanager(tmp_path: Path, webhook: HttpReceiver) -> Iterator[Alertmanager]:
    with Alertmanager(tmp_path / "alertmanager", webhook.url) as started:
        yield started


def told(webhook: HttpReceiver) -> list[tuple[str, str]]:
    """The notifications: status and alert id of each."""
    return [(post["status"], alert["labels"]["alert_id"]) for _, post in webhook.posts for alert in post["alerts"]]


def play(alertmanager: Alertmanager, outbox: Outbox, story: Story) -> None:
    """Run a story while the delivery loop serves that Alertmanager."""

    async def run() -> None:
        config = AlertmanagerConfig.model_validate({"url": alertmanager.url, "resend_every": RESEND})
        receiver = AlertmanagerReceiver(config)
        loop = DeliveryLoop(outbox, receiver, lambda: frozenset({0}), now)
        stop = asyncio.Event()
        task = asyncio.create_task(loop.run(stop))

        def store(alert: Alert) -> None:
            outbox.store([Incoming(alert, 0)], [receiver.manner], now())
            loop.wake()

        try:
            await story(store)
        finally:
            stop.set()
            await task
            await receiver.close()

    asyncio.run(run())


async def until(check: Callable[[], bool], seconds: float = 20) -> None:
    for _ in range(round(seconds * 10)):
        if check():
            return
        await asyncio.sleep(0.1)
    pytest.fail("it did not happen in time")


def test_one_page_for_an_alert_over_resends_and_a_restart_and_one_of_its_end(
    alertmanager: Alertmanager, webhook: HttpReceiver, outbox: Outbox, make_alert: Any
) -> None:
    alert = make_alert(fired_at=now())

    async def story(store: Callable[[Alert], None]) -> None:
        store(alert)
        await until(lambda: told(webhook) == [("firing", "one")])
        await asyncio.sleep(3)  # a few re-sends and group intervals
        await asyncio.to_thread(alertmanager.stop)
        await asyncio.to_thread(alertmanager.start)
        assert await asyncio.to_thread(alertmanager.alerts) == []  # it forgot
        await until(lambda: [held["labels"]["alert_id"] for held in alertmanager.alerts()] == ["one"])
        await asyncio.sleep(3)
        assert told(webhook) == [("firing", "one")]
        store(alert.model_copy(update={"version": 2, "resolved_at": now(), "updated_at": now()}))
        await until(lambda: told(webhook) == [("firing", "one"), ("resolved", "one")])

    play(alertmanager, outbox, story)


def test_a_confirmation_updates_the_alert_and_pages_nobody_again(
    alertmanager: Alertmanager, webhook: HttpReceiver, outbox: Outbox, make_alert: Any
) -> None:
    alert = make_alert(fired_at=now())

    async def story(store: Callable[[Alert], None]) -> None:
        store(alert)
        await until(lambda: len(told(webhook)) == 1)
        store(alert.model_copy(update={"version": 2, "status": AlertStatus.CONFIRMED, "updated_at": now()}))
        await until(lambda: [held["annotations"]["status"] for held in alertmanager.alerts()] == ["confirmed"])
        await asyncio.sleep(2)
        assert told(webhook) == [("firing", "one")]

    play(alertmanager, outbox, story)


def test_an_alert_ends_with_its_hold_time(
    alertmanager: Alertmanager, webhook: HttpReceiver, outbox: Outbox, make_alert: Any
) -> None:
    async def story(store: Callable[[Alert], None]) -> None:
        store(make_alert(fired_at=now(), active_until=now() + dt.timedelta(seconds=4)))
        await until(lambda: told(webhook) == [("firing", "one"), ("resolved", "one")])

    play(alertmanager, outbox, story)


def test_the_end_of_an_alert_of_which_alertmanager_never_heard_pages_nobody(
    alertmanager: Alertmanager, webhook: HttpReceiver, outbox: Outbox, make_alert: Any
) -> None:
    async def story(store: Callable[[Alert], None]) -> None:
        store(make_alert("ended", fired_at=now(), resolved=True))
        store(make_alert("other", fired_at=now()))
        await until(lambda: told(webhook) == [("firing", "other")])
        await asyncio.sleep(2)
        assert told(webhook) == [("firing", "other")]

    play(alertmanager, outbox, story)
