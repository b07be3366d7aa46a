"""``detente demo`` as a user calls it, on a real Kafka: it checks itself, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kafka.admin import KafkaAdminClient

from cli.demo.expected import read_expected

DEMO = (sys.executable, "-m", "cli.main", "demo", "--fast")


@pytest.fixture
def environment(kafka_broker: str, tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "DETENTE_KAFKA_BOOTSTRAP_SERVERS": kafka_broker, "TMPDIR": str(tmp_path)}


def topics_of_demos(bootstrap_servers: str) -> list[str]:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap_servers)
    try:
        return [name for name in admin.list_topics() if name.startswith("demo.")]
    finally:
        admin.close()


def run(environment: dict[str, str], *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*DEMO, *options], env=environment, capture_output=True, text=True, timeout=150, check=False)


def test_the_demo_raises_each_expected_alert_once_and_leaves_nothing_behind(environment, kafka_broker, tmp_path):
    done = run(environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("●") == len(read_expected().alerts)
    assert "PASS" in done.stdout
    assert "latency" in done.stdout
    assert list(tmp_path.iterdir()) == []
    assert topics_of_demos(kafka_broker) == []


def test_a_broken_expectation_is_named_and_makes_it_fail(environment, tmp_path_factory):
    expectation = tmp_path_factory.mktemp("expectation") / "expected.yaml"
    expectation.write_text(
        "alerts: [{contact: AUS-IND:leaders, transition: broken_off, event_date: 2023-05-24, because: it was not}]"
    )
    done = run(environment, "--expect", str(expectation))
    assert done.returncode == 1
    assert "missing: AUS-IND:leaders broken_off on 2023-05-24" in done.stdout
    assert "not expected: CHN-USA:military resumed on 2022-11-22" in done.stdout
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_demo_stops_what_it_started(environment, kafka_broker, tmp_path, number):
    demo = subprocess.Popen(DEMO[:-1], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert demo.stdout is not None
    with demo.stdout as lines:
        next(line for line in lines if "●" in line)
        demo.send_signal(number)
        lines.read()
    assert demo.wait(60) != 0
    assert list(tmp_path.iterdir()) == []
    deadline = time.monotonic() + 10
    while topics_of_demos(kafka_broker) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert topics_of_demos(kafka_broker) == []


def test_an_unreadable_expectation_is_bad_usage(environment, tmp_path):
    expectation = tmp_path / "expected.yaml"
    expectation.write_text("alerts: [")
    done = run(environment, "--expect", str(expectation))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
