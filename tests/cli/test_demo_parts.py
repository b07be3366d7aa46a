"""The demo's own parts: processes that fail aloud, latency, and what the deliverer's log is held against."""

import json
import os
from pathlib import Path

import pytest
from builders import NOW

from cli.demo import processes
from cli.demo.delivered import check_delivered, is_complete
from cli.demo.follower import Seen
from cli.demo.processes import ProcessError, started
from cli.demo.summary import latency_of
from detente.alerts.alert import Alert
from detente.contacts.transitions import Source


def alert(alert_id: str, version: int = 1) -> Alert:
    return Alert.model_construct(
        id=alert_id, version=version, articles=(Source(article_id=f"article of {alert_id}", published_at=NOW),)
    )


def logged(log: Path, *versions: tuple[str, int]) -> Path:
    log.write_text("".join(json.dumps({"id": name, "version": number}) + "\n" for name, number in versions))
    return log


def test_a_process_that_ends_at_once_is_reported_with_its_log_and_last_lines(tmp_path):
    with (
        pytest.raises(ProcessError, match="the worker ended with code 2") as caught,
        started({"worker": ["no-such-command"]}, {}, tmp_path),
    ):
        pass
    assert str(tmp_path / "worker.log") in str(caught.value)
    assert "no-such-command" in str(caught.value)


def test_a_process_that_never_gets_ready_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "PROGRAM", ("sleep",))
    monkeypatch.setattr(processes, "READY_SECONDS", 0.3)
    begun = []
    start = processes._start
    monkeypatch.setattr(processes, "_start", lambda *given: begun.append(start(*given)) or begun[0])
    with pytest.raises(ProcessError, match="was not ready"), started({"sleeper": ["60"]}, {}, tmp_path):
        pass
    assert begun[0].process.poll() is not None


def test_the_users_own_rules_and_receivers_are_left_alone(monkeypatch):
    monkeypatch.setenv("DETENTE_RULES_DIR", "rules of my own")
    monkeypatch.setenv("DETENTE_DELIVER_ALERTMANAGER", "http://pages-real-people.example")
    monkeypatch.setenv("DETENTE_KAFKA_SECURITY_PROTOCOL", "SSL")
    inherited = processes._inherited()
    assert not {"DETENTE_RULES_DIR", "DETENTE_DELIVER_ALERTMANAGER"} & inherited.keys()
    assert inherited["DETENTE_KAFKA_SECURITY_PROTOCOL"] == "SSL"
    assert inherited["PATH"] == os.environ["PATH"]


def test_latency_runs_from_the_article_to_the_first_version_of_its_alert():
    sent_at = {"article of a": 10.0, "article of b": 20.0}
    seen = Seen(alerts=[alert("a"), alert("a", 2), alert("b")], first_seen={"a": 10.1, "b": 20.3})
    latency = latency_of(seen, sent_at)
    assert latency is not None
    assert str(latency) == "p50 200 ms, p95 290 ms, longest 300 ms"


def test_without_an_alert_there_is_no_latency():
    assert latency_of(Seen(), {}) is None


def test_a_version_that_a_newer_one_overtook_need_not_be_delivered(tmp_path):
    log = logged(tmp_path / "log", ("a", 2))
    assert is_complete(log, [alert("a"), alert("a", 2)])
    assert all(check.ok for check in check_delivered(log, [alert("a"), alert("a", 2)]))


def test_an_alert_that_nobody_was_told_of_is_named(tmp_path):
    log = logged(tmp_path / "log", ("a", 1))
    assert not is_complete(log, [alert("a"), alert("b")])
    assert [check.words for check in check_delivered(log, [alert("a"), alert("b")]) if not check.ok] == [
        "delivered: 1 of 2 alerts"
    ]


def test_a_version_that_was_delivered_twice_is_named(tmp_path):
    log = logged(tmp_path / "log", ("a", 1), ("a", 1))
    assert [check.words for check in check_delivered(log, [alert("a")]) if not check.ok] == [
        "delivered more than once: a v1"
    ]


def test_a_line_that_is_still_being_written_is_not_read(tmp_path):
    log = logged(tmp_path / "log", ("a", 1))
    log.write_text(log.read_text() + '{"id": "b"')
    assert is_complete(log, [alert("a")])
    assert not is_complete(tmp_path / "no log yet", [alert("a")])
