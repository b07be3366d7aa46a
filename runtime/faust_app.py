"""The Faust app that the worker's agents share, with the settings that keep every record (see docs/architecture.md)."""

from pathlib import Path
from typing import Any

import faust

from detente.topics import Topic
from runtime.faust_consumer import HeldTransport
from runtime.faust_recovery import HeldTableManager
from runtime.kafka_clients import faust_broker, faust_credentials
from runtime.settings import KafkaSettings

SESSION_TIMEOUT = 10.0
"""Seconds until the cluster gives a dead worker's partitions to another; Kafka's own lower limit is 6."""

SEND_TIMEOUT = 600.0
"""Seconds that a send is tried again while the cluster is away. Then the worker stops, and nothing is acknowledged."""


class DurableTable(faust.Table[str, bytes]):
    """A table whose changes are written when the agent waits for it: Faust itself writes behind, and only warns.

    Changes go to the changelog by key, like the records of the topic that the table belongs to.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # Faust's own signature, passed on
        super().__init__(*args, **kwargs)
        self._unwritten: dict[str, bytes] = {}

    def on_key_set(self, key: str, value: bytes) -> None:
        """Note the change; Faust calls this at each assignment."""
        self._unwritten[key] = value

    def on_key_del(self, key: str) -> None:
        """Refuse: nothing here is ever deleted, and Faust's way of doing it would not be waited for."""
        raise NotImplementedError(f"{self.name} keeps {key}")

    async def written(self) -> None:
        """Write every change so far, and return when Kafka has them; raises what the producer raises."""
        changes, self._unwritten = self._unwritten, {}
        for key, value in changes.items():
            await (await self.changelog_topic.send(key=key, value=value))


def build_app(kafka: KafkaSettings, state_dir: Path) -> faust.App:
    """Make an app without agents; its consumer group is the topic prefix and ``worker``.

    Faust keeps an empty folder under ``state_dir``; all that counts lies in Kafka.
    """
    options: dict[str, Any] = {"broker_api_version": kafka.api_version} if kafka.api_version else {}
    if kafka.instance_id:
        options["consumer_group_instance_id"] = kafka.instance_id
    app = faust.App(
        f"{kafka.topic_prefix}worker",
        broker=faust_broker(kafka),
        broker_credentials=faust_credentials(kafka),
        Table=DurableTable,
        TableManager=HeldTableManager,
        store="memory://",
        datadir=str(state_dir / "worker"),
        processing_guarantee="at_least_once",
        broker_commit_interval=1.0,
        broker_session_timeout=SESSION_TIMEOUT,
        broker_heartbeat_interval=SESSION_TIMEOUT / 4,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=4 * 1024 * 1024,
        producer_acks=-1,
        producer_compression_type="gzip",
        producer_max_request_size=4 * 1024 * 1024,
        producer_request_timeout=SEND_TIMEOUT,
        stream_wait_empty=True,
        table_standby_replicas=0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        topic_partitions=kafka.partitions,
        web_enabled=False,
        worker_redirect_stdouts=False,
        **options,
    )
    app.transport = HeldTransport(app.conf.broker_consumer, app)
    return app


def raw_topic(app: faust.App, kafka: KafkaSettings, topic: Topic) -> faust.TopicT:
    """A topic of bytes with string keys: decoding happens inside the agents, where what cannot be read can be kept."""
    return app.topic(
        topic.named(kafka.topic_prefix), key_type=str, key_serializer="raw", value_type=bytes, value_serializer="raw"
    )


def raw_table(app: faust.App, kafka: KafkaSettings, topic: Topic) -> DurableTable:
    """A table of bytes with string keys whose changelog is the given compacted topic, readable by anyone."""
    table = app.Table(
        topic.value,
        key_type=str,
        value_type=bytes,
        partitions=kafka.partitions,
        changelog_topic=raw_topic(app, kafka, topic),
    )
    assert isinstance(table, DurableTable)  # the app was built with it
    return table
