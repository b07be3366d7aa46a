"""Waits until a broker answers a client, not only until it listens or says so in its log."""

import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from broker.broker_info import BrokerInfo
from broker.ports import LOOPBACK

_POLL_SECONDS = 0.1


def wait_until_ready(info: BrokerInfo, timeout: float, is_alive: Callable[[], bool]) -> bool:
    """True once a metadata request names a broker; False if the time is up or the process dies first."""
    deadline = time.monotonic() + timeout
    with _quiet_clients():
        while time.monotonic() < deadline and is_alive():
            if _listens(info.port) and _names_a_broker(info):
                return True
            time.sleep(_POLL_SECONDS)
    return False


@contextmanager
def _quiet_clients() -> Iterator[None]:
    """A refused connection is no news here, and kafka-python logs each as an error."""
    logger = logging.getLogger("kafka")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _listens(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


def _names_a_broker(info: BrokerInfo) -> bool:
    options = {"api_version": info.api_version} if info.api_version else {}
    try:
        admin = KafkaAdminClient(bootstrap_servers=info.bootstrap_servers, bootstrap_timeout_ms=2_000, **options)
    except KafkaError:
        return False
    try:
        return bool(admin.describe_cluster()["brokers"])
    except KafkaError:
        return False
    finally:
        admin.close()
