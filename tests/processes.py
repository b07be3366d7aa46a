"""Starts detente's own commands as processes, the way a user does, against a broker and namespace of the test's."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from programs import free_port

from runtime.settings import KafkaSettings

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "cli.main"]


def environment(kafka: KafkaSettings, state_dir: Path) -> dict[str, str]:
    """The environment of a command that works in the test's namespace."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("DETENTE_")},
        "PYTHONPATH": str(ROOT),
        "DETENTE_KAFKA_BOOTSTRAP_SERVERS": str(kafka.bootstrap_servers),
        "DETENTE_KAFKA_TOPIC_PREFIX": kafka.topic_prefix,
        "DETENTE_KAFKA_PARTITIONS": str(kafka.partitions),
        "DETENTE_STATE_DIR": str(state_dir),
        "DETENTE_SILENCE_CHECK_SECONDS": "0",
    }


def run(
    *arguments: str, kafka: KafkaSettings, state_dir: Path, timeout: float = 120, **options: object
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(kafka, state_dir),
        text=True,
        capture_output=True,
        timeout=timeout,
        check=False,
        **options,  # type: ignore[call-overload]
    )


class Process:
    """A command that keeps running: started ready, killed or stopped at will, its log in a file."""

    def __init__(self, name: str, *arguments: str, kafka: KafkaSettings, state_dir: Path) -> None:
        self.log = state_dir / f"{name}.log"
        self._arguments = [name, *arguments]
        self._environment = environment(kafka, state_dir)
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    def start(self, timeout: float = 90) -> Self:
        """Start it, and wait until its health page says that it is ready."""
        self.port = free_port()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*COMMAND, *self._arguments],
                env={**self._environment, "DETENTE_HTTP_PORT": str(self.port)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(self.is_ready, timeout, lambda: f"{self._arguments[0]} is not ready:\n{self.tail()}")
        return self

    def is_ready(self) -> bool:
        if self.returncode is not None:
            raise AssertionError(f"{self._arguments[0]} ended with {self.returncode}:\n{self.tail()}")
        return self.is_up()

    def is_up(self) -> bool:
        """Whether it runs and its health page says that it is ready."""
        if self.returncode is not None:
            return False
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ready", timeout=2) as answer:
                return bool(json.load(answer)["ok"])
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    @property
    def returncode(self) -> int | None:
        return self._process.poll() if self._process else None

    def kill(self) -> None:
        """End it as a power cut would."""
        self._send(signal.SIGKILL)

    def stop(self, timeout: float = 30) -> int:
        """Ask it to end, and return its exit code."""
        return self._send(signal.SIGTERM, timeout)

    def _send(self, number: int, timeout: float = 30) -> int:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(number)
        return self._process.wait(timeout)

    def tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)


@contextmanager
def kept_alive(process: Process) -> Iterator[Process]:
    """A process under a supervisor that starts it again when it ends, as compose's restart policy does."""
    done = threading.Event()

    def supervise() -> None:
        while not done.wait(0.5):
            if process.returncode is not None:
                try:
                    process.start()
                except AssertionError:
                    continue

    with process:
        thread = threading.Thread(target=supervise, daemon=True)
        thread.start()
        try:
            yield process
        finally:
            done.set()
            thread.join(100)


def wait_until(check: Callable[[], bool], timeout: float, problem: Callable[[], str]) -> None:
    """Poll until the check holds; fails with the problem after ``timeout`` seconds."""
    deadline = time.monotonic() + timeout
    while not check():
        if time.monotonic() > deadline:
            raise AssertionError(problem())
        time.sleep(0.2)
