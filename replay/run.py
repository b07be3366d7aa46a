"""A range of a topic into a folder of results: the same pure functions as the live path, in the order of what was known."""

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from detente.alerts.rule import Rule
from detente.backtest import Backtest, Outcome
from detente.signals import ArticleSignals, contact_key
from detente.topics import Topic
from replay.manifest import Manifest
from replay.records_to_coded import CodedRecord, code_all, code_article, read_signals
from replay.results import CodedFile, OutcomeFiles, Place, finish
from runtime.topic_range import Known


class Coding(NamedTuple):
    """How records are coded, and how one is read without being coded."""

    all: Callable[[Iterable[Known]], Iterator[CodedRecord]]
    bare: Callable[[Known], CodedRecord]


Watch = Callable[[dt.datetime], None]
"""Told of each record's time when it is done, for a progress bar."""


def collect_seldom() -> None:
    """Have the collector look a tenth as often: contacts are trees that live on, and a tenth of a replay's time went there."""
    gc.set_threshold(100_000, 50, 100)


def coding_of(topic: Topic, processes: int) -> Coding:
    """How the records of that topic are coded."""
    if topic is Topic.SIGNALS:
        return Coding(partial(map, read_signals), read_signals)
    return Coding(partial(code_all, processes=processes), partial(code_article, code=lambda _: ()))


def replay(
    records: Iterator[Known],
    manifest: Manifest,
    folder: Path,
    *,
    coding: Coding,
    rules: Sequence[Rule],
    compared: Sequence[Rule] | None = None,
    watch: Watch = lambda _: None,
) -> Manifest:
    """Write the results into the folder and return the manifest with its counts.

    If the folder holds a replay of the same manifest that was interrupted, what it had coded is not coded again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    coded_file, files = CodedFile(folder, manifest.topic), OutcomeFiles(folder)
    run, other = Backtest(_coded_already, rules), compared and Backtest(_coded_already, compared)
    try:
        for record in _coded(records, coded_file, coding):
            files.counts["records"] += 1
            if record.coded is None:
                files.counts["unreadable"] += 1
                continue
            for outcome in run.feed_coded(record.coded):
                files.add(outcome)
                for key in sorted({made.contact for made in outcome.transitions} | _told_of(outcome)):
                    files.add_states(outcome.at, run.contacts[key])
            for outcome in other.feed_coded(record.coded) if other else ():
                files.add_compared(outcome)
            watch(record.coded.at)
        coded_file.save()
    finally:
        coded_file.close()
        files.close()
    done = manifest.model_copy(update={"counts": files.counts})
    finish(folder, done)
    return done


def _coded(records: Iterator[Known], file: CodedFile, coding: Coding) -> Iterator[CodedRecord]:
    """First what was coded before an interruption, then the rest."""
    before = _Before(file.before(), coding.bare)
    for record in islice(records, file.progress.records):
        yield before.coded(record)
    for coded in coding.all(records):
        file.add(coded)
        yield coded


def _told_of(outcome: Outcome) -> set[str]:
    return {contact_key(signal.dyad, signal.channel) for signal in outcome.signals}


class _Before:
    """Gives back what was coded, record by record, in the order in which it was."""

    def __init__(self, told: Iterator[tuple[Place, ArticleSignals]], bare: Callable[[Known], CodedRecord]) -> None:
        self._told, self._bare = told, bare
        self._next = next(told, None)

    def coded(self, record: Known) -> CodedRecord:
        bare = self._bare(record)
        messages = []
        while self._next is not None and self._next[0] == (record.partition, record.offset):
            messages.append(self._next[1])
            self._next = next(self._told, None)
        return bare._replace(coded=bare.coded and bare.coded._replace(messages=tuple(messages)))


def _coded_already(_: object) -> tuple[()]:
    raise AssertionError("a replay's records are coded before they are folded")
