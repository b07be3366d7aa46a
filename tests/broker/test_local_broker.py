"""A real Kafka is started, found, stopped, killed and recovered."""

from kafka import KafkaConsumer, KafkaProducer

from detente.topics import TOPIC_SPECS, Topic
from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics


def test_the_session_broker_takes_and_gives_records(kafka: KafkaSettings) -> None:
    topic = Topic.ARTICLES.named(kafka.topic_prefix)
    options = kafka_python_options(kafka)
    producer = KafkaProducer(**options)
    producer.send(topic, b"body", key=b"key").get(timeout=10)
    producer.close()

    consumer = KafkaConsumer(topic, auto_offset_reset="earliest", consumer_timeout_ms=10_000, **options)
    record = next(consumer)
    consumer.close()

    assert (record.key, record.value) == (b"key", b"body")


def test_a_test_has_every_topic_in_a_namespace_of_its_own(kafka: KafkaSettings) -> None:
    assert len(TOPIC_SPECS) > 0
    assert ensure_topics(kafka) == []
