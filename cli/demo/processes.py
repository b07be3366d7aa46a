"""detente's own processes as a user would start them, each with a log of its own, stopped with the demo."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from broker.ports import LOOPBACK, free_port

PROGRAM = (sys.executable, "-m", "cli.main")
READY_SECONDS = 60.0
"""A worker starts in some 5 s; a loaded machine takes several times as long."""
STOP_SECONDS = 15.0
LAST_LINES = 12

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Loopback is asked without the proxy that the environment may name."""


class ProcessError(RuntimeError):
    """A process ended by itself or did not get ready; the message names its log and quotes its last lines."""


class Running(NamedTuple):
    """One started process."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    health: str
    """Its readiness page."""

    def must_run(self) -> None:
        """Raise ProcessError if it has ended."""
        if self.process.poll() is not None:
            raise ProcessError(f"the {self.name} ended with code {self.process.returncode}\n{self.last_words()}")

    def last_words(self) -> str:
        """The log's path and its last lines."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join([f"its log, {self.log}, ends with:", *(f"  {line}" for line in lines)])


@contextmanager
def started(
    commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], logs: Path
) -> Iterator[list[Running]]:
    """Run ``detente`` with each command's arguments, yield when all are ready, and stop all in the end.

    Raises ProcessError. Each gets ``DETENTE_HTTP_PORT`` of its own, so that its readiness can be asked for.
    """
    with ExitStack() as stack:
        running = []
        for name, arguments in commands.items():
            one = _start(name, arguments, environment, logs)
            stack.callback(_stop, one)
            running.append(one)
        for one in running:
            _wait_until_ready(one)
        yield running


def _start(name: str, arguments: Sequence[str], environment: Mapping[str, str], logs: Path) -> Running:
    port = free_port()
    log = logs / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program, arguments of our own
            [*PROGRAM, *arguments],
            env={**_inherited(), **environment, "DETENTE_HTTP_PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C on the terminal reaches the demo alone, which then stops them in order
        )
    return Running(name, process, log, f"http://{LOOPBACK}:{port}/ready")


def _inherited() -> dict[str, str]:
    """The environment without the user's own rules, receivers and state; how to reach Kafka stays."""
    ours = {name for name in os.environ if name.startswith("DETENTE_") and not name.startswith("DETENTE_KAFKA_")}
    return {name: value for name, value in os.environ.items() if name not in ours | {"DETENTE_KAFKA_INSTANCE_ID"}}


def _wait_until_ready(one: Running) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _is_ready(one.health):
        one.must_run()
        if time.monotonic() > deadline:
            raise ProcessError(f"the {one.name} was not ready after {READY_SECONDS:.0f} s\n{one.last_words()}")
        time.sleep(0.1)


def _is_ready(page: str) -> bool:
    try:
        with _DIRECT.open(page, timeout=2) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def _stop(one: Running) -> None:
    if one.process.poll() is None:
        one.process.send_signal(signal.SIGTERM)
        try:
            one.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            one.process.kill()
            one.process.wait()
