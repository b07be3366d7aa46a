"""Nothing is lost and nobody is paged twice when a worker or the broker is killed in the middle of its work."""

import datetime as dt
import os
import signal
import time
from collections import Counter
from itertools import combinations, islice
from pathlib import Path

import pytest
from processes import Process, kept_alive, wait_until
from topics import positions, produce, uncommitted, values

from broker.local_broker import running, start
from detente.alerts.alert import Alert
from detente.articles import Article
from detente.signals import ArticleSignals
from detente.topics import Topic
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics

ARTICLES = 2_000
EVENTS = 40
STATES = ["France", "Japan", "India", "Brazil", "Norway", "Kenya", "Peru", "Poland", "Chile", "Ghana"]
PUBLISHED = dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)
READ_BY_WORKER = (Topic.ARTICLES, Topic.SIGNALS, Topic.TRANSITIONS)

pytestmark = [pytest.mark.kafka, pytest.mark.slow]


def resumption(number: int, one: str, other: str) -> Article:
    return Article(
        id=f"event-{number}",
        title=f"{one} and {other} talk again",
        body=f"{one}'s defence minister and {other}'s defence minister spoke by phone on Tuesday for the first time in five years.",
        published_at=PUBLISHED + dt.timedelta(seconds=number),
        publisher="wire.example",
    )


def ordinary(number: int) -> Article:
    return Article(
        id=f"ordinary-{number}",
        title="A quiet day at the harbour",
        body=f"Fishermen landed {number} crates of herring before noon, and the cafe by the pier ran out of bread.",
        published_at=PUBLISHED,
        publisher="local.example",
    )


def articles() -> list[Article]:
    """Forty resumptions spread evenly over two thousand articles."""
    every = ARTICLES // EVENTS
    pairs = list(islice(combinations(STATES, 2), EVENTS))
    return [
        resumption(number // every, *pairs[number // every]) if number % every == 0 else ordinary(number)
        for number in range(ARTICLES)
    ]


def check_everything_arrived(kafka: KafkaSettings, log: Path) -> None:
    coded = {message.article_id for message in values(kafka, Topic.SIGNALS, ArticleSignals)}
    assert coded == {f"event-{number}" for number in range(EVENTS)}
    alerts = values(kafka, Topic.ALERTS, Alert)
    by_contact = Counter(contact for contact, _ in {(alert.contact, alert.id) for alert in alerts})
    assert len(by_contact) == EVENTS
    assert set(by_contact.values()) == {1}
    wait_until(lambda: len(delivered(log)) >= EVENTS, 60, lambda: f"delivered only {len(delivered(log))}")
    assert Counter(delivered(log)) == Counter({alert.id: 1 for alert in alerts})


def delivered(log: Path) -> list[str]:
    """The ids of the alerts in the deliverer's log, one for each delivery."""
    return [Alert.model_validate_json(line).id for line in log.read_text().splitlines()] if log.exists() else []


def test_killing_the_worker_amid_two_thousand_articles_loses_nothing_and_repeats_nothing(
    kafka: KafkaSettings, tmp_path: Path
):
    worker = Process("worker", kafka=kafka, state_dir=tmp_path)
    log = tmp_path / "alerts.jsonl"
    with kept_alive(worker), Process("deliver", "--no-terminal", "--log", str(log), kafka=kafka, state_dir=tmp_path):
        everything = articles()
        for part in range(4):
            produce(kafka, everything[part * 500 : (part + 1) * 500])
            wait_until(
                lambda: uncommitted(kafka, "worker", Topic.ARTICLES) < 500, 60, lambda: f"no progress\n{worker.tail()}"
            )
            worker.kill()
            wait_until(worker.is_up, 90, lambda: f"not started again\n{worker.tail()}")
        wait_until(
            lambda: not uncommitted(kafka, "worker", *READ_BY_WORKER),
            60,
            lambda: f"left: {positions(kafka, 'worker', *READ_BY_WORKER)}\n{worker.tail()}",
        )
        check_everything_arrived(kafka, log)


def test_a_worker_that_joins_or_dies_while_another_goes_on_loses_nothing_and_repeats_nothing(
    kafka: KafkaSettings, tmp_path: Path
):
    first, second = (tmp_path / name for name in ("first", "second"))
    first.mkdir()
    second.mkdir()
    log = tmp_path / "alerts.jsonl"
    with (
        Process("worker", kafka=kafka, state_dir=first) as one,
        Process("deliver", "--no-terminal", "--log", str(log), kafka=kafka, state_dir=tmp_path),
    ):
        everything = articles()
        produce(kafka, everything[:700])
        with Process("worker", kafka=kafka, state_dir=second) as other:
            produce(kafka, everything[700:1400])
            other.kill()
        produce(kafka, everything[1400:])
        wait_until(
            lambda: not uncommitted(kafka, "worker", *READ_BY_WORKER),
            120,
            lambda: f"left: {positions(kafka, 'worker', *READ_BY_WORKER)}\n{one.tail()}",
        )
        check_everything_arrived(kafka, log)


def test_killing_the_broker_amid_two_thousand_articles_loses_nothing_and_repeats_nothing(
    tmp_path: Path,
):
    directory = tmp_path / "broker"
    with running(directory) as info:
        kafka = KafkaSettings(bootstrap_servers=info.bootstrap_servers, topic_prefix="crash.", partitions=2)
        ensure_topics(kafka)
        log = tmp_path / "alerts.jsonl"
        worker = Process("worker", kafka=kafka, state_dir=tmp_path)
        deliverer = Process("deliver", "--no-terminal", "--log", str(log), kafka=kafka, state_dir=tmp_path)
        with kept_alive(worker), kept_alive(deliverer):
            everything = articles()
            produce(kafka, everything[:1000])
            os.kill(info.pid, signal.SIGKILL)
            time.sleep(2)
            assert start(directory).bootstrap_servers == info.bootstrap_servers
            produce(kafka, everything[1000:])
            wait_until(
                lambda: not uncommitted(kafka, "worker", *READ_BY_WORKER),
                150,
                lambda: f"left: {positions(kafka, 'worker', *READ_BY_WORKER)}\n{worker.tail()}",
            )
            check_everything_arrived(kafka, log)
