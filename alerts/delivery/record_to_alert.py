"""A record of the ``alerts`` topic into its alert, or into a dead letter that keeps its bytes."""

from aiokafka import AIOKafkaProducer
from aiokafka.structs import ConsumerRecord

from detente.alerts.alert import Alert
from detente.topics import Topic
from detente.wire import PoisonError, decode
from runtime import metrics
from runtime.dead_letters import Place, headers_for
from runtime.kafka_clients import MAX_REQUEST_BYTES, aiokafka_options
from runtime.logs import logger
from runtime.settings import KafkaSettings

STAGE = "deliver"

_log = logger(__name__)


class AlertReader:
    """Reads records, and has the producer for those that cannot be read."""

    def __init__(self, kafka: KafkaSettings) -> None:
        """Must be called in a running event loop."""
        self._dead_topic = Topic.ALERTS.dead.named(kafka.topic_prefix)
        self._producer = AIOKafkaProducer(
            acks="all", enable_idempotence=True, max_request_size=MAX_REQUEST_BYTES, **aiokafka_options(kafka)
        )

    async def start(self) -> None:
        """Connect."""
        await self._producer.start()

    async def stop(self) -> None:
        """Disconnect."""
        await self._producer.stop()

    async def read(self, record: ConsumerRecord, *, seen_before: bool) -> Alert | None:
        """The alert; None for a deleted one and for what cannot be read.

        A record that was ``seen_before`` is not counted and not buried again. Returns when Kafka has the dead letter;
        raises aiokafka's KafkaError if it cannot have it.
        """
        outcome = "done"
        try:
            return decode(record.value, Alert) if record.value is not None else None
        except PoisonError as poison:
            outcome = "dead"
            if not seen_before:
                await self._bury(record, poison)
            return None
        finally:
            if not seen_before:
                metrics.RECORDS.labels(STAGE, "skipped" if record.value is None else outcome).inc()

    async def _bury(self, record: ConsumerRecord, poison: PoisonError) -> None:
        place = Place(record.topic, record.partition, record.offset, record.timestamp)
        headers = headers_for(poison, STAGE, place)
        await self._producer.send_and_wait(self._dead_topic, record.value, key=record.key, headers=headers)
        metrics.DEAD_LETTERS.labels(STAGE, poison.cause.value).inc()
        _log.warning("dead_letter", stage=STAGE, cause=poison.cause.value, detail=poison.detail, **place._asdict())
