"""Puts records into a topic and takes them out, by plain clients."""

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings


def put(kafka: KafkaSettings, topic: str, *values: bytes) -> None:
    producer = KafkaProducer(**kafka_python_options(kafka))
    for value in values:
        producer.send(topic, value, key=value).get(timeout=20)
    producer.close()


def take_all(kafka: KafkaSettings, topic: str) -> list[bytes]:
    """Every value in the topic now, sorted."""
    consumer = KafkaConsumer(**kafka_python_options(kafka))
    partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()]
    consumer.assign(partitions)
    consumer.seek_to_beginning()
    ends = consumer.end_offsets(partitions)
    values: list[bytes] = []
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        for batch in consumer.poll(timeout_ms=1_000).values():
            values += [record.value for record in batch]
    consumer.close()
    return sorted(values)
