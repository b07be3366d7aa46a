"""The folder of a replay: JSON Lines of signals, transitions and alerts, and a manifest that says that all of it is there.

The signals are kept as they are coded, so an interrupted replay need not code again; all else is made anew from them.
"""

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from detente.alerts.alert import Alert
from detente.backtest import Outcome
from detente.contacts.contact import Contact
from detente.model import Value
from detente.signals import ArticleSignals
from detente.vocabulary import State, Tier
from replay.manifest import Manifest
from replay.records_to_coded import CodedRecord

SIGNALS, TRANSITIONS, ALERTS, COMPARED = "signals.jsonl", "transitions.jsonl", "alerts.jsonl", "compared-alerts.jsonl"
STATES = "states.jsonl"
"""Each change of a tier's state, those that make no transition too."""
UNREADABLE, MANIFEST, PROGRESS = "unreadable.jsonl", "manifest.json", "progress.json"
STEP = 5_000
"""Records after which what is coded is made durable."""


class Progress(Value):
    """How far an interrupted replay had coded: so many records, whose lines end at these sizes."""

    records: int = 0
    signals_bytes: int = 0
    unreadable_bytes: int = 0


class Place(NamedTuple):
    """Where a record lies."""

    partition: int
    offset: int


class CodedFile:
    """The signals and what could not be read, written as they come, and read again by a replay that goes on."""

    def __init__(self, folder: Path, topic: str) -> None:
        self._folder, self._topic = folder, topic
        path = folder / PROGRESS
        self.progress = Progress.model_validate_json(path.read_bytes()) if path.exists() else Progress()
        self._signals = _at(folder / SIGNALS, self.progress.signals_bytes)
        self._unreadable = _at(folder / UNREADABLE, self.progress.unreadable_bytes)
        self._records = self.progress.records

    def before(self) -> Iterator[tuple[Place, ArticleSignals]]:
        """What was coded before the interruption, in the order in which it was."""
        for row in read_rows(self._folder, SIGNALS):
            yield Place(row["partition"], row["offset"]), ArticleSignals.model_validate(row["signals"])

    def add(self, record: CodedRecord) -> None:
        """Write down what the record says."""
        where = {"topic": self._topic, "partition": record.partition, "offset": record.offset}
        if record.coded is None:
            _write(self._unreadable, where | {"cause": record.cause})
        else:
            for message in record.coded.messages:
                _write(self._signals, where | {"signals": message.model_dump(mode="json", exclude_defaults=True)})
        self._records += 1
        if self._records % STEP == 0:
            self.save()

    def save(self) -> None:
        """Make durable what is coded, then note how far that is."""
        for file in (self._signals, self._unreadable):
            file.flush()
            os.fsync(file.fileno())
        self.progress = Progress(
            records=self._records, signals_bytes=self._signals.tell(), unreadable_bytes=self._unreadable.tell()
        )
        write_whole(self._folder / PROGRESS, self.progress.model_dump_json() + "\n")

    def close(self) -> None:
        """Close the files; what was not saved is coded again."""
        self._signals.close()
        self._unreadable.close()


class OutcomeFiles:
    """Transitions and alerts, written anew by each run."""

    def __init__(self, folder: Path) -> None:
        self._files = {name: (folder / name).open("wb") for name in (TRANSITIONS, ALERTS, COMPARED, STATES)}
        self._states: dict[tuple[str, Tier], State] = {}
        self.counts = dict.fromkeys(("records", "unreadable", "signals", "transitions", "alerts"), 0)

    def add(self, outcome: Outcome) -> None:
        """Write down what an article, or a silence, led to."""
        for transition in outcome.transitions:
            _write(self._files[TRANSITIONS], transition.model_dump(mode="json", exclude_defaults=True))
        for alert in outcome.alerts:
            _write(self._files[ALERTS], alert.model_dump(mode="json", exclude_defaults=True))
        self.counts["signals"] += len(outcome.signals)
        self.counts["transitions"] += len(outcome.transitions)
        self.counts["alerts"] += sum(alert.version == 1 for alert in outcome.alerts)

    def add_states(self, at: dt.datetime, contact: Contact) -> None:
        """Write down the tiers' states where they are others than before."""
        for tier in Tier:
            state = contact.tier(tier).state
            if self._states.get((contact.key, tier), State.UNKNOWN) is not state:
                self._states[contact.key, tier] = state
                _write(
                    self._files[STATES], {"at": at.isoformat(), "contact": contact.key, "tier": tier, "state": state}
                )

    def add_compared(self, outcome: Outcome) -> None:
        """Write down the alerts of the other rules."""
        for alert in outcome.alerts:
            _write(self._files[COMPARED], alert.model_dump(mode="json", exclude_defaults=True))

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()


def finish(folder: Path, manifest: Manifest) -> None:
    """Say that all is there: the manifest comes last and whole."""
    (folder / PROGRESS).unlink(missing_ok=True)
    write_whole(folder / MANIFEST, manifest.model_dump_json(indent=2) + "\n")


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a finished replay, else None."""
    path = folder / MANIFEST
    return Manifest.model_validate_json(path.read_bytes()) if path.exists() else None


def read_alerts(folder: Path, name: str = ALERTS) -> dict[str, Alert]:
    """Every alert in its last version, by id, in the order of firing."""
    return {alert.id: alert for row in read_rows(folder, name) for alert in [Alert.model_validate(row)]}


def read_places(folder: Path) -> dict[str, Place]:
    """Where each article that gave a signal lies, by its id."""
    return {row["signals"]["article_id"]: Place(row["partition"], row["offset"]) for row in read_rows(folder, SIGNALS)}


def read_rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one of the files; of a file that is not there none."""
    path = folder / name
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            yield json.loads(line)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text)
    part.replace(path)


def _at(path: Path, size: int) -> BinaryIO:
    """The file, cut off after what is known to be whole."""
    path.touch()
    file = path.open("r+b")
    file.truncate(size)
    file.seek(size)
    return file


def _write(file: BinaryIO, row: dict[str, Any]) -> None:
    file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
