"""Articles onto the ``articles`` topic: by id, dated by publication, and confirmed by Kafka before anything is called done."""

import datetime as dt
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

from kafka import KafkaProducer
from kafka.errors import KafkaError
from kafka.producer.future import FutureRecordMetadata

from detente import wire
from detente.articles import Article
from detente.sources import Heartbeat
from detente.topics import Topic
from detente.vocabulary import ArticleFlag
from runtime import metrics
from runtime.kafka_clients import MAX_REQUEST_BYTES, kafka_python_options
from runtime.settings import KafkaSettings

IN_FLIGHT = 2_000
"""Articles sent and not yet confirmed; past that, sending waits for the oldest."""

CONFIRM_SECONDS = 120.0
"""Kafka's own delivery timeout; a longer wait for one record can only end in an error."""

Clock = Callable[[], dt.datetime]


class ProduceError(RuntimeError):
    """Kafka did not take a record; ``confirmed`` says how many articles it had taken before."""

    def __init__(self, cause: KafkaError, confirmed: int) -> None:
        super().__init__(f"Kafka did not take an article after {confirmed} that it did: {cause}")
        self.confirmed = confirmed


class ArticleProducer:
    """An idempotent producer of one process; ``flush`` returns when everything is confirmed.

    With a ``partition`` all articles go there, and are read in the order in which they are sent; else their ids spread them.
    """

    def __init__(self, kafka: KafkaSettings, clock: Clock, partition: int | None = None) -> None:
        self._producer = KafkaProducer(
            acks="all",
            enable_idempotence=True,
            compression_type="gzip",
            linger_ms=5,
            max_request_size=MAX_REQUEST_BYTES,
            **kafka_python_options(kafka),
        )
        self._articles = Topic.ARTICLES.named(kafka.topic_prefix)
        self._sources = Topic.SOURCES.named(kafka.topic_prefix)
        self._clock = clock
        self._partition = partition
        self._in_flight: deque[tuple[str, FutureRecordMetadata]] = deque()
        self.confirmed = 0
        """Articles that Kafka has for certain."""

    def send(self, article: Article, source_kind: str = "file") -> None:
        """Send an article, counted under its kind of source; one from the future is set back to the clock and flagged first, since Kafka refuses it.

        Raises ProduceError, for this article or for one sent before it.
        """
        safe = article.clamped(self._clock())
        if ArticleFlag.CLAMPED in safe.flags:
            metrics.ARTICLES_CLAMPED.inc()
        while self._in_flight and (self._in_flight[0][1].is_done or len(self._in_flight) >= IN_FLIGHT):
            self._confirm_oldest()  # what is done is counted at once: a slow stream may not fill the queue for days
        try:
            sent = self._producer.send(
                self._articles,
                key=safe.id.encode(),
                value=wire.encode(safe),
                partition=self._partition,
                timestamp_ms=max(0, int(safe.published_at.timestamp() * 1_000)),  # Kafka knows no time before 1970
            )
        except KafkaError as error:
            raise ProduceError(error, self.confirmed) from error
        self._in_flight.append((source_kind, sent))

    def beat(self, heartbeat: Heartbeat) -> None:
        """Tell that a source was read; raises ProduceError."""
        try:
            sent = self._producer.send(
                self._sources, key=heartbeat.source.encode(), value=wire.encode(heartbeat), partition=0
            )
            sent.get(CONFIRM_SECONDS)
        except KafkaError as error:
            raise ProduceError(error, self.confirmed) from error

    def flush(self) -> None:
        """Return when Kafka has confirmed every article so far; raises ProduceError."""
        self._producer.flush()
        while self._in_flight:
            self._confirm_oldest()

    def _confirm_oldest(self) -> None:
        source_kind, sent = self._in_flight.popleft()
        try:
            sent.get(CONFIRM_SECONDS)
        except KafkaError as error:
            raise ProduceError(error, self.confirmed) from error
        self.confirmed += 1
        metrics.ARTICLES_PRODUCED.labels(source_kind).inc()

    def close(self) -> None:
        """Give the connection up; what is not flushed is not waited for."""
        self._producer.close(timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.flush()
        finally:
            self.close()
