"""A topic's records into an archive, and an archive's records into a topic."""

from collections.abc import Callable, Iterable
from pathlib import Path

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.partitioner import murmur2

from archives.archive_file import ArchivedRecord, ArchiveError, ArchiveWriter, Header, read_archive, verify
from runtime.kafka_clients import MAX_REQUEST_BYTES, kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_range import TopicRange, read_records
from runtime.topic_reader import NoSuchTopicError

Watch = Callable[[int], None]
"""Told of each record's time in milliseconds."""
UNCONFIRMED = 5_000
"""Records sent before they are waited for: memory stays bounded."""


def export_topic(kafka: KafkaSettings, wanted: TopicRange, path: Path, watch: Watch) -> int:
    """Write the range to the file, and return the number of records; no group, no commits."""
    header = Header(wanted.topic, len(wanted.offsets), wanted.offsets)
    with ArchiveWriter(path, header) as archive:
        for _, record in read_records(kafka, wanted):
            headers = tuple((name, value) for name, value in record.headers or ())
            archive.add(
                ArchivedRecord(record.partition, record.offset, record.timestamp, record.key, record.value, headers)
            )
            watch(record.timestamp)
        return archive.records


def import_archive(kafka: KafkaSettings, path: Path, topic: str, *, append: bool, resume: bool, watch: Watch) -> int:
    """Write the archive's records to the topic with their times, keys and headers; return how many were written.

    Partitions are kept where their number is the same; else keys are spread as producers spread them. ``resume`` goes on
    after an import that was interrupted: what lies in each partition is taken for the beginning of what belongs there.
    Raises ArchiveError, NoSuchTopicError, and kafka-python's errors as they come.
    """
    there = _sizes(kafka, topic)
    if any(there.values()) and not (append or resume):
        raise ArchiveError(f"{topic} is not empty; --append adds to it, --resume goes on with an interrupted import")
    verify(path)  # before the first record is sent
    done = there if resume else dict.fromkeys(there, 0)
    with read_archive(path) as (header, records):
        same = header.partitions == len(there)
        producer = KafkaProducer(
            acks="all",
            enable_idempotence=True,
            linger_ms=20,
            max_request_size=MAX_REQUEST_BYTES,
            **kafka_python_options(kafka),
        )
        try:
            return _send(producer, topic, _placed(records, len(there), same=same), done, watch)
        finally:
            producer.close()


def _placed(records: Iterable[ArchivedRecord], partitions: int, *, same: bool) -> Iterable[tuple[int, ArchivedRecord]]:
    for record in records:
        if same:
            yield record.partition, record
        elif record.key is None:
            yield record.partition % partitions, record
        else:
            yield (murmur2(record.key) & 0x7FFFFFFF) % partitions, record


def _send(
    producer: KafkaProducer,
    topic: str,
    placed: Iterable[tuple[int, ArchivedRecord]],
    done: dict[int, int],
    watch: Watch,
) -> int:
    seen = dict.fromkeys(done, 0)
    sent = []
    count = 0
    for partition, record in placed:
        watch(record.timestamp)
        seen[partition] += 1
        if seen[partition] <= done[partition]:
            continue
        # The client refuses a record of neither key nor value; an empty key is as near as it comes.
        key = b"" if record.key is None and record.value is None else record.key
        sent.append(
            producer.send(
                topic,
                value=record.value,
                key=key,
                headers=list(record.headers),
                partition=partition,
                timestamp_ms=record.timestamp,
            )
        )
        count += 1
        if len(sent) >= UNCONFIRMED:
            sent = _confirmed(sent)
    _confirmed(sent)
    return count


def _confirmed(sent: list) -> list:  # type: ignore[type-arg]  # the client's futures have no types
    for future in sent:
        future.get(timeout=60)
    return []


def _sizes(kafka: KafkaSettings, topic: str) -> dict[int, int]:
    """How many offsets each partition holds."""
    consumer = KafkaConsumer(group_id=None, enable_auto_commit=False, **kafka_python_options(kafka))
    try:
        numbers = consumer.partitions_for_topic(topic)
        if not numbers:
            raise NoSuchTopicError(f"the cluster has no topic {topic}")
        partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
        beginnings, ends = consumer.beginning_offsets(partitions), consumer.end_offsets(partitions)
        return {p.partition: ends[p] - beginnings[p] for p in partitions}
    finally:
        consumer.close()
