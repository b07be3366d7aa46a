"""Bad input meets one of three outcomes, and the stream goes on."""

import datetime as dt
import json
from pathlib import Path

import pytest
from kafka import KafkaProducer
from processes import Process, run, wait_until
from topics import produce, uncommitted, values

from detente import wire
from detente.articles import MAX_TEXT_CHARS, Article
from detente.signals import ArticleSignals
from detente.topics import Topic
from runtime.dead_letters import DeadLetterHeaders
from runtime.settings import KafkaSettings
from runtime.topic_reader import read_to_end

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
GOOD = Article(
    id="good",
    title="Ministers talk",
    body="France's defence minister and Japan's defence minister spoke by phone on Tuesday for the first time in five years.",
    published_at=NOW,
    publisher="wire.example",
)

pytestmark = pytest.mark.kafka


def test_whatever_lies_on_the_topic_is_handled_or_kept_and_the_stream_goes_on(kafka: KafkaSettings, tmp_path: Path):
    bad = {
        b"garbage": b"\x00\xffno article",
        b"null": None,
        b"no-body": wire.encode(GOOD).replace(json.dumps(GOOD.body).encode(), b'""'),
        b"version": wire.encode(GOOD).replace(b"article/1.0", b"article/9.0"),
        b"too-long": wire.encode(GOOD).replace(
            json.dumps(GOOD.body).encode(), b'"' + b"x" * (MAX_TEXT_CHARS + 1) + b'"'
        ),
    }
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers, acks="all", max_request_size=2_000_000)
    for key, value in bad.items():
        producer.send(Topic.ARTICLES.named(kafka.topic_prefix), key=key, value=value)
    producer.flush()
    future = wire.encode(GOOD.model_copy(update={"id": "future", "published_at": NOW.replace(year=2099)}))
    producer.send(Topic.ARTICLES.named(kafka.topic_prefix), key=b"future", value=future)
    producer.flush()
    produce(kafka, [GOOD])
    with Process("worker", kafka=kafka, state_dir=tmp_path) as worker:
        wait_until(lambda: not uncommitted(kafka, "worker", Topic.ARTICLES, Topic.SIGNALS), 60, worker.tail)
        assert worker.stop() == 0

    letters = list(read_to_end(kafka, Topic.ARTICLES_DEAD.named(kafka.topic_prefix)))
    assert {letter.key: letter.value or None for letter in letters} == bad
    causes = {letter.key: DeadLetterHeaders.from_kafka(list(letter.headers)).cause for letter in letters}
    assert causes == {
        b"garbage": "not_json",
        b"null": "not_json",
        b"no-body": "invalid",
        b"version": "unknown_version",
        b"too-long": "invalid",
    }
    coded = {message.article_id: message for message in values(kafka, Topic.SIGNALS, ArticleSignals)}
    assert coded.keys() == {"good", "future"}
    assert coded["future"].published_at < NOW + dt.timedelta(hours=2)
    assert coded["future"].flags

    listed = run("dead", "list", "--format", "jsonl", kafka=kafka, state_dir=tmp_path)
    assert listed.returncode == 1
    assert len(listed.stdout.splitlines()) == len(bad)


def test_dead_letters_are_sent_back_with_their_key_bytes_and_time(kafka: KafkaSettings, tmp_path: Path):
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers, acks="all")
    topic = Topic.ARTICLES.named(kafka.topic_prefix)
    producer.send(topic, key=b"k", value=b"no article", timestamp_ms=1_700_000_000_000)
    producer.flush()
    with Process("worker", kafka=kafka, state_dir=tmp_path) as worker:
        wait_until(lambda: not uncommitted(kafka, "worker", Topic.ARTICLES), 60, worker.tail)
    done = run("dead", "redrive", "--cause", "not_json", kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    first, again = read_to_end(kafka, topic)
    assert (again.key, again.value, again.timestamp) == (first.key, first.value, first.timestamp)


def test_producing_bad_files_names_each_and_sends_the_rest(kafka: KafkaSettings, tmp_path: Path):
    file = tmp_path / "articles.jsonl"
    records = [
        GOOD.model_dump_json(),
        "no json",
        json.dumps({"title": "no body", "published_at": "2024-04-16T12:00:00Z"}),
        json.dumps({"body": "x" * 5_000_000, "published_at": "2024-04-16T12:00:00Z"}),
        json.dumps({"body": "From the future.", "published_at": "2099-01-01T00:00:00Z"}),
    ]
    file.write_text("\n".join(records) + "\n")
    done = run("produce", str(file), kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 1
    complaints = [line for line in done.stderr.splitlines() if f"{file.name}:" in line]
    assert [line.split(f"{file.name}:")[1].split(":")[0] for line in complaints] == ["2", "3", "4"]
    sent = values(kafka, Topic.ARTICLES, Article)
    assert {article.body[:10] for article in sent} == {GOOD.body[:10], "From the f"}
    assert all(article.published_at <= dt.datetime.now(dt.UTC) + dt.timedelta(hours=1) for article in sent)


def test_a_worker_with_a_broken_rule_does_not_start_and_says_where(kafka: KafkaSettings, tmp_path: Path):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "mine.yaml").write_text(
        "name: mine\ndescription: d\nmatch: {transitions: [resumedd]}\nseverity: info\nsummary: s\n"
    )
    done = run("worker", "--rules", str(rules), kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 2
    assert "mine.yaml:3" in done.stderr
    assert len(done.stderr.splitlines()) == 1
