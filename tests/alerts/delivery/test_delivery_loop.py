"""The loop serves its receiver until it has accepted, and measures what waits."""

import asyncio
import datetime as dt
from typing import Any

from alerts.delivery.delivery_loop import DeliveryLoop
from alerts.delivery.outbox import Incoming, Outbox
from alerts.delivery.planning import State
from alerts.delivery.receiver import Manner, Permanent, Transient

LOG = Manner("log")
ALERTMANAGER = Manner("alertmanager", dt.timedelta(minutes=1))


def rounds(loop: DeliveryLoop, clock: Any, count: int, **step: float) -> None:
    for _ in range(count):
        asyncio.run(loop.round())
        clock.go(**step)


def test_a_receiver_that_fails_and_comes_back_is_told_once(
    outbox: Outbox, make_alert: Any, clock: Any, fake_receiver: Any
) -> None:
    receiver = fake_receiver(
        LOG, Transient("HTTP 500"), Transient("HTTP 429", dt.timedelta(seconds=3)), Transient("hangs")
    )
    loop = DeliveryLoop(outbox, receiver, lambda: frozenset({0}), clock)
    outbox.store([Incoming(make_alert(), 0)], [LOG], clock())
    rounds(loop, clock, 60, seconds=1)
    assert receiver.sent == [("one", 1)] * 4
    assert [state for *_, state, _ in outbox.states()] == [State.ACCEPTED]


def test_a_refused_alert_is_not_tried_again_and_the_next_one_is_told(
    outbox: Outbox, make_alert: Any, clock: Any, fake_receiver: Any
) -> None:
    receiver = fake_receiver(LOG, Permanent("HTTP 400: bad label"))
    loop = DeliveryLoop(outbox, receiver, lambda: frozenset({0}), clock)
    outbox.store([Incoming(make_alert("bad"), 0), Incoming(make_alert("good"), 0)], [LOG], clock())
    rounds(loop, clock, 10, minutes=1)
    assert receiver.sent == [("bad", 1), ("good", 1)]
    assert [(state, note) for *_, state, note in outbox.states()] == [
        (State.REFUSED, "HTTP 400: bad label"),
        (State.ACCEPTED, ""),
    ]


def test_alertmanager_is_told_every_minute_until_the_alert_ends_and_once_of_its_end(
    outbox: Outbox, make_alert: Any, clock: Any, fake_receiver: Any
) -> None:
    receiver = fake_receiver(ALERTMANAGER)
    loop = DeliveryLoop(outbox, receiver, lambda: frozenset({0}), clock)
    outbox.store([Incoming(make_alert(), 0)], [ALERTMANAGER], clock())
    rounds(loop, clock, 10, seconds=30)
    assert receiver.sent == [("one", 1)] * 5
    outbox.store([Incoming(make_alert(resolved=True), 0)], [ALERTMANAGER], clock())
    rounds(loop, clock, 10, seconds=30)
    assert receiver.sent[5:] == [("one", 2)]


def test_an_alert_that_waits_too_long_makes_the_deliverer_unready(
    outbox: Outbox, make_alert: Any, clock: Any, fake_receiver: Any
) -> None:
    receiver = fake_receiver(LOG, *[Transient("down")] * 1_000)
    loop = DeliveryLoop(outbox, receiver, lambda: frozenset({0}), clock)
    outbox.store([Incoming(make_alert(), 0)], [LOG], clock())
    rounds(loop, clock, 4, minutes=1)
    assert loop.problem() is None
    rounds(loop, clock, 4, minutes=1)
    assert loop.problem() == "1 alerts wait, the oldest for 0:07:00"
