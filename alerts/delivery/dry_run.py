"""What a deliverer would do if it started now, found out without any receiver, group or outbox being touched."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from kafka import TopicPartition
from kafka.admin import KafkaAdminClient

from alerts.delivery.intake import group_of
from alerts.delivery.outbox import Incoming, Outbox
from alerts.delivery.planning import State
from alerts.delivery.receiver import Manner
from detente.alerts.alert import Alert
from detente.topics import Topic
from detente.wire import PoisonError, decode
from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_reader import read_latest


class Planned(NamedTuple):
    """What would become of the newest version of an alert at one receiver; PENDING: it would be told."""

    alert: Alert
    receiver: str
    state: State


def planned(kafka: KafkaSettings, copy: Outbox, manners: Sequence[Manner], now: datetime) -> Iterator[Planned]:
    """Yield the plan for every alert in Kafka, given a copy of the outbox. Raises kafka-python's errors."""
    topic = Topic.ALERTS.named(kafka.topic_prefix)
    committed = _committed(kafka, topic)
    newest: dict[str, Alert] = {}
    incoming = []
    for record in read_latest(kafka, topic).values():
        try:
            alert = decode(record.value, Alert)
        except PoisonError:
            continue  # a real run sends it to the dead letters
        newest[alert.id] = alert
        incoming.append(Incoming(alert, record.partition, record.offset < committed.get(record.partition, 0)))
    copy.store(incoming, manners, now)
    for alert_id, version, receiver, state, _ in copy.states():
        if alert_id in newest and newest[alert_id].version == version:
            yield Planned(newest[alert_id], receiver, state)


def _committed(kafka: KafkaSettings, topic: str) -> dict[int, int]:
    admin = KafkaAdminClient(**kafka_python_options(kafka))
    try:
        offsets = admin.list_group_offsets(group_of(kafka)).get(group_of(kafka), {})
    finally:
        admin.close()
    return {tp.partition: at.offset for tp, at in offsets.items() if tp == TopicPartition(topic, tp.partition)}
