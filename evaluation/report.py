"""The figures as tables, each beside the bar that it should pass."""

from collections.abc import Sequence
from typing import NamedTuple

from detente.coder.article_to_signals import Coder
from evaluation.corpus import Entry, Group, Manner, core_of
from evaluation.labelled_sentences import coded, counts_of, shared_file
from evaluation.measures import Counts, Interval, bootstrap_f1, count_equal, matched, total, wilson

SURE = 0.8
BINS = ((0.0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
NOISE_BAR = 2


class Table(NamedTuple):
    """A titled table of text."""

    title: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]


class Reading(NamedTuple):
    """What the coder made of one entry."""

    entry: Entry
    core: Counts
    full: Counts
    sure: tuple[tuple[float, bool], ...]
    """For each signal its confidence, and whether polarity, dyad and status are right."""


def read(entry: Entry, coder: Coder) -> Reading:
    """Code the entry and match what comes out with its annotation."""
    signals = coder.code(entry.article)
    full = matched(entry.gold, signals, lambda gold, signal: gold.fits(signal))
    right = matched(entry.gold, signals, lambda gold, signal: gold.core == core_of(signal))
    core = count_equal([gold.core for gold in entry.gold], [core_of(signal) for signal in signals])
    sure = tuple((signal.confidence, index in right) for index, signal in enumerate(signals))
    return Reading(entry, core, Counts(len(full), len(signals), len(entry.gold)), sure)


def verdict(value: float, bar: float) -> str:
    """Whether the figure passes its bar."""
    return "met" if value >= bar else "not met"


def corpus_tables(readings: Sequence[Reading]) -> list[Table]:
    """The figures of the test part: as a whole, by group, and by confidence."""
    return [
        Table(
            f"Corpus, test part: {len(readings)} articles",
            ("what", "precision", "recall", "F1", "bar", ""),
            [
                _scores("polarity, dyad, status", [r.core for r in readings], 0.92),
                _scores("all fields", [r.full for r in readings], 0.80),
            ],
        ),
        Table(
            "By manner of telling",
            ("manner", "articles", "signals", "precision", "recall", "F1", "F1 of all fields"),
            [_group(manner, [r for r in readings if r.entry.manner is manner]) for manner in Manner],
        ),
        Table(
            "By group",
            ("group", "articles", "signals", "precision", "recall", "F1", "F1 of all fields"),
            [_group(group, [r for r in readings if r.entry.group is group]) for group in Group],
        ),
        Table(
            "Confidence: share of signals with the right polarity, dyad and status",
            ("confidence", "signals", "share right", "bar", ""),
            _confidence([pair for r in readings for pair in r.sure]),
        ),
    ]


def _scores(what: str, counts: Sequence[Counts], bar: float) -> tuple[str, ...]:
    f1 = bootstrap_f1(counts)
    return (what, *_precision_recall(counts), str(f1), f"{bar:.2f}", verdict(f1.value, bar))


def _precision_recall(counts: Sequence[Counts]) -> tuple[str, str]:
    summed = total(counts)
    return _share(wilson(summed.hits, summed.given)), _share(wilson(summed.hits, summed.wanted))


def _share(interval: Interval) -> str:
    return "none" if interval.value != interval.value else str(interval)


def _group(group: Group | Manner, readings: Sequence[Reading]) -> tuple[str, ...]:
    counts = [r.core for r in readings]
    wanted = total(counts).wanted
    f1 = [str(bootstrap_f1(counts)), f"{total([r.full for r in readings]).f1:.2f}"] if wanted else ["", ""]
    return (group.value, str(len(readings)), str(wanted), *_precision_recall(counts), *f1)


def _confidence(sure: Sequence[tuple[float, bool]]) -> list[tuple[str, ...]]:
    rows = []
    for low, high in BINS:
        right = [good for confidence, good in sure if low <= confidence < high]
        rows.append(
            (f"{low:.1f} to under {min(high, 1):.1f}", str(len(right)), _share(wilson(sum(right), len(right))), "", "")
        )
    right = [good for confidence, good in sure if confidence >= SURE]
    share = wilson(sum(right), len(right))
    return [*rows, (f"{SURE} or more", str(len(right)), _share(share), "0.95", verdict(share.value, 0.95))]


def sentence_tables(coder: Coder) -> list[Table]:
    """The labelled sentences and the noise; nothing of what is not there."""
    tables = []
    if file := shared_file("sentences_dev.jsonl"):
        found = coded(file, coder)
        given = [row["label"] in polarities for row, polarities in found if polarities]
        precision = wilson(sum(given), len(given))
        tables.append(
            Table(
                f"Labelled sentences: {len(found)}, of which {sum(bool(row['two_states']) for row, _ in found)} about two states",
                ("what", "precision", "recall", "F1", "bar", ""),
                [
                    _scores("engagement, two states", counts_of(found, "engagement"), 0.85),
                    _scores("rupture, two states", counts_of(found, "rupture"), 0.80),
                    ("all sentences", str(precision), "", "", "0.80", verdict(precision.value, 0.80)),
                ],
            )
        )
    if file := shared_file("noise_dev.jsonl"):
        noise = coded(file, coder)
        wrong = sum(bool(polarities) for _, polarities in noise)
        tables.append(
            Table(
                "Noise: sport, business, science",
                ("items", "with a signal", "bar", ""),
                [(str(len(noise)), str(wrong), f"at most {NOISE_BAR}", "met" if wrong <= NOISE_BAR else "not met")],
            )
        )
    return tables
