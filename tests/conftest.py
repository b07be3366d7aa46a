"""The real parts that tests share: one Apache Kafka a session, topics of its own for each test, the shared data."""

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from real_parts import missing

from broker.jars import CACHE_VARIABLE
from broker.local_broker import BrokerError, running
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics

EXISTING_KAFKA = "DETENTE_TEST_KAFKA"
"""Names a running Kafka to use instead of a new one, ``host:port``."""
SHARED_DATA = "DETENTE_SHARED_DATA"
KEPT_SETTINGS = {EXISTING_KAFKA, SHARED_DATA, CACHE_VARIABLE}

hypothesis.settings.register_profile("ci", deadline=None, print_blob=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_configure() -> None:
    """Forget the settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("DETENTE_") and name not in KEPT_SETTINGS]:
        del os.environ[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as ``kafka`` whatever uses the real broker, so that ``-m 'not kafka'`` leaves it out."""
    for item in items:
        if {"kafka", "kafka_broker"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("kafka")


@pytest.fixture(scope="session")
def kafka_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The bootstrap servers of a real Apache Kafka; started once, stopped at the end, even if pytest is killed."""
    if existing := os.environ.get(EXISTING_KAFKA):
        yield existing
        return
    with ExitStack() as stack:
        try:
            info = stack.enter_context(running(tmp_path_factory.mktemp("kafka")))
        except BrokerError as cause:
            missing(f"no Kafka: {cause}")
        yield info.bootstrap_servers


@pytest.fixture
def kafka(kafka_broker: str) -> KafkaSettings:
    """Settings for that Kafka with a namespace that no other test has; its topics exist, with two partitions."""
    settings = KafkaSettings(
        bootstrap_servers=kafka_broker, topic_prefix=f"test-{uuid.uuid4().hex[:12]}.", partitions=2
    )
    ensure_topics(settings)
    return settings


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of data beside the project; the test is skipped where there is none."""
    named = os.environ.get(SHARED_DATA)
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no shared data; name its folder with {SHARED_DATA}")
    return folder
