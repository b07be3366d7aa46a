"""``detente alerts``: look at alerts, take them up until they change, silence them in a real Alertmanager."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from alertmanagers import Alertmanager
from http_receivers import http_receiver
from mail_servers import mail_server
from processes import Process, run, wait_until
from test_deliver import alert, publish

from detente.alerts.alert import Alert
from detente.vocabulary import AlertStatus
from runtime.settings import KafkaSettings

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]


def alerts(kafka: KafkaSettings, folder: Path, *arguments: str) -> Any:
    return run("alerts", *arguments, kafka=kafka, state_dir=folder)


def rows(done: Any) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def version(made: Alert, number: int, **changes: Any) -> Alert:
    return made.model_copy(update={"version": number, **changes})


def test_alerts_are_listed_shown_and_taken_up(kafka: KafkaSettings, tmp_path: Path):
    now = dt.datetime.now(dt.UTC)
    over = alert("aa-over", resolved_at=now, version=2)
    publish(kafka, [over, alert("ab-active", severity="warning"), alert("b-active")])
    assert [row["id"] for row in rows(alerts(kafka, tmp_path, "list", "--format", "jsonl"))] == [
        "aa-over",
        "ab-active",
        "b-active",
    ]
    active = rows(alerts(kafka, tmp_path, "list", "--active", "--severity", "warning", "--format", "jsonl"))
    assert [row["id"] for row in active] == ["ab-active"]
    assert "alert b-active" in alerts(kafka, tmp_path, "show", "b-").stdout
    assert alerts(kafka, tmp_path, "show", "a").returncode == 1
    taken = alerts(kafka, tmp_path, "ack", "b-", "--by", "desk", "--comment", "calling")
    assert taken.returncode == 0, taken.stderr
    assert "desk" in alerts(kafka, tmp_path, "list").stdout
    publish(kafka, [version(alert("b-active"), 2, status=AlertStatus.CONFIRMED)])
    (row,) = rows(alerts(kafka, tmp_path, "show", "b-", "--format", "jsonl"))
    assert row["acknowledged"] is None  # it changed state


@pytest.mark.system
def test_who_took_an_alert_up_is_left_alone_until_it_changes_state(kafka: KafkaSettings, tmp_path: Path):
    """At Alertmanager by a silence of ours; by mail, where each version is a mail, by sending none."""
    made = alert("one")
    with (
        http_receiver() as page,
        mail_server() as mail,
        Alertmanager(tmp_path / "alertmanager", page.url) as manager,
    ):
        (tmp_path / "mail").write_text(mail.address)
        receivers = tmp_path / "receivers.yaml"
        receivers.write_text(
            "receivers:\n"
            f"  - {{name: pager, alertmanager: {{url: '{manager.url}', resend_every: PT1S}}}}\n"
            f"  - {{name: mail, apprise: {{urls_file: '{tmp_path / 'mail'}'}}}}\n"
        )

        def silences() -> list[dict[str, Any]]:
            return rows(alerts(kafka, tmp_path, "silence", "--alertmanager", manager.url, "--format", "jsonl"))

        with Process("deliver", "--receivers", str(receivers), kafka=kafka, state_dir=tmp_path) as process:
            publish(kafka, [made])
            wait_until(lambda: len(page.posts) == 1 and len(mail.subjects) == 1, 60, process.tail)
            alerts(kafka, tmp_path, "ack", "one", "--by", "desk")
            wait_until(lambda: [s["matchers"] for s in silences()] == [{"alert_id": "one"}], 30, process.tail)
            publish(kafka, [version(made, 2, publishers=("a", "b"))])
            publish(kafka, [version(alert("two"), 1)])
            wait_until(lambda: len(mail.subjects) == 2, 30, process.tail)
            assert ["alert one" in subject for subject in mail.subjects] == [True, False]
            publish(kafka, [version(made, 3, status=AlertStatus.CONFIRMED)])
            wait_until(lambda: len(mail.subjects) == 3 and not silences(), 30, process.tail)
            assert mail.subjects[2] == "[CONFIRMED] alert one"


@pytest.mark.system
def test_a_silence_is_made_listed_and_ended_in_alertmanager(kafka: KafkaSettings, tmp_path: Path):
    with http_receiver() as page, Alertmanager(tmp_path / "alertmanager", page.url) as manager:
        at = ["silence", "--alertmanager", manager.url, "--format", "jsonl"]
        made = rows(
            alerts(
                kafka, tmp_path, *at, "--dyad", "CHN-USA", "--label", "desk=asia", "--by", "me", "--comment", "summit"
            )
        )
        assert [(s["matchers"], s["created_by"], s["comment"]) for s in made] == [
            ({"dyad": "CHN-USA", "desk": "asia"}, "me", "summit")
        ]
        assert rows(alerts(kafka, tmp_path, *at, "--expire", made[0]["id"])) == []
        assert alerts(kafka, tmp_path, *at, "--label", "nonsense").returncode == 2
    gone = alerts(kafka, tmp_path, *at)
    assert (gone.returncode, len(gone.stderr.splitlines())) == (1, 1)
