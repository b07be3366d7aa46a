"""Turns a folder and a port into a running Apache Kafka process."""

import base64
import secrets
import subprocess
from pathlib import Path

from broker.broker_info import BrokerFiles, BrokerInfo
from broker.errors import BrokerError
from broker.jar_lock import read_lock
from broker.jars import Progress, default_cache, verified_jars
from broker.java import find_java
from broker.ports import LOOPBACK, free_port
from broker.server_properties import server_properties

LOG_CONFIG = Path(__file__).with_name("log4j2.properties")
JVM_OPTIONS = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")
"""For a quick start and little memory; one laptop's load needs no optimising compiler."""
FORMAT_TIMEOUT_SECONDS = 60


def launch(
    files: BrokerFiles, port: int, lock: int, progress: Progress | None
) -> tuple["subprocess.Popen[bytes]", BrokerInfo]:
    """Start Kafka on that port; it may take seconds more until it answers, and may yet fail.

    ``lock`` is the file descriptor that the process keeps open for as long as it lives. Raises BrokerError.
    """
    pins = read_lock()
    program = KafkaProgram(find_java(), verified_jars(pins, default_cache(), progress))
    process = program.launch(files, port, lock)
    return process, BrokerInfo(
        bootstrap_servers=f"{LOOPBACK}:{port}",
        pid=process.pid,
        directory=files.directory,
        kind="kafka",
        version=pins.kafka_version,
    )


class KafkaProgram:
    """One verified set of jars and the Java that runs them."""

    def __init__(self, java: Path, jars: list[Path]) -> None:
        self._java = java
        self._class_path = ":".join(map(str, jars))

    def format_data(self, files: BrokerFiles) -> None:
        """Give an empty data folder the identity that Kafka demands; does nothing if it has one. Raises BrokerError."""
        if (files.data / "meta.properties").exists():
            return
        command = self._command(files, "kafka.tools.StorageTool", "format", "--ignore-formatted")
        try:
            subprocess.run(  # noqa: S603 - our own command
                [*command, "--cluster-id", _new_cluster_id(), "--config", str(files.properties)],
                check=True, capture_output=True, text=True, timeout=FORMAT_TIMEOUT_SECONDS, cwd=files.directory,
            )  # fmt: skip
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as cause:
            raise BrokerError(f"cannot prepare {files.data}: {_reason(cause.stderr, cause.stdout)}") from cause

    def launch(self, files: BrokerFiles, port: int, lock: int) -> subprocess.Popen[bytes]:
        """Start Kafka in a session of its own, so that Ctrl-C on a terminal does not reach it."""
        files.properties.write_text(server_properties(port, free_port(besides=port), files.data.name), encoding="utf-8")
        self.format_data(files)
        with files.console.open("wb") as console:
            return subprocess.Popen(  # noqa: S603 - our own command
                [*self._command(files, "kafka.Kafka", str(files.properties))],
                stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
                start_new_session=True, pass_fds=(lock,), cwd=files.directory,
            )  # fmt: skip

    def _command(self, files: BrokerFiles, *arguments: str) -> list[str]:
        log = (f"-Dlog4j2.configurationFile={LOG_CONFIG.as_uri()}", f"-Ddetente.broker.log={files.log}")
        return [str(self._java), *JVM_OPTIONS, *log, "-cp", self._class_path, *arguments]


def _new_cluster_id() -> str:
    """22 characters of URL-safe base64, and never a leading dash, which would read as an option."""
    return base64.urlsafe_b64encode(b"detente-" + secrets.token_bytes(8)).decode().rstrip("=")


def _reason(*outputs: str | bytes | None) -> str:
    """What Java says last of why, in one line: the innermost cause, not a line of its stack trace."""
    text = "\n".join(output if isinstance(output, str) else output.decode() for output in outputs if output)
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("\tat ", "\t..."))]
    return lines[-1].removeprefix("Caused by: ") if lines else "no output"
