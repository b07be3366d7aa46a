"""Reads a topic from its beginning to the end that it had at the start, outside of any consumer group."""

from collections.abc import Iterator

from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord

from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings

POLL_MILLISECONDS = 500


class NoSuchTopicError(RuntimeError):
    """The cluster has no topic of that name."""


def read_to_end(kafka: KafkaSettings, topic: str) -> Iterator[ConsumerRecord]:
    """Yield the topic's records, each partition in order; ends by position, since offsets may have gaps.

    Touches no group offsets. Raises NoSuchTopicError, and kafka-python's errors as they come.
    """
    consumer = KafkaConsumer(enable_auto_commit=False, auto_offset_reset="earliest", **kafka_python_options(kafka))
    try:
        numbers = consumer.partitions_for_topic(topic)
        if not numbers:
            raise NoSuchTopicError(f"the cluster has no topic {topic}")
        partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
        consumer.assign(partitions)
        ends = consumer.end_offsets(partitions)
        consumer.seek_to_beginning(*partitions)
        while any(consumer.position(partition) < end for partition, end in ends.items()):
            for partition, records in consumer.poll(timeout_ms=POLL_MILLISECONDS).items():
                yield from (record for record in records if record.offset < ends[partition])
    finally:
        consumer.close()


def read_latest(kafka: KafkaSettings, topic: str) -> dict[bytes, ConsumerRecord]:
    """The newest record of each key of a compacted topic; a key whose newest value is null is gone."""
    latest = {record.key: record for record in read_to_end(kafka, topic) if record.key is not None}
    return {key: record for key, record in latest.items() if record.value is not None}
