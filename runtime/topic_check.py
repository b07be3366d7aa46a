"""What of a deployment's topics is not as it must be, and what of it can be mended without loss."""

import datetime as dt
from enum import StrEnum
from typing import Any

from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient

from detente.model import Value
from detente.topics import TOPIC_SPECS, TopicSpec
from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_range import plan_range

DEFAULTS = {
    "cleanup.policy": "delete",
    "retention.ms": "604800000",
    "segment.ms": "604800000",
    "max.message.bytes": "1048588",
}
"""Kafka's own, for what a topic does not set."""
AT_LEAST = frozenset({"retention.ms", "segment.ms", "max.message.bytes"})
"""Settings that may be more than what is asked for."""


class Fault(StrEnum):
    """What is wrong with a topic."""

    MISSING = "missing"
    PARTITIONS = "partitions"
    """Another number than configured; that of a keyed topic cannot be changed without moving keys."""
    REPLICATION = "replication"
    SETTING = "setting"
    EXPIRED = "expired"
    """Records of the wanted time are no longer there."""


class Finding(Value):
    """A fault of a topic; ``mendable`` by ``topics create --fix``."""

    topic: str
    fault: Fault
    found: str = ""
    wanted: str = ""
    mendable: bool = False
    setting: str = ""


def check_topics(kafka: KafkaSettings, since: dt.datetime | None = None) -> list[Finding]:
    """The faults of all topics; with ``since`` also whether what a replay from then on would read is still there."""
    admin = KafkaAdminClient(**kafka_python_options(kafka))
    try:
        there = set(admin.list_topics())
        found = [finding for spec in TOPIC_SPECS for finding in _of_topic(admin, kafka, spec, there)]
    finally:
        admin.close()
    if since is not None:
        for spec in TOPIC_SPECS:
            name = spec.topic.named(kafka.topic_prefix)
            if name in there and spec.config.get("cleanup.policy") == "delete":
                expired = plan_range(kafka, name, since).expired
                found += [_expired(name, since, expired)] if expired else []
    return found


def fix_topics(kafka: KafkaSettings, findings: list[Finding]) -> list[Finding]:
    """Set the settings that can be set, and return what was mended."""
    mendable = [finding for finding in findings if finding.mendable]
    admin = KafkaAdminClient(**kafka_python_options(kafka))
    try:
        for finding in mendable:
            change = ConfigResource(ConfigResourceType.TOPIC, finding.topic, {finding.setting: finding.wanted})
            admin.alter_configs([change])
    finally:
        admin.close()
    return mendable


def _of_topic(admin: KafkaAdminClient, kafka: KafkaSettings, spec: TopicSpec, there: set[str]) -> list[Finding]:
    name = spec.topic.named(kafka.topic_prefix)
    if name not in there:
        return [Finding(topic=name, fault=Fault.MISSING)]
    partitions: list[dict[str, Any]] = admin.describe_topics([name])[0]["partitions"]
    wanted = kafka.partitions if spec.partitioned else 1
    found = []
    if len(partitions) != wanted:
        found.append(Finding(topic=name, fault=Fault.PARTITIONS, found=str(len(partitions)), wanted=str(wanted)))
    copies = min(len(partition["replica_nodes"]) for partition in partitions)
    if copies < kafka.replication_factor:
        need = str(kafka.replication_factor)
        found.append(Finding(topic=name, fault=Fault.REPLICATION, found=str(copies), wanted=need))
    return found + _settings(admin, spec, name)


def _settings(admin: KafkaAdminClient, spec: TopicSpec, name: str) -> list[Finding]:
    described = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name)], config_filter="all")
    values = {key: entry["value"] for key, entry in described["topic"][name].items()}
    return [
        Finding(topic=name, fault=Fault.SETTING, setting=key, found=value, wanted=wanted, mendable=True)
        for key, wanted in spec.config.items()
        if not _satisfies(key, value := str(values.get(key, DEFAULTS.get(key))), wanted)
    ]


def _satisfies(key: str, value: str, wanted: str) -> bool:
    if value == wanted:
        return True
    if key not in AT_LEAST:
        return False
    return int(value) == -1 or (int(wanted) != -1 and int(value) >= int(wanted))


def _expired(name: str, since: dt.datetime, partitions: tuple[int, ...]) -> Finding:
    numbers = ", ".join(map(str, partitions))
    return Finding(
        topic=name, fault=Fault.EXPIRED, found=f"partitions {numbers} begin later", wanted=f"{since:%Y-%m-%d}"
    )
