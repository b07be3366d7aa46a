"""Articles into Kafka one by one, each confirmed before the next, and all into one partition.

Nine years pass in half a minute: from several partitions the articles of different years would overtake one another.
"""

from kafka import KafkaProducer

from detente import wire
from detente.articles import Article
from detente.topics import Topic
from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings

ANSWER_SECONDS = 30.0
PARTITION = 0


class Sender:
    """Sends to the articles topic; close it."""

    def __init__(self, kafka: KafkaSettings) -> None:
        self._topic = Topic.ARTICLES.named(kafka.topic_prefix)
        self._producer = KafkaProducer(acks="all", **kafka_python_options(kafka))

    def send(self, article: Article) -> None:
        """Return when Kafka has the article; raises kafka-python's errors."""
        published = int(article.published_at.timestamp() * 1_000)
        key, value = article.id.encode(), wire.encode(article)
        sent = self._producer.send(self._topic, key=key, value=value, partition=PARTITION, timestamp_ms=published)
        sent.get(ANSWER_SECONDS)

    def close(self) -> None:
        """Leave the cluster."""
        self._producer.close()
