"""What leaves a replay for Kafka: its results, or the past played again, in topics under ``replay.ID.`` and nowhere else."""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kafka import KafkaProducer

from detente import wire
from detente.alerts.alert import Alert
from detente.articles import Article
from detente.contacts.transitions import Transition
from detente.model import Value
from detente.signals import ArticleSignals
from detente.topics import Topic
from detente.wire import PoisonError
from replay.results import ALERTS, SIGNALS, TRANSITIONS, read_rows
from runtime.kafka_clients import MAX_REQUEST_BYTES, kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics
from runtime.topic_range import Known, milliseconds, plan_range

WEEK = dt.timedelta(days=7)

Sleep = Callable[[float], None]
Clock = Callable[[], dt.datetime]


class NamespaceTakenError(RuntimeError):
    """The replay's topics hold records already."""


def namespace(kafka: KafkaSettings, replay: str) -> KafkaSettings:
    """The same cluster, with topics of the replay's own."""
    return kafka.model_copy(update={"topic_prefix": f"replay.{replay}."})


def write_results(kafka: KafkaSettings, folder: Path, replay: str) -> str:
    """Put signals, transitions and alerts into the replay's topics, with their own times; returns the topics' prefix.

    Raises NamespaceTakenError if they are there already, and kafka-python's errors as they come.
    """
    own = _empty_namespace(kafka, replay, Topic.ALERTS)
    with _producer(own) as producer:
        for topic, key, at, value in _results(folder):
            name = topic.named(own.topic_prefix)
            producer.send(name, key=key.encode(), value=wire.encode(value), timestamp_ms=milliseconds(at))
    return own.topic_prefix


def _results(folder: Path) -> Iterator[tuple[Topic, str, dt.datetime, Value]]:
    for row in read_rows(folder, SIGNALS):
        message = ArticleSignals.model_validate(row["signals"])
        yield Topic.SIGNALS, message.contact, message.published_at, message
    for row in read_rows(folder, TRANSITIONS):
        transition = Transition.model_validate(row)
        yield Topic.TRANSITIONS, transition.contact, transition.at, transition
    for row in read_rows(folder, ALERTS):
        alert = Alert.model_validate(row)
        yield Topic.ALERTS, alert.id, alert.updated_at, alert


def play(
    kafka: KafkaSettings,
    replay: str,
    records: Iterable[Known],
    pace: float,
    *,
    last: dt.datetime | None = None,
    clock: Clock,
    sleep: Sleep,
) -> int:
    """Produce the articles again, so many times as fast as they came; returns how many.

    With ``last``, the time of the last article, all times are moved by whole weeks so that the past ends as near to now
    as it can and weekdays stay true; dates that the texts name stay what they are. What cannot be read is played as it is.
    """
    own = _empty_namespace(kafka, replay, Topic.ARTICLES)
    begun, first, count = clock(), None, 0
    shift = dt.timedelta(0)
    with _producer(own) as producer:
        for record in records:
            if first is None:
                first = record.at
                shift = _weeks(begun, first, last, pace) if last is not None else shift
            due = begun + (record.at - first) / pace
            if (wait := (due - clock()).total_seconds()) > 0:
                producer.flush()
                sleep(wait)
            producer.send(
                Topic.ARTICLES.named(own.topic_prefix),
                key=record.key,
                value=_shifted(record.value, shift),
                timestamp_ms=milliseconds(record.at + shift),
            )
            count += 1
    return count


def _weeks(begun: dt.datetime, first: dt.datetime, last: dt.datetime, pace: float) -> dt.timedelta:
    """How far to move: no article may be of a time after it is played."""
    end = begun + (last - first) / pace
    return WEEK * math.floor((end - last) / WEEK)


def _shifted(value: bytes | None, shift: dt.timedelta) -> bytes | None:
    if not shift:
        return value
    try:
        article = wire.decode(value, Article)
    except PoisonError:
        return value
    return wire.encode(article.model_copy(update={"published_at": article.published_at + shift}))


def _empty_namespace(kafka: KafkaSettings, replay: str, topic: Topic) -> KafkaSettings:
    own = namespace(kafka, replay)
    ensure_topics(own)
    if plan_range(own, topic.named(own.topic_prefix)).size:
        raise NamespaceTakenError(f"{topic.named(own.topic_prefix)} holds records already; delete the topics first")
    return own


@contextmanager
def _producer(kafka: KafkaSettings) -> Iterator[KafkaProducer]:
    """A producer whose records are all confirmed at the end, or the error of the first that is not."""
    failed: list[BaseException] = []
    producer = KafkaProducer(
        acks="all",
        enable_idempotence=True,
        linger_ms=20,
        max_request_size=MAX_REQUEST_BYTES,
        **kafka_python_options(kafka),
    )
    send = producer.send

    def noted(*args: object, **options: object) -> None:
        send(*args, **options).add_errback(failed.append)

    producer.send = noted
    try:
        yield producer
        producer.flush()
    finally:
        producer.close()
    if failed:
        raise failed[0]
