"""Alerts as JSON Lines in a file: each version one line, on disk before it counts as delivered."""

import errno
import json
import os
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from alerts.delivery.receiver import Accepted, Manner, Outcome, Transient
from detente.alerts.alert import Alert

TAIL_BYTES = 1 << 20
"""How much of the end of the file is read at the start: what was in flight when we were killed is there."""


class JsonlLogConfig(BaseModel):
    """Where the log is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path


class JsonlLogReceiver:
    """Appends to one file. A line that was written but not yet noted in the outbox is not written again."""

    def __init__(self, config: JsonlLogConfig, manner: Manner | None = None) -> None:
        """Open the file, and cut off a line that a crash left unfinished. Raises OSError."""
        self.manner = manner or Manner("log")
        config.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(config.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
        self._written = _mended(self._file)

    async def send(self, alert: Alert, now: datetime) -> Outcome:  # noqa: ARG002
        """Write the line and wait for the disk."""
        if (alert.id, alert.version) in self._written:
            return Accepted()
        try:
            self._append(alert.model_dump_json().encode() + b"\n")
        except OSError as error:
            return Transient(error.strerror or str(error))
        self._written.add((alert.id, alert.version))
        return Accepted()

    async def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _append(self, line: bytes) -> None:
        """Write the whole line or none of it: of what a full disk took in part, nothing is left."""
        end = os.fstat(self._file).st_size
        try:
            _write(self._file, line)
            os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, end)
            raise


def _write(file: int, line: bytes) -> None:
    if os.write(file, line) < len(line):
        raise OSError(errno.ENOSPC, "the disk took only a part of the line")


def _mended(file: int) -> set[tuple[str, int]]:
    """Cut off an unfinished last line; returns the alerts and versions in the last lines."""
    size = os.fstat(file).st_size
    start = max(0, size - TAIL_BYTES)
    tail = os.pread(file, size - start, start)
    whole = tail.rfind(b"\n") + 1
    if whole < len(tail) and (whole or not start):
        os.ftruncate(file, start + whole)
    return {key for line in tail[:whole].splitlines() if (key := _key(line)) is not None}


def _key(line: bytes) -> tuple[str, int] | None:
    """The alert and version of a line; None for one that is not ours, such as the half line where the tail begins."""
    try:
        fields = json.loads(line)
        return str(fields["id"]), int(fields["version"])
    except (ValueError, KeyError, TypeError):
        return None
