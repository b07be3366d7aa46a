"""A port that another program has is refused before Java is even started."""

import socket
from pathlib import Path

import pytest

from broker import local_broker
from broker.broker_info import BrokerFiles
from broker.local_broker import BrokerError, start


@pytest.fixture
def taken_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_is_one_clear_line(folder: Path, taken_port: int) -> None:
    with pytest.raises(
        BrokerError, match=f"^port {taken_port} is taken by another program; free it, or choose another"
    ):
        start(folder, taken_port)


def test_a_remembered_port_in_use_is_said_to_be_that(folder: Path, taken_port: int) -> None:
    folder.mkdir()
    BrokerFiles(directory=folder).port.write_text(f"{taken_port}\n")

    with pytest.raises(BrokerError, match=f"^port {taken_port}, which this broker used before, is taken"):
        start(folder)


@pytest.mark.kafka
@pytest.mark.usefixtures("kafka_program")
def test_a_port_that_is_taken_while_kafka_starts_is_said_so(
    folder: Path, taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_broker, "is_free", lambda _port: True)

    with pytest.raises(BrokerError, match="ended while it started: the port was taken while Kafka started; try again"):
        start(folder, taken_port)
