"""What lies in a test's topics, decoded."""

from typing import TypeVar

from kafka import KafkaConsumer, KafkaProducer
from kafka.structs import TopicPartition

from detente import wire
from detente.articles import Article
from detente.model import Value
from detente.topics import Topic
from runtime.settings import KafkaSettings
from runtime.topic_reader import read_to_end

V = TypeVar("V", bound=Value)


def values(kafka: KafkaSettings, topic: Topic, kind: type[V]) -> list[V]:
    """Everything in the topic, in order of its partitions."""
    return [wire.decode(record.value, kind) for record in read_to_end(kafka, topic.named(kafka.topic_prefix))]


def produce(kafka: KafkaSettings, articles: list[Article]) -> None:
    """Put articles on the topic as a producer of another make might."""
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers, acks="all", linger_ms=5)
    topic = Topic.ARTICLES.named(kafka.topic_prefix)
    for article in articles:
        timestamp = int(article.published_at.timestamp() * 1000)
        producer.send(topic, key=article.id.encode(), value=wire.encode(article), timestamp_ms=timestamp)
    producer.flush()
    producer.close()


def uncommitted(kafka: KafkaSettings, group: str, *topics: Topic) -> int:
    """How many records of the topics the group has not committed yet."""
    return sum(end - (committed or 0) for committed, end in positions(kafka, group, *topics).values())


def positions(kafka: KafkaSettings, group: str, *topics: Topic) -> dict[str, tuple[int | None, int]]:
    """What the group has committed of each partition, and where the partition ends."""
    consumer = KafkaConsumer(
        bootstrap_servers=kafka.bootstrap_servers, group_id=f"{kafka.topic_prefix}{group}", enable_auto_commit=False
    )
    try:
        names = [topic.named(kafka.topic_prefix) for topic in topics]
        partitions = [TopicPartition(name, n) for name in names for n in consumer.partitions_for_topic(name) or ()]
        ends = consumer.end_offsets(partitions)
        return {f"{p.topic}/{p.partition}": (consumer.committed(p), end) for p, end in ends.items()}
    finally:
        consumer.close()
