"""The deliverer put together: one intake, one loop a receiver, in one process."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from aiokafka.errors import KafkaError

from alerts.delivery.acks import AckBook
from alerts.delivery.delivery_loop import Clock, DeliveryLoop
from alerts.delivery.intake import Intake, passes
from alerts.delivery.outbox import Outbox
from alerts.delivery.receiver import Receiver
from runtime import metrics
from runtime.health import Health
from runtime.logs import logger
from runtime.settings import KafkaSettings

RETRY_KAFKA = 1.0
"""Seconds before Kafka is asked again after a fault that may pass."""

MEASURE_EVERY = 5.0
FORGET_EVERY = timedelta(hours=6)

_log = logger(__name__)


class Deliverer:
    """Reads alerts and delivers them until it is told to stop. Make it in a running event loop."""

    def __init__(
        self,
        kafka: KafkaSettings,
        outbox: Outbox,
        receivers: Sequence[Receiver],
        clock: Clock,
        acks: AckBook | None = None,
    ) -> None:
        """``acks`` is the one that the receivers look into."""
        self._kafka, self._acks = kafka, acks or AckBook()
        self._outbox, self._receivers, self._clock = outbox, tuple(receivers), clock
        self._intake = Intake(kafka, outbox, [receiver.manner for receiver in receivers], clock)
        self._loops = [
            DeliveryLoop(outbox, receiver, lambda: self._intake.partitions, clock, self._acks) for receiver in receivers
        ]

    def watch(self, health: Health) -> None:
        """Add the checks to a health page."""
        health.ready_when("partitions", self._intake.unready)
        for loop in self._loops:
            health.ready_when(loop.manner.name, loop.problem)
        health.alive_while("intake", self._intake.stalled)

    async def run(self, stop: asyncio.Event, *, once: bool = False) -> None:
        """Deliver until ``stop`` is set; with ``once``, until all that is in Kafka now is accepted or refused.

        Raises aiokafka's KafkaError where trying again does not help, and sqlite3's errors.
        """
        await self._intake.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._take_in(stop))
                tasks.create_task(self._measure(stop))
                tasks.create_task(self._acks.follow(self._kafka, stop))
                for loop in self._loops:
                    tasks.create_task(loop.run(stop))
                if once:
                    tasks.create_task(self._stop_when_done(stop))
        finally:
            await self._intake.stop()
            for receiver in self._receivers:
                await receiver.close()

    async def _take_in(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                if await self._intake.poll():
                    for loop in self._loops:
                        loop.wake()
            except KafkaError as error:
                if not passes(error):
                    raise
                _log.warning("kafka_failed", reason=repr(error))
                await _sleep(stop, RETRY_KAFKA)

    async def _measure(self, stop: asyncio.Event) -> None:
        forgotten_at: datetime | None = None
        while not stop.is_set():
            try:
                metrics.LAG.set(await self._intake.lag())
            except KafkaError as error:
                _log.debug("lag_unknown", reason=repr(error))
            now = self._clock()
            if forgotten_at is None or now - forgotten_at > FORGET_EVERY:
                forgotten_at = now
                self._outbox.forget(now)
            await _sleep(stop, MEASURE_EVERY)

    async def _stop_when_done(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if self._intake.unready() is None and not await self._intake.lag():
                partitions = self._intake.partitions
                if not any(self._outbox.pending(loop.manner, partitions)[0] for loop in self._loops):
                    stop.set()
            await _sleep(stop, 0.1)


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
