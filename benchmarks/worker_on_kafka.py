"""How fast one worker is on a real local Kafka, and how soon an alert follows its article.

``python -m benchmarks.worker_on_kafka`` starts a broker and a worker of its own and prints the figures.
"""

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from itertools import combinations
from pathlib import Path

from kafka import KafkaConsumer, TopicPartition

from broker.local_broker import running
from broker.ports import free_port
from detente.articles import Article
from detente.topics import Topic
from producers.articles_to_kafka import ArticleProducer
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics

ORDINARY = 20_000
ONE_IN = 50
ALONE = 40
STATES = ["France", "Japan", "India", "Brazil", "Norway", "Kenya", "Peru", "Poland", "Chile", "Ghana"]
PUBLISHED = dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)
PARAGRAPH = (
    "The harbour was quiet on Tuesday. Fishermen landed forty crates of herring before noon, prices fell by a tenth, "
    "and the council put off its vote on the new pier until the summer. The mayor said that the town could wait. "
)


def ordinary(number: int) -> Article:
    """An article about nothing between states, of some 2,000 characters."""
    return Article(id=f"o{number}", title="A quiet day", body=PARAGRAPH * 9 + str(number), published_at=PUBLISHED)


def resumption(number: int, prefix: str) -> Article:
    """An article that resumes a contact."""
    one, other = list(combinations(STATES, 2))[number % 45]
    body = f"{one}'s defence minister spoke by phone with {other}'s defence minister for the first time in five years. "
    return Article(id=f"{prefix}{number}", title="Ministers talk", body=body + PARAGRAPH * 8, published_at=PUBLISHED)


def uncommitted(kafka: KafkaSettings) -> int:
    """How many articles the worker has not committed."""
    name = Topic.ARTICLES.named(kafka.topic_prefix)
    consumer = KafkaConsumer(
        bootstrap_servers=kafka.bootstrap_servers, group_id=f"{kafka.topic_prefix}worker", enable_auto_commit=False
    )
    try:
        ends = consumer.end_offsets([TopicPartition(name, n) for n in consumer.partitions_for_topic(name) or ()])
        return sum(end - (consumer.committed(partition) or 0) for partition, end in ends.items())
    finally:
        consumer.close()


def throughput(kafka: KafkaSettings) -> float:
    """Articles a second of a backlog, one in fifty about states; from the first to the last commit seen."""
    with ArticleProducer(kafka, lambda: PUBLISHED) as producer:
        for number in range(ORDINARY):
            producer.send(resumption(number, "b") if number % ONE_IN == 0 else ordinary(number))
    with worker(kafka):
        while (left := uncommitted(kafka)) == ORDINARY:
            time.sleep(0.05)
        begun, first = time.perf_counter(), left
        while uncommitted(kafka):
            time.sleep(0.05)
        return first / (time.perf_counter() - begun)


def latencies(kafka: KafkaSettings) -> list[float]:
    """Seconds from sending an article to its alert, one article at a time."""
    name = Topic.ALERTS.named(kafka.topic_prefix)
    consumer = KafkaConsumer(bootstrap_servers=kafka.bootstrap_servers, auto_offset_reset="latest")
    consumer.assign([TopicPartition(name, number) for number in range(kafka.partitions)])
    consumer.poll(timeout_ms=100)
    taken = []
    with worker(kafka), ArticleProducer(kafka, lambda: PUBLISHED) as producer:
        for number in range(ALONE):
            begun = time.perf_counter()
            producer.send(resumption(number, "a"))
            producer.flush()
            while not consumer.poll(timeout_ms=5_000):
                pass
            taken.append(time.perf_counter() - begun)
    consumer.close()
    return taken[1:]


class worker:  # noqa: N801  # used like a function
    """A worker for the length of a block, ready at its beginning."""

    def __init__(self, kafka: KafkaSettings) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._port = free_port()
        self._environment = os.environ | {
            "DETENTE_KAFKA_BOOTSTRAP_SERVERS": str(kafka.bootstrap_servers),
            "DETENTE_KAFKA_TOPIC_PREFIX": kafka.topic_prefix,
            "DETENTE_KAFKA_PARTITIONS": str(kafka.partitions),
            "DETENTE_STATE_DIR": self._folder.name,
            "DETENTE_SILENCE_CHECK_SECONDS": "0",
            "DETENTE_LOG_LEVEL": "error",
            "DETENTE_HTTP_PORT": str(self._port),
        }

    def __enter__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", "cli.main", "worker"], env=self._environment)
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self._port}/ready", timeout=1).close()
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.05)
            else:
                return

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._folder.cleanup()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as broker:
        for prefix, measure in (("latency.", _tell_latency), ("throughput.", _tell_throughput)):
            kafka = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic_prefix=prefix, partitions=2)
            ensure_topics(kafka)
            measure(kafka)


def _tell_latency(kafka: KafkaSettings) -> None:
    taken = sorted(latencies(kafka))
    middle, late = statistics.median(taken), taken[int(len(taken) * 0.95)]
    print(f"article sent to alert on the topic: median {middle * 1000:.0f} ms, 95 % {late * 1000:.0f} ms")  # noqa: T201


def _tell_throughput(kafka: KafkaSettings) -> None:
    rate = throughput(kafka)
    print(f"one worker, {ORDINARY:,} articles of 2,000 characters, one in {ONE_IN} about states: {rate:,.0f}/s")  # noqa: T201


if __name__ == "__main__":
    main()
