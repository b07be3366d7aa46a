"""librdkafka's mock broker in a process of its own: memory only, for where Kafka's jars cannot be had."""

import signal
import subprocess
import sys
from collections.abc import Iterable

from kafka import KafkaProducer

from broker.broker_info import BrokerFiles, BrokerInfo
from broker.errors import BrokerError
from broker.extras import require
from broker.ports import LOOPBACK

_ANSWER_SECONDS = 10


def launch(files: BrokerFiles, lock: int) -> tuple["subprocess.Popen[bytes]", BrokerInfo]:
    """Start the mock with these topics on a port that it chooses.

    ``lock`` is the file descriptor that the process keeps open for as long as it lives. Raises BrokerError if it does
    not come up.
    """
    require("confluent_kafka")
    with files.console.open("wb") as console:
        process = subprocess.Popen(
            [sys.executable, "-m", "broker.volatile_broker"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=console,
            start_new_session=True, pass_fds=(lock,),
        )  # fmt: skip
    assert process.stdout is not None
    with process.stdout as answer:
        words = answer.readline().decode().split()
    if len(words) != 2:  # noqa: PLR2004 - port and version
        process.kill()
        process.wait()
        raise BrokerError(f"the volatile broker did not start; see {files.console}")
    port, version = words
    return process, BrokerInfo(
        bootstrap_servers=f"{LOOPBACK}:{port}",
        pid=process.pid,
        directory=files.directory,
        kind="volatile",
        version=version,
    )


def make_topics(info: BrokerInfo, topics: Iterable[str]) -> None:
    """Make these topics in a volatile broker, which knows no request to create one: asking after a topic makes it.

    Idempotent. Each has four partitions, whatever the settings say.
    """
    producer = KafkaProducer(bootstrap_servers=info.bootstrap_servers, api_version=info.api_version)
    try:
        for topic in topics:
            producer.partitions_for(topic)
    finally:
        producer.close()


def main() -> None:
    """Run the mock until SIGTERM; the first line on standard output says its port and version."""
    from confluent_kafka import Producer, libversion  # noqa: PLC0415 - an optional dependency

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    mock = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "mock"})
    metadata = mock.list_topics(timeout=_ANSWER_SECONDS)
    broker = next(iter(metadata.brokers.values()))
    print(broker.port, libversion()[0], flush=True)  # noqa: T201
    sys.stdout.close()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
