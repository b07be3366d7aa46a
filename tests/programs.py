"""Programs of the system that tests start: missing ones skip on a laptop and fail where CI is set."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from real_parts import missing


def find_program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    found = next(filter(None, map(shutil.which, names)), None)
    return found or missing(f"{names[0]} is not installed; 'make system' installs it")


def free_port() -> int:
    """A port of loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], ready: str, log: Path) -> Iterator[None]:
    """A program, from when it answers at that address until the end of the block; what it says goes to a file."""
    with log.open("w") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            wait_for(ready, log)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(url: str, log: Path) -> None:
    """Wait until it answers with 200; after 40 seconds the test fails with what the program said."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        with suppress(OSError), urlopen(url, timeout=5):
            return
        time.sleep(0.2)
    pytest.fail(f"no answer from {url}:\n{log.read_text()}")
