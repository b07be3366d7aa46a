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


def cause_of_death(*logs: Path) -> str:
    """The most telling line of the logs, or the last line that reports an error."""
    text = "\n".join(_tail(log) for log in logs)
    for words, meaning in KNOWN_CAUSES:
        if words in text:
            return meaning
    errors = re.findall(r"^.*(?:ERROR|FATAL|Exception|Error:).*$", text, re.MULTILINE)
    return errors[-1].strip()[:300] if errors else "it gave no reason"


def _tail(log: Path) -> str:
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - _TAIL_BYTES))
            return stream.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
