"""The topics, their keys and what a broker must be told of them; names carry a prefix that is a namespace."""

from enum import StrEnum

from detente.model import Value


class Topic(StrEnum):
    """Every topic by its name without the prefix."""

    ARTICLES = "articles"
    SIGNALS = "signals"
    CONTACTS = "contacts"
    TRANSITIONS = "transitions"
    ALERTS = "alerts"
    ALERT_MEMORY = "alert-memory"
    """What the rules remember of each contact, keyed like its transitions: the changelog of the evaluate step."""
    ACKS = "acks"
    """Which alerts somebody has taken up, keyed by alert id."""
    SOURCES = "sources"
    ARTICLES_DEAD = "articles.dead"
    SIGNALS_DEAD = "signals.dead"
    TRANSITIONS_DEAD = "transitions.dead"
    ALERTS_DEAD = "alerts.dead"

    def named(self, prefix: str) -> str:
        """The topic's full name."""
        return f"{prefix}{self.value}"

    @property
    def dead(self) -> "Topic":
        """Where what cannot be read from this topic goes."""
        return Topic(f"{self.value}.dead")


class TopicSpec(Value):
    """What a topic is declared with. ``config`` holds Kafka's own topic settings."""

    topic: Topic
    partitioned: bool
    """Whether it has the deployment's number of partitions; else one."""
    config: dict[str, str]


KEEP_FOR_EVER = {"cleanup.policy": "delete", "retention.ms": "-1", "segment.ms": "315360000000"}
"""Segments roll by size, or after ten years of record time: at a week, Kafka's default, an archive would be thousands of files."""
COMPACTED = {"cleanup.policy": "compact"}

TOPIC_SPECS = (
    TopicSpec(topic=Topic.ARTICLES, partitioned=True, config=KEEP_FOR_EVER | {"max.message.bytes": "2097152"}),
    TopicSpec(topic=Topic.SIGNALS, partitioned=True, config=KEEP_FOR_EVER),
    TopicSpec(topic=Topic.CONTACTS, partitioned=True, config=COMPACTED),
    TopicSpec(topic=Topic.TRANSITIONS, partitioned=True, config=KEEP_FOR_EVER),
    TopicSpec(topic=Topic.ALERT_MEMORY, partitioned=True, config=COMPACTED),
    TopicSpec(topic=Topic.ALERTS, partitioned=True, config=COMPACTED),
    TopicSpec(topic=Topic.ACKS, partitioned=False, config=COMPACTED),
    TopicSpec(topic=Topic.SOURCES, partitioned=False, config=COMPACTED),
    TopicSpec(topic=Topic.ARTICLES_DEAD, partitioned=False, config=KEEP_FOR_EVER | {"max.message.bytes": "4194304"}),
    TopicSpec(topic=Topic.SIGNALS_DEAD, partitioned=False, config=KEEP_FOR_EVER),
    TopicSpec(topic=Topic.TRANSITIONS_DEAD, partitioned=False, config=KEEP_FOR_EVER),
    TopicSpec(topic=Topic.ALERTS_DEAD, partitioned=False, config=KEEP_FOR_EVER),
)
