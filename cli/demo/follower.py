"""What comes out of the pipeline: a plain consumer on the demo's topics, from their beginning."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient

from detente.alerts.alert import Alert
from detente.contacts.contact import Contact
from detente.contacts.transitions import Transition
from detente.signals import ArticleSignals
from detente.topics import TOPIC_SPECS, Topic
from detente.wire import decode
from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings

DEAD = frozenset(spec.topic for spec in TOPIC_SPECS if spec.topic.value.endswith(".dead"))
READ_BY_WORKER = frozenset({Topic.ARTICLES, Topic.SIGNALS, Topic.TRANSITIONS})
FOLLOWED = frozenset({Topic.SIGNALS, Topic.TRANSITIONS, Topic.CONTACTS, Topic.ALERTS}) | DEAD


@dataclass
class Seen:
    """Everything that the pipeline put out, in the order in which it was seen."""

    signals: int = 0
    transitions: list[Transition] = field(default_factory=list)
    contacts: dict[str, Contact] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)
    """Every version of every alert."""
    first_seen: dict[str, float] = field(default_factory=dict)
    """When an alert's first version was seen, by its id; a monotonic clock, in seconds."""
    dead_letters: int = 0

    def take(self, topic: Topic, value: bytes, at: float) -> None:
        """Note one record. Raises PoisonError for bytes that the pipeline should never have sent."""
        if topic in DEAD:
            self.dead_letters += 1
        elif topic is Topic.SIGNALS:
            self.signals += len(decode(value, ArticleSignals).signals)
        elif topic is Topic.TRANSITIONS:
            self.transitions.append(decode(value, Transition))
        elif topic is Topic.CONTACTS:
            contact = decode(value, Contact)
            self.contacts[contact.key] = contact
        elif topic is Topic.ALERTS:
            alert = decode(value, Alert)
            self.alerts.append(alert)
            self.first_seen.setdefault(alert.id, at)


class Follower:
    """Reads the demo's topics. The topics must exist."""

    def __init__(self, kafka: KafkaSettings) -> None:
        self.seen = Seen()
        self._kafka = kafka
        self._topics = {topic.named(kafka.topic_prefix): topic for topic in FOLLOWED}
        self._consumer = KafkaConsumer(
            **kafka_python_options(kafka), group_id=None, enable_auto_commit=False, auto_offset_reset="earliest"
        )
        self._partitions = self._partitions_of(FOLLOWED)
        self._consumer.assign(self._partitions)
        self._consumer.seek_to_beginning(*self._partitions)

    def poll(self, seconds: float) -> list[Alert]:
        """Wait at most that long for records, note them, and return the alert versions among them."""
        known = len(self.seen.alerts)
        batches = self._consumer.poll(timeout_ms=max(0, int(seconds * 1_000)))
        at = time.monotonic()
        for partition, records in batches.items():
            for record in records:
                if record.value is not None:
                    self.seen.take(self._topics[partition.topic], record.value, at)
        return self.seen.alerts[known:]

    def worker_is_done(self) -> bool:
        """Whether the worker's group has committed the ends of all that it reads, and all that it wrote was seen.

        Commits are read before the ends: what a committed article led to was sent before its commit. Some 50 ms.
        """
        read = self._partitions_of(READ_BY_WORKER)
        admin = KafkaAdminClient(**kafka_python_options(self._kafka))
        try:
            group = f"{self._kafka.topic_prefix}worker"
            committed = admin.list_group_offsets({group: read})[group]
        finally:
            admin.close()
        ends = self._consumer.end_offsets(read)
        done = all(end == 0 or (at in committed and committed[at].offset >= end) for at, end in ends.items())
        written = self._consumer.end_offsets(self._partitions)
        return done and all(self._consumer.position(at) >= end for at, end in written.items())

    def _partitions_of(self, topics: Iterable[Topic]) -> list[TopicPartition]:
        names = [topic.named(self._kafka.topic_prefix) for topic in topics]
        return [TopicPartition(name, n) for name in names for n in self._consumer.partitions_for_topic(name) or ()]

    def close(self) -> None:
        """Leave the cluster."""
        self._consumer.close()
