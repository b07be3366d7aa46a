"""Topics into files and back on a real Kafka: nothing is changed, nothing is lost, nothing doubled."""

import datetime as dt
import gzip
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient
from processes import COMMAND, environment, run, wait_until
from timeline_articles import timelines
from topics import produce

from detente.articles import Article
from detente.topics import Topic
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics
from runtime.topic_range import plan_range
from runtime.topic_reader import read_to_end

ROOT = Path(__file__).parents[2]
NOON = 1_713_268_800_000


@pytest.fixture
def other(kafka: KafkaSettings) -> KafkaSettings:
    settings = kafka.model_copy(update={"topic_prefix": f"{kafka.topic_prefix}other."})
    ensure_topics(settings)
    return settings


def records(kafka: KafkaSettings, topic: Topic = Topic.ARTICLES) -> list[tuple[Any, ...]]:
    read = read_to_end(kafka, topic.named(kafka.topic_prefix))
    return sorted((r.partition, r.offset, r.timestamp, r.key, r.value, tuple(r.headers)) for r in read)


def export(kafka: KafkaSettings, file: Path, topic: Topic = Topic.ARTICLES) -> None:
    done = run("archive", "export", topic.value, "--out", str(file), kafka=kafka, state_dir=file.parent)
    assert done.returncode == 0, done.stderr


def test_a_round_trip_keeps_order_keys_headers_times_and_any_bytes(kafka, other, tmp_path):
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers)
    name = Topic.ARTICLES.named(kafka.topic_prefix)
    odd = [
        {"key": b"k", "value": b'{"a": "\xc3\xa9"}'},
        {"key": b"k", "value": None},
        {"key": None, "value": bytes(range(256))},
        {"key": b"\xff\x00", "value": b"", "headers": [("cause", b"\xfe"), ("cause", b"twice"), ("empty", b"")]},
        {"key": b"late", "value": b"older", "timestamp_ms": NOON - 86_400_000},
    ]
    for number, record in enumerate(odd * 2):
        producer.send(name, partition=number % 2, **({"timestamp_ms": NOON + number} | record))
    producer.flush()
    file = tmp_path / "all.archive.gz"
    export(kafka, file)
    done = run("archive", "import", str(file), kafka=other, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    assert records(other) == records(kafka)
    again = tmp_path / "again.archive.gz"
    export(kafka, again)
    assert again.read_bytes() == file.read_bytes()
    twice = run("archive", "import", str(file), kafka=other, state_dir=tmp_path)
    assert (twice.returncode, twice.stderr.count("\n")) == (1, 1)
    assert "--append" in twice.stderr


def test_a_killed_import_goes_on_without_loss_or_doubles(kafka, other, tmp_path):
    body = "The harbour was quiet on Tuesday, and herring were landed before noon. " * 20
    when = dt.datetime(2024, 4, 16, tzinfo=dt.UTC)
    produce(kafka, [Article(id=f"o{n}", title="A day", body=f"{n} {body}", published_at=when) for n in range(60_000)])
    file = tmp_path / "many.archive.gz"
    export(kafka, file)
    process = subprocess.Popen(
        [*COMMAND, "archive", "import", str(file)], env=environment(other, tmp_path), stderr=subprocess.DEVNULL
    )

    def begun() -> bool:
        return sum(end for _, end in plan_range(other, Topic.ARTICLES.named(other.topic_prefix)).offsets.values()) > 0

    wait_until(begun, 60, lambda: "nothing was imported")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    there = len(records(other))
    assert 0 < there < 60_000
    done = run("archive", "import", str(file), "--resume", kafka=other, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [(r[0], *r[2:]) for r in records(other)] == [(r[0], *r[2:]) for r in records(kafka)]


@pytest.mark.parametrize("harm", ["cut", "flipped", "short", "version", "no archive"])
def test_a_file_that_is_not_whole_is_refused_before_anything_is_sent(harm, kafka, other, tmp_path):
    produce(kafka, timelines())
    file = tmp_path / "articles.archive.gz"
    export(kafka, file)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    raw = file.read_bytes()
    harmed = {
        "cut": raw[: len(raw) // 2],
        "flipped": raw[:5000] + bytes([raw[5000] ^ 0xFF]) + raw[5001:],
        "short": gzip.compress(b"".join(lines[:5] + lines[-1:])),
        "version": gzip.compress(b"".join([lines[0].replace(b"archive/1.", b"archive/2."), *lines[1:]])),
        "no archive": gzip.compress(b'{"title": "x"}\n'),
    }[harm]
    file.write_bytes(harmed)
    done = run("archive", "import", str(file), kafka=other, state_dir=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert records(other) == []


def test_a_backtest_reads_an_archive_and_compares_rules_for_a_pull_request(kafka, tmp_path):
    produce(kafka, timelines())
    file = tmp_path / "articles.archive.gz"
    export(kafka, file)
    options = {"kafka": kafka, "state_dir": tmp_path}
    plain = run("backtest", *map(str, sorted((ROOT / "timelines").glob("*.jsonl"))), "--format", "jsonl", **options)
    archived = run("backtest", str(file), "--format", "jsonl", **options)
    assert archived.returncode == 0, archived.stderr
    assert archived.stdout == plain.stdout
    assert len(plain.stdout.splitlines()) == 31
    shipped = str(ROOT / "alerts/rules")
    same = run("backtest", str(file), "--rules", shipped, "--compare", shipped, **options)
    assert same.returncode == 0, same.stderr
    rules = tmp_path / "new"
    rules.mkdir()
    (rules / "one.yaml").write_text((ROOT / "alerts/rules/envoys_sent_home.yaml").read_text())
    differ = run("backtest", str(file), "--rules", str(rules), "--compare", shipped, "--format", "jsonl", **options)
    assert differ.returncode == 1
    assert {json.loads(line)["change"] for line in differ.stdout.splitlines()} == {"removed"}


def test_topics_check_names_what_is_wrong_and_create_mends_what_it_can(kafka, tmp_path):
    options = {"kafka": kafka, "state_dir": tmp_path}
    assert run("topics", "check", **options).returncode == 0
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    name = Topic.ARTICLES.named(kafka.topic_prefix)
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, name, {"retention.ms": "86400000"})])
    admin.delete_topics([Topic.SOURCES.named(kafka.topic_prefix)])
    wait_until(lambda: Topic.SOURCES.named(kafka.topic_prefix) not in admin.list_topics(), 30, lambda: "not deleted")
    admin.close()
    wrong = run("topics", "check", "--format", "jsonl", **options)
    assert wrong.returncode == 1
    faults = {(row["topic"], row["fault"], row["setting"]) for row in map(json.loads, wrong.stdout.splitlines())}
    assert faults == {
        (name, "setting", "retention.ms"),
        (Topic.SOURCES.named(kafka.topic_prefix), "missing", ""),
    }
    mended = run("topics", "create", "--fix", **options)
    assert mended.returncode == 0, mended.stderr + mended.stdout
    assert run("topics", "check", **options).returncode == 0
    more = run("topics", "create", "--partitions", "5", **options)
    assert more.returncode == 1
    assert "partitions" in more.stdout


def test_topics_check_warns_where_a_replay_would_find_its_range_gone(kafka, tmp_path):
    produce(kafka, timelines())
    name = Topic.ARTICLES.named(kafka.topic_prefix)
    options = {"kafka": kafka, "state_dir": tmp_path}
    assert run("topics", "check", "--from", "2010-01-01", **options).returncode == 0
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    admin.delete_records({TopicPartition(name, 0): 20})
    admin.close()
    gone = run("topics", "check", "--from", "2010-01-01", "--format", "jsonl", **options)
    (row,) = map(json.loads, gone.stdout.splitlines())
    assert (gone.returncode, row["topic"], row["fault"]) == (1, name, "expired")
