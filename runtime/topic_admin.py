"""Makes the topics that are missing, or says which are, before any process starts to work on them."""

from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import TopicAlreadyExistsError

from detente.topics import TOPIC_SPECS, TopicSpec
from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings


class MissingTopicsError(RuntimeError):
    """Topics are missing and may not be declared by us."""


def ensure_topics(kafka: KafkaSettings, specs: tuple[TopicSpec, ...] = TOPIC_SPECS) -> list[str]:
    """Create the topics that do not exist; returns their names. Idempotent, and safe for several processes at once.

    Raises MissingTopicsError where ``declare_topics`` is off, and kafka-python's errors as they come.
    """
    admin = KafkaAdminClient(**kafka_python_options(kafka))
    try:
        existing = set(admin.list_topics())
        missing = [spec for spec in specs if spec.topic.named(kafka.topic_prefix) not in existing]
        names = [spec.topic.named(kafka.topic_prefix) for spec in missing]
        if missing and not kafka.declare_topics:
            raise MissingTopicsError(f"these topics are missing, and declaring them is off: {', '.join(names)}")
        for spec, name in zip(missing, names, strict=True):
            _create(admin, _new_topic(kafka, spec, name))
    finally:
        admin.close()
    return names


def _new_topic(kafka: KafkaSettings, spec: TopicSpec, name: str) -> NewTopic:
    return NewTopic(
        name,
        num_partitions=kafka.partitions if spec.partitioned else 1,
        replication_factor=kafka.replication_factor,
        topic_configs=spec.config,
    )


def _create(admin: KafkaAdminClient, topic: NewTopic) -> None:
    try:
        admin.create_topics([topic])
    except TopicAlreadyExistsError:
        return  # another process was faster
