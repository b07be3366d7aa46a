"""The deliverer as a process, against a real Kafka: killed, doubled, misled and refused."""

import datetime as dt
import json
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from alertmanagers import Alertmanager
from broker_records import take_all
from http_receivers import Answer, http_receiver
from kafka import KafkaProducer
from processes import Process, free_port, run, wait_until
from topics import uncommitted

from detente import wire
from detente.alerts.alert import Alert
from detente.contacts.transitions import Reason
from detente.event_dates import EventDate
from detente.topics import Topic
from detente.vocabulary import Channel, Level, Severity, State, Tier, TransitionKind
from runtime.settings import KafkaSettings

pytestmark = pytest.mark.timeout(240)
DAY = dt.timedelta(days=1)


def alert(name: str, **changes: Any) -> Alert:
    fired_at = changes.pop("fired_at", dt.datetime.now(dt.UTC))
    fields = {
        "id": name,
        "rule": "high_level_contact_resumed",
        "severity": Severity.CRITICAL,
        "contact": "CHN-USA:military",
        "dyad": "CHN-USA",
        "channel": Channel.MILITARY,
        "tier": Tier.HIGH,
        "level": Level.MINISTER,
        "transition": TransitionKind.RESUMED,
        "from_state": State.SUSPENDED,
        "reason": Reason.ENGAGED_AFTER_RUPTURE,
        "event_date": EventDate.day(fired_at.date()),
        "summary": f"alert {name}",
        "encounter_id": name,
        "fired_at": fired_at,
        "updated_at": fired_at,
        "active_until": fired_at + 2 * DAY,
    }
    return Alert.model_validate(fields | changes)


def publish(kafka: KafkaSettings, alerts: Iterable[Alert | bytes]) -> None:
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers, acks="all")
    topic = Topic.ALERTS.named(kafka.topic_prefix)
    for made in alerts:
        key, value = (b"bad", made) if isinstance(made, bytes) else (made.id.encode(), wire.encode(made))
        producer.send(topic, key=key, value=value)
    producer.flush()
    producer.close()


def logged(file: Path) -> list[tuple[str, int]]:
    lines = file.read_text().splitlines() if file.exists() else []
    return [(record["id"], record["version"]) for record in map(json.loads, lines)]


def options(log: Path) -> list[str]:
    return ["deliver", "--no-terminal", "--log", str(log)]


def quick(process: Process) -> Process:
    """With static membership, a process that is killed and started again need not wait for its old session to end."""
    process._environment["DETENTE_KAFKA_INSTANCE_ID"] = "one"
    return process


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "alerts.jsonl"


def test_killed_again_and_again_it_delivers_every_alert_and_none_twice(
    kafka: KafkaSettings, tmp_path: Path, log: Path
) -> None:
    names = [f"alert-{number:03}" for number in range(300)]
    sender = threading.Thread(target=publish, args=(kafka, [alert(name) for name in names]))
    with quick(Process(*options(log), kafka=kafka, state_dir=tmp_path)) as process:
        sender.start()
        for lines in (1, 60, 150, 220):
            wait_until(lambda lines=lines: len(_whole_lines(log)) >= lines, 60, process.tail)
            process.kill()
            process.start()
        sender.join()
        wait_until(lambda: len(_whole_lines(log)) >= len(names), 60, process.tail)
        wait_until(lambda: uncommitted(kafka, "deliver", Topic.ALERTS) == 0, 20, process.tail)
        assert process.stop() == 0
    assert sorted(logged(log)) == [(name, 1) for name in names]
    again = run(*options(log), "--once", "--http-port", "0", kafka=kafka, state_dir=tmp_path)
    assert (again.returncode, len(logged(log))) == (0, len(names)), again.stderr


def _whole_lines(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


def test_a_first_start_is_silent_about_what_is_over_and_keeps_what_it_cannot_read(
    kafka: KafkaSettings, tmp_path: Path, log: Path
) -> None:
    long_ago = dt.datetime.now(dt.UTC) - 30 * DAY
    ended = {"version": 2, "resolved_at": dt.datetime.now(dt.UTC)}
    publish(
        kafka,
        [
            alert("old", fired_at=long_ago),
            b"these bytes are no alert",
            alert("ended"),
            alert("ended", **ended),
            alert("now"),
            alert("now", version=2),
        ],
    )
    done = run(*options(log), "--once", "--http-port", "0", kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    assert logged(log) == [("now", 2)]
    assert take_all(kafka, Topic.ALERTS_DEAD.named(kafka.topic_prefix)) == [b"these bytes are no alert"]
    publish(kafka, [alert("now", version=3, resolved_at=dt.datetime.now(dt.UTC))])
    run(*options(log), "--once", "--http-port", "0", kafka=kafka, state_dir=tmp_path)
    assert logged(log) == [("now", 2), ("now", 3)]
    assert len(take_all(kafka, Topic.ALERTS_DEAD.named(kafka.topic_prefix))) == 1


def test_two_deliverers_share_the_work_and_one_takes_over_from_the_other(kafka: KafkaSettings, tmp_path: Path) -> None:
    logs = [tmp_path / f"alerts-{number}.jsonl" for number in range(2)]
    folders = [tmp_path / f"state-{number}" for number in range(2)]
    for folder in folders:
        folder.mkdir()
    with (
        Process(*options(logs[0]), kafka=kafka, state_dir=folders[0]) as first,
        Process(*options(logs[1]), kafka=kafka, state_dir=folders[1]) as second,
    ):
        wait_until(lambda: first.is_ready() and second.is_ready(), 60, second.tail)
        publish(kafka, [alert(f"before-{number:02}") for number in range(20)])
        wait_until(lambda: len(logged(logs[0]) + logged(logs[1])) >= 20, 40, second.tail)
        first.kill()
        publish(kafka, [alert(f"after-{number:02}") for number in range(20)])
        wait_until(lambda: len(logged(logs[0]) + logged(logs[1])) >= 40, 60, second.tail)
    both = logged(logs[0]) + logged(logs[1])
    assert len(both) == len(set(both)) == 40


def test_a_real_alertmanager_hears_of_each_alert_once(kafka: KafkaSettings, tmp_path: Path, log: Path) -> None:
    with http_receiver() as webhook, Alertmanager(tmp_path / "alertmanager", webhook.url) as alertmanager:
        arguments = [*options(log), "--alertmanager", alertmanager.url, "--resend", "1"]
        alerts = {name: alert(name) for name in ("a", "b", "c")}
        publish(kafka, alerts.values())
        with quick(Process(*arguments, kafka=kafka, state_dir=tmp_path)) as process:
            wait_until(lambda: len(webhook.posts) >= 3, 40, process.tail)
            process.kill()
            process.start()
            ended = {"version": 2, "resolved_at": dt.datetime.now(dt.UTC)}
            publish(kafka, [alerts["a"].model_copy(update=ended)])
            wait_until(lambda: len(webhook.posts) >= 4, 40, process.tail)
        told = [(post["status"], post["alerts"][0]["labels"]["alert_id"]) for _, post in webhook.posts]
    assert sorted(told[:3]) == [("firing", "a"), ("firing", "b"), ("firing", "c")]
    assert told[3:] == [("resolved", "a")]


def test_a_receiver_that_fails_holds_up_no_other_and_gets_all_when_it_is_back(
    kafka: KafkaSettings, tmp_path: Path, log: Path
) -> None:
    publish(kafka, [alert(name) for name in ("a", "b", "c")])
    with http_receiver() as server:
        server.answers += [Answer(500), Answer(429, (("Retry-After", "1"),)), Answer(hang_seconds=2), Answer(503)]
        arguments = [*options(log), "--alertmanager", server.url]
        done = run(*arguments, "--once", "--http-port", "0", kafka=kafka, state_dir=tmp_path)
        posted = [post[0]["labels"]["alert_id"] for _, post in server.posts]
    assert done.returncode == 0, done.stderr
    assert sorted(logged(log)) == [("a", 1), ("b", 1), ("c", 1)]
    assert len(posted) == 3 + 3  # three answers of failure; the one that hung was in time
    assert set(posted) == {"a", "b", "c"}


def test_a_dry_run_says_what_it_would_do_and_reaches_nobody(kafka: KafkaSettings, tmp_path: Path, log: Path) -> None:
    publish(kafka, [alert("new"), alert("old", fired_at=dt.datetime.now(dt.UTC) - 30 * DAY)])
    with http_receiver() as server:
        arguments = [*options(log), "--alertmanager", server.url, "--dry-run", "--format", "jsonl"]
        done = run(*arguments, kafka=kafka, state_dir=tmp_path)
        assert server.posts == []
    plans = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(plan["id"], plan["receiver"], plan["plan"]) for plan in plans] == [
        ("old", "alertmanager", "over"),
        ("old", "log", "over"),
        ("new", "alertmanager", "told"),
        ("new", "log", "told"),
    ], done.stderr
    assert not log.exists()
    assert list(tmp_path.glob("outbox*")) == []
    assert uncommitted(kafka, "deliver", Topic.ALERTS) == 2


def test_a_dry_run_with_a_file_of_receivers_opens_none_of_them(kafka: KafkaSettings, tmp_path: Path) -> None:
    publish(kafka, [alert("new")])
    with http_receiver() as server:
        file = tmp_path / "receivers.yaml"
        file.write_text(receivers_file(server.url, tmp_path, tmp_path / "alerts.jsonl"))
        done = run(
            "deliver", "--receivers", str(file), "--dry-run", "--format", "jsonl", kafka=kafka, state_dir=tmp_path
        )
        assert server.posts == []
    planned = {(plan["receiver"], plan["plan"]) for plan in map(json.loads, done.stdout.splitlines())}
    assert planned == {("chat", "told"), ("hook", "told"), ("manager", "told"), ("log", "told")}, done.stderr
    assert not (tmp_path / "alerts.jsonl").exists()
    assert list(tmp_path.glob("outbox*")) == []


def receivers_file(url: str, secrets: Path, log: Path) -> str:
    (secrets / "chat.urls").write_text(f"json://{url.removeprefix('http://')}/chat")
    (secrets / "hook.secret").write_text("a secret of thirty-two characters")
    return f"""
receivers:
  - {{name: chat, apprise: {{urls_file: "{secrets}/chat.urls"}}}}
  - {{name: hook, webhook: {{url: "{url}/hook", secret_file: "{secrets}/hook.secret", allow_private: true}}}}
  - {{name: manager, alertmanager: {{url: "{url}"}}}}
  - {{name: log, log: {{path: "{log}"}}}}
"""


@pytest.fixture
def nowhere() -> KafkaSettings:
    return KafkaSettings(bootstrap_servers=f"127.0.0.1:{free_port()}")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--no-terminal"], "nobody to deliver to"),
        (["--alertmanager", "alertmanager:9093"], "--alertmanager: URL scheme should be 'http' or 'https'"),
        (["--alertmanager", "http://me:secret@example.com"], "no user or password in the address"),
        (["--resend", "0"], "greater than or equal to 1"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(
    nowhere: KafkaSettings, tmp_path: Path, arguments: list[str], says: str
) -> None:
    done = run("deliver", *arguments, kafka=nowhere, state_dir=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "secret" not in done.stderr


def test_without_kafka_it_says_so_in_one_line(nowhere: KafkaSettings, tmp_path: Path) -> None:
    done = run("deliver", "--http-port", "0", kafka=nowhere, state_dir=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("detente: Kafka: ")


def test_a_log_that_cannot_be_written_is_told_in_one_line(kafka: KafkaSettings, tmp_path: Path) -> None:
    done = run(*options(tmp_path), "--http-port", "0", kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 2
    assert "Is a directory" in done.stderr.splitlines()[-1]
