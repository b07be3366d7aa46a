"""Sees to it that a stage reads every record: Faust can pass some over when it starts or rebalances under load.

A record that the agent never saw would be committed with those after it, and be lost. So each stage knows where its
partitions must go on, and looks into Kafka when an offset is not the next one. Gaps that Kafka itself has
(transactions, retention) are no loss.
"""

import asyncio
from collections.abc import Iterable

import faust
from kafka import KafkaConsumer, TopicPartition

from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings

LOOK_MILLISECONDS = 10_000


class SkippedRecordsError(RuntimeError):
    """Records lie in Kafka that were not handed to the stage, though later ones were."""


class OffsetGuard:
    """Guards one topic of one app."""

    def __init__(self, app: faust.App, kafka: KafkaSettings, topic: str) -> None:
        self._app = app
        self._kafka = kafka
        self._topic = topic
        self._next: dict[int, int] = {}
        app.on_rebalance_complete.connect(self._on_rebalance_complete)

    async def check(self, partition: int, offset: int) -> None:
        """Note the offset; raises SkippedRecordsError if records before it were passed over. Earlier ones may repeat."""
        expected = self._next.get(partition)
        if expected is not None and offset > expected:
            first = await asyncio.to_thread(self._first_from, partition, expected)
            if first is not None and first < offset:
                raise SkippedRecordsError(f"{self._topic}/{partition}: {first} was passed over, {offset} came")
        self._next[partition] = offset + 1

    async def _on_rebalance_complete(self, *_: object, **__: object) -> None:
        mine = [tp.partition for tp in self._app.consumer.assignment() if tp.topic == self._topic]
        self._next = await asyncio.to_thread(self._starts, mine)

    def _starts(self, numbers: Iterable[int]) -> dict[int, int]:
        """Where each partition goes on: at the group's committed offset, else at its beginning."""
        consumer = KafkaConsumer(
            group_id=self._app.conf.id, enable_auto_commit=False, **kafka_python_options(self._kafka)
        )
        try:
            partitions = [TopicPartition(self._topic, number) for number in numbers]
            beginnings = consumer.beginning_offsets(partitions) if partitions else {}
            return {p.partition: max(consumer.committed(p) or 0, beginnings[p]) for p in partitions}
        finally:
            consumer.close()

    def _first_from(self, partition: int, offset: int) -> int | None:
        """The offset of the first record at or after ``offset``; None if none comes in time."""
        consumer = KafkaConsumer(enable_auto_commit=False, **kafka_python_options(self._kafka))
        try:
            place = TopicPartition(self._topic, partition)
            consumer.assign([place])
            consumer.seek(place, offset)
            records = consumer.poll(timeout_ms=LOOK_MILLISECONDS, max_records=1).get(place, [])
            return records[0].offset if records else None
        finally:
            consumer.close()
