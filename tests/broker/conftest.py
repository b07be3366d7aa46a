"""A folder for a broker of the test's own, and whether Kafka's jars can be had for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from real_parts import missing

from broker.errors import BrokerError
from broker.jar_lock import read_lock
from broker.jars import default_cache, verified_jars
from broker.java import find_java
from broker.local_broker import stop


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Whatever is started in there is stopped after the test."""
    yield tmp_path / "broker"
    stop(tmp_path / "broker")


@pytest.fixture(scope="session")
def kafka_program() -> None:
    """Kafka's jars and a Java are there."""
    try:
        verified_jars(read_lock(), default_cache())
        find_java()
    except BrokerError as cause:
        missing(f"no Kafka: {cause}")
