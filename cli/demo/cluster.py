"""Where the demo runs: a broker of its own or the configured cluster, in topics of its own that are gone afterwards."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from kafka.admin import KafkaAdminClient

from broker import local_broker, volatile_broker
from broker.broker_info import BrokerInfo
from broker.errors import JarsUnavailableError
from broker.jars import Progress
from detente.topics import Topic
from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics

PARTITIONS = 4
"""The mock broker knows no other number."""


class Cluster(NamedTuple):
    """Where the demo's processes find Kafka, and what of it is the demo's own."""

    kafka: KafkaSettings
    environment: dict[str, str]
    """For the demo's processes."""
    broker: BrokerInfo | None
    """The demo's own broker, if it started one."""


Says = Callable[[str], None]


@contextmanager
def cluster(folder: Path, *, keep: bool, progress: Progress, says: Says) -> Iterator[Cluster]:
    """Yield a cluster with the demo's topics; stop the broker or delete the topics in the end, unless ``keep``.

    ``says`` is told in one line where the demo runs. Raises BrokerError, MissingTopicsError and kafka-python's errors.
    """
    configured = KafkaSettings()
    prefix = f"demo.{secrets.token_hex(3)}."
    if configured.bootstrap_servers:
        says(f"Kafka: the cluster at {configured.bootstrap_servers}, topics {prefix}*")
        with _topics(_own(configured, prefix), keep=keep) as made:
            yield made
        return
    with _broker(folder / "broker", keep=keep, progress=progress, says=says) as info:
        yield _in_broker(info, prefix)


def _own(configured: KafkaSettings, prefix: str) -> Cluster:
    kafka = configured.model_copy(update={"topic_prefix": prefix})
    return Cluster(kafka, {"DETENTE_KAFKA_TOPIC_PREFIX": prefix}, broker=None)


def _in_broker(info: BrokerInfo, prefix: str) -> Cluster:
    volatile = info.kind == "volatile"
    kafka = KafkaSettings(
        bootstrap_servers=info.bootstrap_servers,
        topic_prefix=prefix,
        partitions=PARTITIONS,
        api_version=info.environment.get("DETENTE_KAFKA_API_VERSION"),
        declare_topics=not volatile,
    )
    if volatile:
        volatile_broker.make_topics(info, (topic.named(prefix) for topic in Topic))
    else:
        ensure_topics(kafka)
    names = {"DETENTE_KAFKA_TOPIC_PREFIX": prefix, "DETENTE_KAFKA_PARTITIONS": str(PARTITIONS)}
    return Cluster(kafka, info.environment | names, broker=info)


@contextmanager
def _topics(made: Cluster, *, keep: bool) -> Iterator[Cluster]:
    ensure_topics(made.kafka)
    try:
        yield made
    finally:
        if not keep:
            _delete_all(made.kafka)


def _delete_all(kafka: KafkaSettings) -> None:
    """Delete every topic and consumer group of the prefix, those that Faust made too."""
    admin = KafkaAdminClient(**kafka_python_options(kafka))
    try:
        topics = [name for name in admin.list_topics() if name.startswith(kafka.topic_prefix)]
        admin.delete_topics(topics)
        names = (group["group_id"] for group in admin.list_groups())
        admin.delete_groups([name for name in names if name.startswith(kafka.topic_prefix)])
    finally:
        admin.close()


@contextmanager
def _broker(folder: Path, *, keep: bool, progress: Progress, says: Says) -> Iterator[BrokerInfo]:
    try:
        with _start(folder, keep=keep, volatile=False, progress=progress) as info:
            says(f"Kafka: a broker of its own, Apache Kafka {info.version} on {info.bootstrap_servers}")
            yield info
    except JarsUnavailableError as missing:
        with _start(folder, keep=keep, volatile=True, progress=progress) as info:
            says(f"NOT a real Kafka, but a volatile broker in memory (librdkafka {info.version}): {missing}")
            yield info


def _start(folder: Path, *, keep: bool, volatile: bool, progress: Progress) -> AbstractContextManager[BrokerInfo]:
    if keep:
        return _left_running(folder, volatile=volatile, progress=progress)
    return local_broker.running(folder, volatile=volatile, progress=progress)


@contextmanager
def _left_running(folder: Path, *, volatile: bool, progress: Progress) -> Iterator[BrokerInfo]:
    yield local_broker.start(folder, volatile=volatile, progress=progress)
