"""The outbox into one receiver: the only place where anything is tried again."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from random import random

from alerts.delivery.acks import AckBook
from alerts.delivery.breaker import Breaker, Circuit
from alerts.delivery.outbox import Delivery, Outbox
from alerts.delivery.planning import State
from alerts.delivery.receiver import Accepted, Outcome, Permanent, Receiver, Transient
from alerts.delivery.schedule import after
from runtime import metrics
from runtime.logs import logger

LOOK_AGAIN = 0.5
"""Seconds between two looks into the outbox when nothing woke the loop."""

STUCK_AFTER = timedelta(minutes=5)

Clock = Callable[[], datetime]
Partitions = Callable[[], frozenset[int]]

_log = logger(__name__)


class DeliveryLoop:
    """Serves one receiver, one delivery after the other, so that a slow receiver holds up nobody else."""

    def __init__(
        self, outbox: Outbox, receiver: Receiver, partitions: Partitions, clock: Clock, acks: AckBook | None = None
    ) -> None:
        """``partitions`` are those that are ours and read up to the present; ``clock`` gives aware times."""
        self._acks = acks or AckBook()
        self._breaker = Breaker()
        self.manner = receiver.manner
        self._outbox = outbox
        self._receiver = receiver
        self._partitions = partitions
        self._clock = clock
        self._wake = asyncio.Event()
        self._stuck: str | None = None

    def wake(self) -> None:
        """Look into the outbox now."""
        self._wake.set()

    def problem(self) -> str | None:
        """What is wrong if an alert has waited for long."""
        return self._stuck

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until ``stop`` is set; what is then under way is finished."""
        while not stop.is_set():
            self._wake.clear()
            if await self.round(stop):
                continue
            try:
                await asyncio.wait_for(self._wake.wait(), LOOK_AGAIN)
            except TimeoutError:
                continue

    async def round(self, stop: asyncio.Event | None = None) -> int:
        """Tell what is due now; returns how much that was."""
        due = self._outbox.due(self.manner, self._clock(), self._partitions())
        told = 0
        for delivery in due:
            circuit = self._breaker.circuit(self._clock())
            if circuit is Circuit.OPEN or (stop is not None and stop.is_set()):
                break
            await self._tell(delivery)
            told += 1
            await asyncio.sleep(0)  # a log never waits: Kafka's heartbeats must have their turn
        self._measure()
        return told

    async def _tell(self, delivery: Delivery) -> None:
        if not self.manner.keeps_state and self._acks.ack_of(delivery.alert) is not None:
            self._outbox.settle(delivery, State.ACKNOWLEDGED, None, "", self._clock())
            return
        outcome = await self._receiver.send(delivery.alert, self._clock())
        now = self._clock()
        failed = isinstance(outcome, Transient)
        self._breaker = self._breaker.after_failure(now) if failed else self._breaker.after_success()
        metrics.CIRCUIT_OPEN.labels(self.manner.name).set(self._breaker.shut_until is not None)
        state, due_at = after(outcome, delivery.attempts + 1, delivery.alert, self.manner, now, random)
        self._outbox.settle(delivery, state, due_at, "" if isinstance(outcome, Accepted) else outcome.reason, now)
        self._count(delivery, outcome, now)

    def _count(self, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
        name = self.manner.name
        metrics.DELIVERIES.labels(name, type(outcome).__name__.lower()).inc()
        alert = {"alert": delivery.alert.id, "version": delivery.alert.version, "receiver": name}
        match outcome:
            case Accepted() if delivery.state is State.PENDING:
                metrics.DELIVERY_LATENCY.labels(name).observe((now - delivery.alert.updated_at).total_seconds())
                _log.debug("delivered", **alert)
            case Transient(reason=reason):
                _log.warning("delivery_failed", **alert, attempts=delivery.attempts + 1, reason=reason)
            case Permanent(reason=reason):
                _log.error("delivery_refused", **alert, reason=reason)

    def _measure(self) -> None:
        pending, oldest = self._outbox.pending(self.manner, self._partitions())
        metrics.OUTBOX_PENDING.labels(self.manner.name).set(pending)
        waited = self._clock() - oldest if oldest else timedelta(0)
        self._stuck = f"{pending} alerts wait, the oldest for {waited}" if waited > STUCK_AFTER else None
