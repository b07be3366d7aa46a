"""A running worker takes new rules without a restart, and keeps the old ones while a file is broken."""

import datetime as dt
import urllib.request
from pathlib import Path

import pytest
from processes import Process, wait_until
from topics import produce, values

from detente.alerts.alert import Alert
from detente.articles import Article
from detente.topics import Topic

pytestmark = pytest.mark.kafka

RULE = """
name: {name}
description: A rule of a test.
match: {{transitions: [resumed]}}
severity: info
summary: "{{{{ pair }}}}"
"""


def article(number: int, one: str, other: str) -> Article:
    body = f"{one} and {other} restored diplomatic relations on Tuesday, after seven years without any, officials said."
    return Article(id=f"a{number}", body=body, published_at=dt.datetime.now(dt.UTC), publisher="wire.example")


def fired(kafka) -> set[tuple[str, str]]:
    return {(alert.dyad, alert.rule) for alert in values(kafka, Topic.ALERTS, Alert)}


def metric(worker: Process, name: str) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{worker.port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith(f"{name} "))


def test_rules_change_under_a_running_worker(tmp_path: Path, kafka):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "rule.yaml").write_text(RULE.format(name="first"))
    with Process("worker", "--rules", str(rules), kafka=kafka, state_dir=tmp_path) as worker:
        produce(kafka, [article(1, "Saudi Arabia", "Iran")])
        wait_until(lambda: fired(kafka) == {("IRN-SAU", "first")}, 60, worker.tail)
        (rules / "rule.yaml").write_text("name: [")
        wait_until(lambda: metric(worker, "detente_rules_reload_failed") == 1, 30, worker.tail)
        produce(kafka, [article(2, "Morocco", "Algeria")])
        wait_until(lambda: ("DZA-MAR", "first") in fired(kafka), 60, worker.tail)
        (rules / "rule.yaml").write_text(RULE.format(name="second"))
        wait_until(lambda: metric(worker, "detente_rules_reload_failed") == 0, 30, worker.tail)
        produce(kafka, [article(3, "Ethiopia", "Somalia")])
        wait_until(lambda: ("ETH-SOM", "second") in fired(kafka), 60, worker.tail)
    assert {rule for dyad, rule in fired(kafka) if dyad == "ETH-SOM"} == {"second"}
