"""Signals into reports, and the few reports that a contact keeps of the many that it hears.

What is kept is a function of the *set* of reports, whatever their order: of each date and status (a slot), the first
reports of the first few outlets, of the first few texts and of the two governments, and the newest report; of each kind of slot, the newest few by event date.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import groupby

from detente.contacts.contact import Report
from detente.contacts.independence import words_of
from detente.contacts.official import government_of
from detente.signals import ArticleSignals, Signal
from detente.vocabulary import ModeFamily, Polarity, Precision, Status, Tier

VOICES_A_SLOT = 3
"""So many outlets, and so many texts: copies of one wire text must not crowd out the report that confirms it."""

SLOTS_A_KIND = 12
EVIDENCE_CHARS = 200

Kind = tuple[Tier, Polarity, Status]
Slot = tuple[Kind, ModeFamily, dt.date, Precision]

_UNDATED = dt.date.min


def report_of(message: ArticleSignals, signal: Signal) -> Report:
    """What a contact remembers of a signal."""
    return Report(
        article_id=message.article_id,
        published_at=message.published_at,
        publisher=message.publisher,
        status=signal.status,
        mode=signal.mode,
        level=signal.level,
        event_date=signal.event_date,
        confidence=signal.confidence,
        evidence=signal.evidence.text[:EVIDENCE_CHARS],
        gap_claim=signal.gap_claim,
        ceremonial=signal.ceremonial,
    )


def keep(reports: Iterable[Report], parties: frozenset[str]) -> list[Report]:
    """Choose what to remember of two parties, by publication. Early or late is the same: ``keep(keep(a) + b)`` is ``keep(a + b)``."""
    slots = {
        slot: _keep_slot(list(members), parties)
        for slot, members in groupby(sorted(reports, key=_slot_order), key=_slot)
    }
    kept: list[Report] = []
    for _, kind in groupby(sorted(slots, key=lambda slot: slot[0]), key=lambda slot: slot[0]):
        newest = sorted(kind, key=lambda slot: (slot[2], slot[3], slot[1]), reverse=True)[:SLOTS_A_KIND]
        kept.extend(report for slot in newest for report in slots[slot])
    return sorted(kept, key=by_publication)


def by_publication(report: Report) -> tuple[dt.datetime, str, str, str, str]:
    """A total order: publication time first, then what tells two reports apart."""
    return (report.published_at, report.article_id, report.mode, report.level, report.evidence)


def _keep_slot(reports: list[Report], parties: frozenset[str]) -> list[Report]:
    published = sorted(reports, key=by_publication)
    outlets = _first_of_each(published, lambda report: report.outlet)
    texts = _first_of_each(published, lambda report: words_of(report.evidence) or report.article_id)
    owners = [(government_of(report.publisher), report) for report in published]
    readouts = [next((report for owner, report in owners if owner == party), None) for party in parties]
    return list(dict.fromkeys(report for report in (*outlets, *texts, *readouts, published[-1]) if report))


def _first_of_each(published: Sequence[Report], kind: Callable[[Report], Hashable]) -> list[Report]:
    first: dict[Hashable, Report] = {}
    for report in published:
        first.setdefault(kind(report), report)
    return list(first.values())[:VOICES_A_SLOT]


def _slot(report: Report) -> Slot:
    kind = (report.tier, report.mode.polarity, report.status)
    return kind, report.mode.family, report.event_date.date or _UNDATED, report.event_date.precision


def _slot_order(report: Report) -> tuple[Slot, tuple[dt.datetime, str, str, str, str]]:
    return _slot(report), by_publication(report)
