"""The mock in a process of its own: it comes up, is found, forgets, and dies with its owner."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from broker_records import put, take_all

from broker.broker_info import BrokerFiles, BrokerInfo
from broker.local_broker import BrokerError, running, start, status, stop
from broker.ports import free_port
from broker.process_lock import is_held, wait_until_released
from broker.volatile_broker import make_topics
from detente.topics import Topic
from runtime.settings import KafkaSettings
from runtime.topic_admin import MissingTopicsError, ensure_topics


@pytest.fixture
def volatile(folder: Path) -> BrokerInfo:
    return start(folder, volatile=True)


def settings(info: BrokerInfo, monkeypatch: pytest.MonkeyPatch) -> KafkaSettings:
    for name, value in info.environment.items():
        monkeypatch.setenv(name, value)
    return KafkaSettings()


def test_what_it_says_of_its_environment_is_all_that_clients_need(
    volatile: BrokerInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    kafka = settings(volatile, monkeypatch)
    with pytest.raises(MissingTopicsError):
        ensure_topics(kafka)

    make_topics(volatile, [topic.named(kafka.topic_prefix) for topic in Topic])

    assert ensure_topics(kafka) == []
    put(kafka, "detente.articles", b"one", b"two")
    assert take_all(kafka, "detente.articles") == [b"one", b"two"]


def test_it_is_found_again_and_forgets_when_it_is_stopped(
    volatile: BrokerInfo, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_topics(volatile, ["detente.articles"])
    assert start(folder, volatile=True) == status(folder) == volatile

    assert stop(folder)
    assert status(folder) is None
    assert not stop(folder)
    fresh = start(folder, volatile=True)
    with pytest.raises(MissingTopicsError):
        ensure_topics(settings(fresh, monkeypatch))


def test_its_port_cannot_be_chosen(folder: Path) -> None:
    with pytest.raises(BrokerError, match="a volatile broker chooses its port itself"):
        start(folder, free_port(), volatile=True)


def test_a_dead_brokers_record_is_removed(volatile: BrokerInfo, folder: Path) -> None:
    os.kill(volatile.pid, signal.SIGKILL)
    assert wait_until_released(BrokerFiles(directory=folder).life_lock, timeout=10)

    assert status(folder) is None
    assert not (folder / "broker.json").exists()


def test_a_start_right_after_a_kill_is_a_new_broker(volatile: BrokerInfo, folder: Path) -> None:
    os.kill(volatile.pid, signal.SIGKILL)

    assert start(folder, volatile=True).pid != volatile.pid


def test_a_living_process_that_got_a_dead_brokers_pid_is_no_broker(volatile: BrokerInfo, folder: Path) -> None:
    stop(folder)
    files = BrokerFiles(directory=folder)
    files.write_record(volatile.model_copy(update={"pid": os.getpid()}))

    assert status(folder) is None
    assert not stop(folder)


def test_a_record_cut_off_by_a_crash_is_no_broker(folder: Path) -> None:
    folder.mkdir()
    (folder / "broker.json").write_text('{"pid": 1')

    assert status(folder) is None


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BrokerError, match=r"cannot write to .*: Not a directory"):
        start(tmp_path / "file" / "broker", volatile=True)


def test_one_that_ran_before_is_used_and_left_running(volatile: BrokerInfo, folder: Path) -> None:
    with running(folder, volatile=True) as info:
        assert info == volatile

    assert status(folder) == volatile


OWNER = """
import sys, time
from pathlib import Path
from broker.local_broker import running
with running(Path(sys.argv[1]), volatile=True):
    print("runs", flush=True)
    time.sleep(60)
"""


def test_it_dies_with_an_owner_that_was_killed(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", OWNER, str(folder)], stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"runs\n"
        assert is_held(BrokerFiles(directory=folder).life_lock)
        owner.kill()

    assert wait_until_released(BrokerFiles(directory=folder).life_lock, timeout=15)
    assert status(folder) is None
