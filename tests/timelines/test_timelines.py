"""The bundled timelines: years of real dates in our own words lead to exactly the alerts that an analyst expects."""

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from processes import Process, run, wait_until
from topics import uncommitted, values

from alerts.rule_files import load_rules
from detente.alerts.alert import Alert
from detente.articles import Article, ArticleRecord
from detente.backtest import run as play
from detente.coder.article_to_signals import load_coder
from detente.signals import Signal
from detente.topics import Topic
from detente.vocabulary import AlertStatus, Status
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics

FOLDER = Path(__file__).parents[2] / "timelines"
NAMES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
TOLD_WITHIN = dt.timedelta(days=3)
LATE = dt.timedelta(days=9)
READ_BY_WORKER = (Topic.ARTICLES, Topic.SIGNALS, Topic.TRANSITIONS)
FIELDS = ("rule", "contact", "transition", "event_date", "status")

Row = tuple[str, ...]


def articles(name: str) -> list[Article]:
    records = (FOLDER / f"{name}.jsonl").read_text().splitlines()
    return [ArticleRecord.model_validate_json(record).to_article() for record in records]


def expected(name: str) -> list[Row]:
    rows = yaml.safe_load((FOLDER / f"{name}.expected.yaml").read_text())["alerts"]
    return sorted(tuple(str(row[field]) for field in FIELDS) for row in rows)


def last_versions(alerts: Iterable[Alert]) -> list[Alert]:
    return list({alert.id: alert for alert in alerts}.values())


def rows(alerts: Iterable[Alert]) -> list[Row]:
    return sorted(tuple(str(getattr(alert, field)) for field in FIELDS) for alert in last_versions(alerts))


def alerts_of(arriving: Iterable[Article]) -> list[Alert]:
    return [alert for outcome in play(arriving, load_coder().code, load_rules(None)) for alert in outcome.alerts]


def claims_it(signal: Signal, alert: Alert) -> bool:
    same = signal.dyad == alert.dyad and signal.channel is alert.channel and signal.status is not Status.DENIED
    return same and signal.mode.family is alert.mode.family


def in_time(items: Iterable[Article]) -> list[Article]:
    return sorted(items, key=lambda article: (article.published_at, article.id))


def test_there_are_six():
    assert len(NAMES) == 6


@pytest.mark.parametrize("name", NAMES)
def test_a_timeline_gives_exactly_its_alerts(name):
    assert rows(alerts_of(in_time(articles(name)))) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_three_publishers_tell_what_is_confirmed_and_one_what_is_retracted(name):
    told = articles(name)
    for alert in last_versions(alerts_of(in_time(told))):
        near = [a for a in told if alert.fired_at <= a.published_at <= alert.fired_at + TOLD_WITHIN]
        claims = {a.publisher for a in near for signal in load_coder().code(a) if claims_it(signal, alert)}
        assert len(claims) == (1 if alert.status is AlertStatus.RETRACTED else 3), (alert.summary, claims)


@pytest.mark.parametrize("name", NAMES)
def test_a_publisher_that_arrives_nine_days_late_changes_no_alert(name):
    late = {article.id for article in articles(name) if article.publisher == "herald.example"}
    arriving = sorted(
        articles(name),
        key=lambda a: (a.published_at + (LATE if a.id in late else dt.timedelta()), a.published_at, a.id),
    )
    assert arriving != in_time(articles(name))
    assert rows(alerts_of(arriving)) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_article_twice_changes_no_alert(name):
    twice = [article for article in in_time(articles(name)) for _ in range(2)]
    assert rows(alerts_of(twice)) == expected(name)


def test_ordinary_news_stands_between_and_gives_no_signal():
    silent = {name: [a.title for a in articles(name) if not load_coder().code(a)] for name in NAMES}
    assert all(len(titles) >= 3 for titles in silent.values()), silent


@pytest.mark.system
def test_all_six_through_kafka_give_exactly_the_same_alerts(kafka: KafkaSettings, tmp_path):
    """One partition: what pages in a backlog depends on the order in which it is read, so it must be that of time."""
    kafka = kafka.model_copy(update={"partitions": 1, "topic_prefix": f"{kafka.topic_prefix}one."})
    ensure_topics(kafka)
    merged = in_time(article for name in NAMES for article in articles(name))
    file = tmp_path / "articles.jsonl"
    told = ("title", "body", "published_at", "publisher")
    file.write_text("".join(json.dumps(a.model_dump(mode="json", include=set(told))) + "\n" for a in merged))
    with Process("worker", kafka=kafka, state_dir=tmp_path) as worker:
        done = run("produce", str(file), kafka=kafka, state_dir=tmp_path)
        assert done.returncode == 0, done.stderr
        wait_until(lambda: not uncommitted(kafka, "worker", *READ_BY_WORKER), 90, worker.tail)
    seen = rows(alert for alert in values(kafka, Topic.ALERTS, Alert))
    assert seen == sorted(row for name in NAMES for row in expected(name))
