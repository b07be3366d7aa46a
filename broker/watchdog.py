"""Stops a broker when the process that wanted it is gone, however that one died.

A small process of its own holds the reading end of a pipe whose other end only the owner has; the pipe ends with it.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broker.broker_info import BrokerFiles


@contextmanager
def watched(directory: Path, pid: int) -> Iterator[None]:
    """While the body runs, this process's death is the broker's."""
    with (
        BrokerFiles(directory=directory).console.open("ab") as console,
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "broker.watchdog", str(directory), str(pid)],
            stdin=subprocess.PIPE, stdout=console, stderr=console, start_new_session=True,
        ) as watchdog,
    ):  # fmt: skip
        try:
            yield
        finally:
            watchdog.terminate()


def _watch(directory: Path, pid: int) -> None:
    sys.stdin.read()
    from broker.local_broker import status, stop  # noqa: PLC0415 - most watchdogs never need it

    info = status(directory)
    if info is not None and info.pid == pid:
        stop(directory)


if __name__ == "__main__":
    _watch(Path(sys.argv[1]), int(sys.argv[2]))
