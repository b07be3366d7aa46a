"""Knows whether a process is alive without trusting its pid: it holds a lock that the kernel drops when it dies.

The starter takes the lock and hands the open file down; the copy in the starter closes, the broker's stays. A pid that
was given to another process, a crash, or a power cut can therefore never look like a running broker.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broker.errors import BrokerError

_POLL_SECONDS = 0.05


@contextmanager
def claimed(lock_file: Path, patience: float) -> Iterator[int]:
    """Hold the lock and yield its file descriptor, to be handed to a child; raises BrokerError if it stays taken."""
    descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + patience
        while not _try(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise BrokerError(f"another process holds {lock_file}: a broker is starting or running there")
            time.sleep(_POLL_SECONDS)
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(lock_file: Path) -> bool:
    """Whether a living process holds the lock."""
    try:
        descriptor = os.open(lock_file, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _try(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def wait_until_released(lock_file: Path, timeout: float) -> bool:
    """Whether the holder was gone in time."""
    deadline = time.monotonic() + timeout
    while is_held(lock_file):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _try(descriptor: int, mode: int) -> bool:
    try:
        fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
