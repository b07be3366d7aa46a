"""Turns what a broker logged before it died into one line that says what to do."""

import re
from pathlib import Path

KNOWN_CAUSES = (
    ("Address already in use", "the port was taken while Kafka started; try again, or choose another with --port"),
    ("No space left on device", "the disk is full"),
    ("UnsupportedClassVersionError", "this Java is too old for Kafka; set JAVA_HOME to version 17 or newer"),
    ("OutOfMemoryError", "Java ran out of memory"),
    ("Failed to acquire lock on file", "another Kafka uses the same data"),
    ("doesn't match previous node id", "the data belong to another broker; choose an empty folder"),
    ("Read-only file system", "the disk is not writable"),
    ("Permission denied", "the disk is not writable"),
)
"""What Kafka or Java says, and what it means here; the first that is found counts."""

_TAIL_BYTES = 64 * 1024


def cause_of_death(console: Path, log: Path, log_start: int) -> str:
    """The most telling line of what a broker printed and logged, or the last that reports an error.

    The log goes on from earlier starts; what lies before ``log_start``, in bytes, is about those.
    """
    text = _tail(console, 0) + "\n" + _tail(log, log_start)
    for words, meaning in KNOWN_CAUSES:
        if words in text:
            return meaning
    errors = re.findall(r"^.*(?:ERROR|FATAL|Exception|Error:).*$", text, re.MULTILINE)
    return errors[-1].strip()[:300] if errors else "it gave no reason"


def size(file: Path) -> int:
    """Its size in bytes, 0 if it does not exist."""
    return file.stat().st_size if file.exists() else 0


def _tail(log: Path, start: int) -> str:
    if not log.exists():
        return ""
    end = size(log)
    since = start if start <= end else 0  # a new file was begun in between
    with log.open("rb") as stream:
        stream.seek(max(since, end - _TAIL_BYTES))
        return stream.read().decode(errors="replace")
