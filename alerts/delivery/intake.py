"""The ``alerts`` topic into the outbox; an offset is committed only when the outbox has what lies before it.

When a partition is assigned, it is read from its beginning: the topic is compacted, so this is the present of all
alerts, and whoever takes a partition over knows what is active. Up to the group's committed offset (on a first start: up
to the end) it is history, of which only the newest version of each alert counts.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import (
    CommitFailedError,
    IllegalStateError,
    KafkaError,
    KafkaTimeoutError,
    RebalanceInProgressError,
)
from aiokafka.structs import ConsumerRecord

from alerts.delivery.outbox import Incoming, Outbox
from alerts.delivery.receiver import Manner
from alerts.delivery.record_to_alert import STAGE, AlertReader
from detente.alerts.alert import Alert
from detente.topics import Topic
from runtime import metrics
from runtime.kafka_clients import aiokafka_options
from runtime.logs import logger
from runtime.settings import KafkaSettings

SESSION_TIMEOUT_MS = 6_000
"""The shortest that brokers allow by default: so long nobody pages after a deliverer was killed."""

MAX_RECORDS = 500
"""In one transaction of the outbox."""

RETRY_BACKOFF_MS = 500
"""A broker that is away is not asked, and complained of in the log, more often."""

STALL_SECONDS = 120.0

_log = logger(__name__)


def passes(error: KafkaError) -> bool:
    """Whether a fault of Kafka may pass by itself; aiokafka does not count rebalances and time-outs among them."""
    return error.retriable or isinstance(
        error, (IllegalStateError, CommitFailedError, RebalanceInProgressError, KafkaTimeoutError)
    )


def group_of(kafka: KafkaSettings) -> str:
    """The deliverers' consumer group: of those with the same prefix, Kafka gives each partition to one."""
    return f"{kafka.topic_prefix}deliver"


@dataclass
class Reading:
    """How far one partition is read. ``history`` holds the newest version of each alert until its end is reached."""

    history_end: int
    first_start: bool
    stored_to: int = 0
    history: dict[str, Alert] = field(default_factory=dict)
    at_present: bool = False

    def keep(self, alert: Alert) -> None:
        """Note it unless a newer version is known: where a worker was killed, older ones may be in the topic again."""
        known = self.history.get(alert.id)
        if known is None or known.version <= alert.version:
            self.history[alert.id] = alert


class Intake(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """The consumer of the group. Use ``start``, then ``poll`` in a loop, then ``stop``."""

    def __init__(
        self, kafka: KafkaSettings, outbox: Outbox, manners: Sequence[Manner], clock: Callable[[], datetime]
    ) -> None:
        """Must be called in a running event loop."""
        self._topic = Topic.ALERTS.named(kafka.topic_prefix)
        self._outbox, self._manners, self._clock = outbox, tuple(manners), clock
        self._readings: dict[TopicPartition, Reading] = {}
        self._rebalances = 0
        self._polled_at = time.monotonic()
        self._consumer = AIOKafkaConsumer(
            group_id=group_of(kafka),
            group_instance_id=kafka.instance_id,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            retry_backoff_ms=RETRY_BACKOFF_MS,
            session_timeout_ms=SESSION_TIMEOUT_MS,
            heartbeat_interval_ms=SESSION_TIMEOUT_MS // 3,
            **aiokafka_options(kafka),
        )
        self._reader = AlertReader(kafka)

    async def start(self) -> None:
        """Connect and join the group. Raises aiokafka's KafkaError."""
        await self._reader.start()
        await self._consumer.start()
        self._consumer.subscribe([self._topic], listener=self)

    async def stop(self) -> None:
        """Leave the group at once, so that another deliverer need not wait."""
        await self._consumer.stop()
        await self._reader.stop()

    def on_partitions_revoked(self, revoked: object) -> None:  # noqa: ARG002
        """Forget what was ours: whatever is assigned next is read from its beginning."""
        self._rebalances += 1
        self._readings.clear()

    def on_partitions_assigned(self, assigned: object) -> None:
        """Nothing: the next poll sees the assignment."""

    @property
    def partitions(self) -> frozenset[int]:
        """The partitions that are ours and read up to the present."""
        return frozenset(tp.partition for tp, reading in self._readings.items() if reading.at_present)

    def unready(self) -> str | None:
        """What is missing until alerts of now are delivered."""
        if not self._readings:
            return "no partitions yet, or another deliverer is active"
        behind = [tp.partition for tp, reading in self._readings.items() if not reading.at_present]
        return f"still reading the partitions {behind}" if behind else None

    def stalled(self) -> str | None:
        """What is wrong if Kafka was not asked for long."""
        waited = time.monotonic() - self._polled_at
        return f"Kafka was not polled for {waited:.0f} s" if waited > STALL_SECONDS else None

    async def poll(self, timeout_ms: int = 300) -> int:
        """Take over new partitions, store what came, commit; returns how many versions were new.

        Raises aiokafka's KafkaError. The next poll then begins again from what was stored, so it may be tried again.
        """
        try:
            return await self._poll(timeout_ms)
        except KafkaError:
            self._readings.clear()
            raise

    async def _poll(self, timeout_ms: int) -> int:
        await self._take_over()
        batches = await self._consumer.getmany(timeout_ms=timeout_ms, max_records=MAX_RECORDS)
        stored = 0
        for tp, records in batches.items():
            stored += await self._store(tp, records)
        for tp, reading in list(self._readings.items()):
            if not reading.at_present:
                stored += await self._end_history(tp, reading)
        self._polled_at = time.monotonic()
        metrics.ASSIGNED_PARTITIONS.labels(STAGE).set(len(self._readings))
        return stored

    async def lag(self) -> int:
        """How many records of our partitions are not in the outbox yet."""
        readings = dict(self._readings)
        ends = await self._consumer.end_offsets(list(readings))
        return sum(max(0, end - readings[tp].stored_to) for tp, end in ends.items())

    async def _take_over(self) -> None:
        rebalances = self._rebalances
        for tp in self._consumer.assignment() - self._readings.keys():
            committed = await self._consumer.committed(tp)
            end = (await self._consumer.end_offsets([tp]))[tp]
            # An offset beyond the end was committed in an earlier life of the topic.
            first_start = committed is None or committed > end
            await self._consumer.seek_to_beginning(tp)
            if rebalances != self._rebalances:
                return  # what was found out holds no longer
            self._readings[tp] = Reading(end if first_start else committed, first_start)
            _log.info("partition_taken_over", partition=tp.partition, committed=committed, end=end)

    async def _store(self, tp: TopicPartition, records: list[ConsumerRecord]) -> int:
        reading = self._readings.get(tp)
        if reading is None:
            return 0  # revoked, or assigned and not yet rewound: it is read again
        fresh = []
        for record in records:
            history = record.offset < reading.history_end
            alert = await self._reader.read(record, seen_before=history and not reading.first_start)
            if alert is None:
                continue
            if history:
                reading.keep(alert)
            else:
                fresh.append(Incoming(alert, tp.partition))
        if not fresh and (not records or records[-1].offset < reading.history_end):
            return 0
        stored = await self._end_history(tp, reading) + self._outbox.store(fresh, self._manners, self._clock())
        reading.stored_to = records[-1].offset + 1
        await self._commit({tp: reading.stored_to})
        metrics.LAST_RECORD.labels(STAGE).set_to_current_time()
        return stored

    async def _end_history(self, tp: TopicPartition, reading: Reading) -> int:
        if reading.at_present or await self._consumer.position(tp) < reading.history_end:
            return 0
        taken_before = not reading.first_start
        incoming = [Incoming(alert, tp.partition, taken_before) for alert in reading.history.values()]
        stored = 0
        for start in range(0, len(incoming), MAX_RECORDS):
            stored += self._outbox.store(incoming[start : start + MAX_RECORDS], self._manners, self._clock())
            await asyncio.sleep(0)  # heartbeats must have their turn
        reading.stored_to = reading.history_end
        if reading.first_start and reading.history_end:
            await self._commit({tp: reading.history_end})
        reading.history.clear()
        reading.at_present = True
        _log.info("partition_at_present", partition=tp.partition, alerts=len(incoming))
        return stored

    async def _commit(self, offsets: dict[TopicPartition, int]) -> None:
        try:
            await self._consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError, RebalanceInProgressError) as error:
            # The partition went to another deliverer meanwhile; what we stored it will store too, under the same ids.
            _log.warning("commit_failed", reason=str(error))
