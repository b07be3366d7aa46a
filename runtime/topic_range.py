"""A topic's records between two moments, all partitions merged into the order in which they were known."""

import datetime as dt
from collections.abc import Iterator
from heapq import merge
from typing import NamedTuple

from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord

from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_reader import POLL_MILLISECONDS, NoSuchTopicError


class TopicRange(NamedTuple):
    """Which records: for each partition the first offset and the one after the last, as they were when it was planned.

    ``expired`` are partitions that begin later than what was wanted: older records are gone from them.
    """

    topic: str
    offsets: dict[int, tuple[int, int]]
    expired: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many offsets; compacted topics and transactions have fewer records."""
        return sum(end - start for start, end in self.offsets.values())


class Known(NamedTuple):
    """A record with the moment from which it was known: the newest record time that its partition had shown by then.

    So a late article takes its place after what came before it, as it did when it was live.
    """

    partition: int
    offset: int
    at: dt.datetime
    key: bytes | None
    value: bytes | None


def plan_range(
    kafka: KafkaSettings, topic: str, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> TopicRange:
    """The range of records that were known from ``since`` on and before ``until``; ends are captured now.

    Raises NoSuchTopicError, and kafka-python's errors as they come.
    """
    consumer = _consumer(kafka)
    try:
        numbers = consumer.partitions_for_topic(topic)
        if not numbers:
            raise NoSuchTopicError(f"the cluster has no topic {topic}")
        partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
        beginnings, ends = consumer.beginning_offsets(partitions), consumer.end_offsets(partitions)
        starts = _offsets_at(consumer, partitions, since, beginnings, ends)
        stops = _offsets_at(consumer, partitions, until, ends, ends)
    finally:
        consumer.close()
    return TopicRange(
        topic,
        {p.partition: (min(starts[p], stops[p]), stops[p]) for p in partitions},
        tuple(p.partition for p in partitions if beginnings[p] > 0 and starts[p] == beginnings[p]),
    )


def _offsets_at(
    consumer: KafkaConsumer,
    partitions: list[TopicPartition],
    moment: dt.datetime | None,
    without: dict[TopicPartition, int],
    ends: dict[TopicPartition, int],
) -> dict[TopicPartition, int]:
    """The first offset whose time is not before the moment; the partition's end if there is none."""
    if moment is None:
        return without
    found = consumer.offsets_for_times(dict.fromkeys(partitions, milliseconds(moment)))
    return {p: min(found[p].offset, ends[p]) if found.get(p) else ends[p] for p in partitions}


def read_range(kafka: KafkaSettings, wanted: TopicRange) -> Iterator[Known]:
    """Yield the range's records by the moment from which they were known, then partition and offset.

    A plain consumer for each partition, so that none is read further ahead than one fetch; they join no group and commit
    nothing.
    """
    for newest, record in read_records(kafka, wanted):
        at = dt.datetime.fromtimestamp(newest / 1000, dt.UTC)
        yield Known(record.partition, record.offset, at, record.key, record.value)


def read_records(kafka: KafkaSettings, wanted: TopicRange) -> Iterator[tuple[int, ConsumerRecord]]:
    """The same as whole records, each with the moment from which it was known, in Kafka's milliseconds."""
    parts = [_partition(kafka, TopicPartition(wanted.topic, n), *span) for n, span in sorted(wanted.offsets.items())]
    yield from merge(*parts, key=lambda known: (known[0], known[1].partition))


def _partition(
    kafka: KafkaSettings, partition: TopicPartition, start: int, end: int
) -> Iterator[tuple[int, ConsumerRecord]]:
    """A partition's records; it is done when the consumer's position has reached the end, for offsets may have gaps."""
    if start >= end:
        return
    consumer = _consumer(kafka)
    newest = 0
    try:
        consumer.assign([partition])
        consumer.seek(partition, start)
        while consumer.position(partition) < end:
            for record in consumer.poll(timeout_ms=POLL_MILLISECONDS).get(partition, ()):
                if record.offset >= end:
                    return
                newest = max(newest, record.timestamp)
                yield newest, record
    finally:
        consumer.close()


def milliseconds(moment: dt.datetime) -> int:
    """Kafka's time of a moment."""
    return round(moment.timestamp() * 1000)


def _consumer(kafka: KafkaSettings) -> KafkaConsumer:
    return KafkaConsumer(
        enable_auto_commit=False, group_id=None, auto_offset_reset="none", **kafka_python_options(kafka)
    )
