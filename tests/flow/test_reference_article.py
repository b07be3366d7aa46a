"""The reference article, alone in an empty system, pages once: by every way in, however often it comes."""

import json
from collections import Counter
from pathlib import Path

import pytest
from alertmanagers import Alertmanager
from http_receivers import HttpReceiver, http_receiver
from processes import Process, run, wait_until
from topics import uncommitted, values

from detente.alerts.alert import Alert
from detente.contacts.contact import Contact
from detente.topics import Topic
from detente.vocabulary import AlertStatus
from runtime.settings import KafkaSettings

READ_BY_WORKER = (Topic.ARTICLES, Topic.SIGNALS, Topic.TRANSITIONS)


@pytest.fixture
def reference(shared_data: Path) -> dict[str, str]:
    record: dict[str, str] = json.loads((shared_data / "seed_article.jsonl").read_text().splitlines()[0])
    return record


def lines(path: Path, records: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def jsonl(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_classify_tells_the_news_and_the_history_with_their_dates(reference, tmp_path, kafka):
    file = lines(tmp_path / "article.jsonl", [reference])
    done = run("classify", str(file), "--format", "jsonl", kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    signals = jsonl(done.stdout)
    told = {(s["channel"], s["level"], s["polarity"], s["mode"], s["event_date"]["date"][:7]) for s in signals}
    assert {(s["dyad"], s["status"]) for s in signals} == {("CHN-USA", "occurred")}
    assert told >= {
        ("military", "unknown", "rupture", "suspension", "2022-08"),
        ("military", "minister", "rupture", "refusal", "2023-06"),
        ("leaders", "head", "engagement", "meeting", "2023-11"),
        ("leaders", "head", "engagement", "call", "2024-04"),
        ("military", "working", "engagement", "meeting", "2024-04"),
    }
    assert not [s for s in signals if s["polarity"] == "rupture" and s["event_date"]["date"] > "2024"]
    for signal in signals:
        evidence = signal["evidence"]
        assert reference["body"][evidence["start"] : evidence["end"]] == evidence["text"]
        assert "subscriber" not in evidence["text"]


@pytest.mark.parametrize("form", ["jsonl", "txt"])
def test_backtest_fires_one_alert(form, reference, tmp_path, kafka):
    file = tmp_path / f"article.{form}"
    if form == "jsonl":
        lines(file, [reference])
    else:
        file.write_text(reference["body"])
    done = run(
        "backtest", str(file), "--format", "jsonl", "--published-at", "2024-04-16", kafka=kafka, state_dir=tmp_path
    )
    assert done.returncode == 0, done.stderr
    (alert,) = jsonl(done.stdout)
    assert (alert["transition"], alert["dyad"], alert["channel"], alert["level"]) == (
        "resumed",
        "CHN-USA",
        "military",
        "minister",
    )
    assert alert["event_date"] == {"date": "2024-04-16", "precision": "day"}
    assert alert["status"] == "unconfirmed"


def notifications(receiver: HttpReceiver) -> Counter:
    """How often each alert was notified as firing."""
    posted = [alert for _, body in receiver.posts for alert in body["alerts"]]
    return Counter(alert["labels"]["alert_id"] for alert in posted if alert["status"] == "firing")


@pytest.mark.system
@pytest.mark.parametrize("form", ["once", "five times", "three publishers"])
def test_through_kafka_alertmanager_notifies_once(form, reference, tmp_path, kafka: KafkaSettings):
    copies = {
        "once": [reference],
        "five times": [reference | {"id": f"copy-{n}"} for n in range(5)],
        "three publishers": [reference | {"id": f"p{n}", "publisher": f"paper{n}.example"} for n in range(3)],
    }[form]
    file = lines(tmp_path / "articles.jsonl", copies)
    with (
        http_receiver() as receiver,
        Alertmanager(tmp_path / "alertmanager", f"{receiver.url}/page") as manager,
        Process("worker", kafka=kafka, state_dir=tmp_path) as worker,
        Process("deliver", "--alertmanager", manager.url, "--resend", "1", kafka=kafka, state_dir=tmp_path) as deliver,
    ):
        done = run("produce", str(file), kafka=kafka, state_dir=tmp_path)
        assert done.returncode == 0, done.stderr
        wait_until(lambda: not uncommitted(kafka, "worker", *READ_BY_WORKER), 60, worker.tail)
        wait_until(lambda: bool(receiver.posts), 60, deliver.tail)
        wait_until(lambda: not uncommitted(kafka, "deliver", Topic.ALERTS), 60, deliver.tail)
        assert [alert["labels"]["dyad"] for alert in manager.alerts()] == ["CHN-USA"]
        assert sum(notifications(receiver).values()) == 1
    alerts = values(kafka, Topic.ALERTS, Alert)
    assert len({alert.id for alert in alerts}) == 1
    assert alerts[-1].status is AlertStatus.UNCONFIRMED  # three publishers of one text are one source
    contacts = {contact.key for contact in values(kafka, Topic.CONTACTS, Contact)}
    assert contacts >= {"CHN-USA:military", "CHN-USA:leaders"}
