"""``detente broker`` as a person meets it: what it prints where, and its exit codes."""

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from broker.local_broker import stop
from broker.ports import free_port

FOLDER = Path("state with, odd name") / "broker"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / FOLDER
    stop(tmp_path / FOLDER)


def detente(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "broker", *arguments, "--dir", str(folder)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def exported(output: str) -> dict[str, str]:
    words = [shlex.split(line) for line in output.splitlines()]
    assert all(first == "export" for first, _ in words)
    return dict(assignment.split("=", 1) for _, assignment in words)


def test_start_prints_what_a_shell_needs_and_status_and_stop_agree(folder: Path) -> None:
    started = detente(folder, "start", "--volatile")
    shown = detente(folder, "status", "--format", "jsonl")
    stopped = detente(folder, "stop")

    variables = exported(started.stdout)
    assert "a volatile broker" in started.stderr
    assert set(variables) == {
        "DETENTE_KAFKA_BOOTSTRAP_SERVERS", "DETENTE_KAFKA_API_VERSION", "DETENTE_KAFKA_DECLARE_TOPICS"
    }  # fmt: skip
    assert json.loads(shown.stdout)["bootstrap_servers"] == variables["DETENTE_KAFKA_BOOTSTRAP_SERVERS"]
    assert (started.returncode, shown.returncode, stopped.returncode) == (0, 0, 0)
    assert stopped.stderr == "stopped\n"


@pytest.mark.kafka
def test_a_real_kafka_starts_in_a_folder_with_an_odd_name_and_shows_no_bar_in_a_pipe(folder: Path) -> None:
    pytest.importorskip("jgo")
    started = detente(folder, "start", "--port", str(free_port()))
    table = detente(folder, "status")

    assert started.returncode == 0, started.stderr
    assert started.stderr.startswith("Apache Kafka 4.")
    assert started.stderr.count("\n") == 1
    assert list(exported(started.stdout)) == ["DETENTE_KAFKA_BOOTSTRAP_SERVERS"]
    assert "kafka" in table.stdout


def test_no_broker_is_exit_code_1_for_status_and_fine_for_stop(folder: Path) -> None:
    shown = detente(folder, "status")
    stopped = detente(folder, "stop")

    assert (shown.returncode, stopped.returncode) == (1, 0)
    assert shown.stderr == f"detente: no broker runs in {folder}\n"
    assert stopped.stderr == f"no broker runs in {folder}\n"


def test_a_refusal_is_one_line_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    refused = detente(tmp_path / "file" / "broker", "start", "--volatile")

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith("detente: cannot write to ")
    assert refused.stderr.count("\n") == 1


def test_a_wrong_setting_is_one_line_and_bad_usage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_KAFKA_TOPIC_PREFIX", "no spaces in topics")

    refused = detente(folder, "start", "--volatile")

    assert refused.returncode == 2
    assert refused.stderr.startswith("detente: settings: topic_prefix: ")
    assert refused.stderr.count("\n") == 1


def test_a_port_that_is_none_is_bad_usage(folder: Path) -> None:
    assert detente(folder, "start", "--port", "70000").returncode == 2


@pytest.mark.parametrize("command", ["start", "stop", "status"])
def test_every_command_has_help_with_an_example(command: str, folder: Path) -> None:
    assert "Example: " in detente(folder, command, "--help").stdout
