"""The ``acks`` topic as the deliverer needs it: the newest acknowledgement of each alert, followed as it grows."""

import asyncio
from collections.abc import Callable

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from detente.alerts.acknowledgement import Ack
from detente.alerts.alert import Alert
from detente.topics import Topic
from detente.wire import PoisonError, decode
from runtime.kafka_clients import aiokafka_options
from runtime.logs import logger
from runtime.settings import KafkaSettings

RETRY_SECONDS = 2.0

_log = logger(__name__)

IsAcknowledged = Callable[[Alert], bool]


class AckBook:
    """What was acknowledged. Every deliverer reads the topic whole; it is small."""

    def __init__(self) -> None:
        self._acks: dict[str, Ack] = {}

    def note(self, alert_id: str, ack: Ack | None) -> None:
        """Take in an acknowledgement, or that it was taken back."""
        if ack is None:
            self._acks.pop(alert_id, None)
        else:
            self._acks[alert_id] = ack

    def is_known(self, alert: Alert) -> bool:
        """Whether the alert was ever acknowledged, as it stood or as it stands."""
        return alert.id in self._acks

    def ack_of(self, alert: Alert) -> Ack | None:
        """The acknowledgement that holds for the alert as it stands."""
        ack = self._acks.get(alert.id)
        return ack if ack is not None and ack.holds_for(alert) else None

    async def follow(self, kafka: KafkaSettings, stop: asyncio.Event) -> None:
        """Read the topic from its beginning, and on, until ``stop`` is set; Kafka's faults are waited out."""
        while not stop.is_set():
            try:
                await self._read(kafka, stop)
            except KafkaError as error:
                _log.warning("acks_unreadable", reason=repr(error))
                await asyncio.sleep(RETRY_SECONDS)

    async def _read(self, kafka: KafkaSettings, stop: asyncio.Event) -> None:
        consumer = AIOKafkaConsumer(enable_auto_commit=False, auto_offset_reset="earliest", **aiokafka_options(kafka))
        await consumer.start()
        try:
            partition = TopicPartition(Topic.ACKS.named(kafka.topic_prefix), 0)
            consumer.assign([partition])
            await consumer.seek_to_beginning(partition)
            while not stop.is_set():
                for records in (await consumer.getmany(timeout_ms=300)).values():
                    for record in records:
                        self._take(record.key, record.value)
        finally:
            await consumer.stop()

    def _take(self, key: bytes | None, value: bytes | None) -> None:
        if key is None:
            return
        try:
            self.note(key.decode(errors="replace"), None if value is None else decode(value, Ack))
        except PoisonError as poison:
            _log.error("ack_unreadable", cause=poison.cause.value, detail=poison.detail)
