"""Replays of a real Kafka's topics: they agree with what was live, touch none of it, go on where they were, and repeat."""

import asyncio
import datetime as dt
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiokafka import AIOKafkaProducer
from kafka import KafkaProducer
from kafka.admin import KafkaAdminClient
from processes import COMMAND, Process, environment, run, wait_until
from timeline_articles import timelines
from topics import produce, uncommitted, values

from detente.alerts.alert import Alert
from detente.articles import Article
from detente.contacts.transitions import Transition
from detente.topics import Topic
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics
from runtime.topic_range import plan_range, read_range

ROOT = Path(__file__).parents[2]
READ_BY_WORKER = (Topic.ARTICLES, Topic.SIGNALS, Topic.TRANSITIONS)
CLOCK = {"fired_at", "updated_at", "active_until", "muted_until", "resolved_at"}
"""Live these are the worker's clock; in a replay the time from which the article was known."""
HELD = {"version", "resolved_by", "ended_by", "transition_ids"}
"""The worker of this test reads eight years in a few seconds, so hold times that the replay sees pass are not over live:
an opposite change then ends an alert, as one more version, which in the replay had run out by itself."""
NOON = dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def one_partition(kafka: KafkaSettings) -> KafkaSettings:
    """One partition, so that a worker reads a backlog in the order of time."""
    one = kafka.model_copy(update={"partitions": 1, "topic_prefix": f"{kafka.topic_prefix}one."})
    ensure_topics(one)
    return one


def replay(kafka: KafkaSettings, folder: Path, *options: str) -> list[dict[str, Any]]:
    done = run("replay", *options, "--format", "jsonl", kafka=kafka, state_dir=folder)
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def ordinary(number: int) -> Article:
    body = f"The harbour was quiet on Tuesday, and {number} crates of herring were landed before noon."
    return Article(id=f"o{number}", title="A quiet day", body=body, published_at=NOON + dt.timedelta(seconds=number))


@pytest.mark.system
def test_live_and_replay_agree_alert_for_alert_and_nothing_live_is_touched(one_partition, tmp_path):
    produce(one_partition, timelines())
    with Process("worker", kafka=one_partition, state_dir=tmp_path) as worker:
        wait_until(lambda: not uncommitted(one_partition, "worker", *READ_BY_WORKER), 120, worker.tail)
    before = cluster(one_partition)
    for topic in ("articles", "signals"):
        replayed = replay(one_partition, tmp_path, "--topic", topic, "--out", str(tmp_path / topic))
        live = {a.id: a for a in values(one_partition, Topic.ALERTS, Alert)}
        assert len(live) == 31
        wanted = {key: alert.model_dump(mode="json", exclude=CLOCK | HELD) for key, alert in live.items()}
        assert {row["id"]: {k: v for k, v in row.items() if k not in CLOCK | HELD} for row in replayed} == wanted
        lines = (tmp_path / topic / "transitions.jsonl").read_text().splitlines()
        told = {made.id for made in values(one_partition, Topic.TRANSITIONS, Transition)}
        # No worker watched for silence here; in the replay the time of the topic passes.
        assert {row["id"] for row in map(json.loads, lines) if row["kind"] != "lapsed"} == told
        assert replay(one_partition, tmp_path, "--topic", topic, "--compare", "live") == []
    assert cluster(one_partition) == before


def cluster(kafka: KafkaSettings) -> dict[str, Any]:
    """Topics, groups and what they committed, and where each partition of ours ends."""
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    try:
        groups = sorted(group["group_id"] for group in admin.list_groups())
        topics = sorted(admin.list_topics())
    finally:
        admin.close()
    ours = [name for name in topics if name.startswith(kafka.topic_prefix)]
    ends = {name: plan_range(kafka, name).offsets for name in ours}
    return {"topics": topics, "groups": groups, "ends": ends, "worker": uncommitted(kafka, "worker", *READ_BY_WORKER)}


def test_the_same_replay_gives_the_same_bytes_with_any_number_of_processes(kafka, tmp_path):
    produce(kafka, timelines())
    for name, processes in (("one", "1"), ("two", "2")):
        assert replay(kafka, tmp_path, "--processes", processes, "--out", str(tmp_path / name))
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert {"manifest.json", "alerts.jsonl", "transitions.jsonl", "signals.jsonl"} <= one.keys()
    manifest = json.loads(one["manifest.json"])
    assert manifest["counts"]["alerts"] == 31
    assert set(manifest["offsets"]) == {"0", "1"}


def coding_child(pid: int) -> int:
    """One of the processes that code for the process ``pid``."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return next(int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes())


INTERRUPTIONS = {
    "killed": lambda pid: os.kill(pid, signal.SIGKILL),
    "a child killed": lambda pid: os.kill(coding_child(pid), signal.SIGKILL),
    "Ctrl-C": lambda pid: os.killpg(pid, signal.SIGINT),
}


@pytest.mark.parametrize("how", INTERRUPTIONS)
def test_an_interrupted_replay_goes_on_where_it_was_and_gives_the_same_bytes(kafka, tmp_path, how):
    produce(kafka, [*timelines(), *(ordinary(number) for number in range(30_000))])
    options = ["replay", "--processes", "2", "--format", "jsonl"]
    folder = tmp_path / "interrupted"
    process = subprocess.Popen(
        [*COMMAND, *options, "--out", str(folder)],
        env=environment(kafka, tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until((folder / "progress.json").exists, 60, lambda: "no progress")
    INTERRUPTIONS[how](process.pid)
    _, told = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in told
    assert how != "a child killed" or "was killed; start the replay again" in told
    assert not (folder / "manifest.json").exists()
    coded = json.loads((folder / "progress.json").read_text())["records"]
    assert 0 < coded < 30_000
    whole = tmp_path / "whole"
    for out in (folder, whole):
        done = run(*options, "--out", str(out), kafka=kafka, state_dir=tmp_path)
        assert done.returncode == 0, done.stderr
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {p.name: p.read_bytes() for p in whole.iterdir()}


def test_records_come_in_the_order_in_which_they_were_known(kafka):
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers)
    name = Topic.ARTICLES.named(kafka.topic_prefix)
    days = {0: [1, 3, 2, 9], 1: [2, 4, 5]}
    for partition, told in days.items():
        for day in told:
            moment = int(dt.datetime(2024, 1, day, tzinfo=dt.UTC).timestamp() * 1000)
            producer.send(name, partition=partition, value=str(day).encode(), timestamp_ms=moment)
    producer.flush()
    everything = read_range(kafka, plan_range(kafka, name))
    assert [(r.partition, r.value.decode(), r.at.day) for r in everything] == [
        (0, "1", 1),
        (1, "2", 2),
        (0, "3", 3),
        (0, "2", 3),  # late: it was not known before the third
        (1, "4", 4),
        (1, "5", 5),
        (0, "9", 9),
    ]
    since, until = (dt.datetime(2024, 1, day, tzinfo=dt.UTC) for day in (2, 5))
    between = read_range(kafka, plan_range(kafka, name, since, until))
    assert [record.value.decode() for record in between] == ["2", "3", "2", "4"]


def test_the_end_is_found_where_transactions_leave_gaps_and_the_end_is_that_of_the_start(kafka):
    name = Topic.ARTICLES.named(kafka.topic_prefix)

    async def transact() -> None:
        producer = AIOKafkaProducer(bootstrap_servers=kafka.bootstrap_servers, transactional_id=f"{name}.t")
        await producer.start()
        for number in range(3):
            async with producer.transaction():
                await producer.send_and_wait(name, str(number).encode(), partition=0)
        await producer.stop()

    asyncio.run(transact())
    wanted = plan_range(kafka, name)
    assert wanted.offsets[0] == (0, 6)  # each transaction ends with a mark that is no record
    asyncio.run(transact())
    assert [record.value for record in read_range(kafka, wanted)] == [b"0", b"1", b"2"]


def test_what_cannot_be_read_is_counted_and_named(kafka, tmp_path):
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers)
    name = Topic.ARTICLES.named(kafka.topic_prefix)
    for value in (b"garbage", None, b'{"schema":"article/9.0"}'):
        producer.send(name, partition=0, key=b"k", value=value)
    producer.flush()
    assert replay(kafka, tmp_path, "--out", str(tmp_path / "out")) == []
    rows = [json.loads(line) for line in (tmp_path / "out/unreadable.jsonl").read_text().splitlines()]
    assert [row["cause"] for row in rows] == ["not_json", "not_json", "unknown_version"]
    assert json.loads((tmp_path / "out/manifest.json").read_text())["counts"]["unreadable"] == 3


def test_compared_with_other_rules_it_shows_what_they_change_with_its_source(kafka, tmp_path):
    produce(kafka, timelines())
    rules = tmp_path / "rules"
    rules.mkdir()
    for path in (ROOT / "alerts/rules").glob("*.yaml"):
        if "test" not in path.name and "strained" not in path.name:
            rule = yaml.safe_load(path.read_text())
            if rule["name"].endswith("broken_off"):
                rule["match"]["min_publishers"] = 2
            (rules / path.name).write_text(yaml.safe_dump(rule))
    rows = replay(kafka, tmp_path, "--rules", str(rules), "--compare", str(ROOT / "alerts/rules"))
    kinds = {row["change"].split(" by ")[0] for row in rows}
    assert kinds == {"removed", "later"}
    assert {row["rule"] for row in rows if row["change"] == "removed"} >= {"high_level_contact_strained"}
    for row in rows:
        topic, partition, offset = row["source"].rsplit("/", 2)
        assert topic == Topic.ARTICLES.named(kafka.topic_prefix)
        assert partition.isdecimal()
        assert offset.isdecimal()
        assert row["proof"]


def test_a_topic_or_an_option_that_is_wrong_is_one_line(kafka, tmp_path):
    missing = run("replay", kafka=kafka.model_copy(update={"topic_prefix": "none."}), state_dir=tmp_path)
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    wrong = run("replay", "--topic", "alerts", kafka=kafka, state_dir=tmp_path)
    assert wrong.returncode == 2
    assert "articles or signals" in wrong.stderr
