"""Signals into reports, and the few reports that a contact keeps of the many that it hears.

What is kept is a function of the *set* of reports, whatever their order: of each date and status (a slot), each
outlet's first report, the first few outlets, and the newest report; of each kind of slot, the newest few by event date.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from detente.contacts.contact import Report
from detente.signals import ArticleSignals, Signal
from detente.vocabulary import ModeFamily, Polarity, Precision, Status, Tier

OUTLETS_A_SLOT = 3
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


def keep(reports: Iterable[Report]) -> list[Report]:
    """Choose what to remember, by publication. Keeping early or late is the same: ``keep(keep(a) + b)`` is ``keep(a + b)``."""
    slots = {slot: _keep_slot(list(members)) for slot, members in groupby(sorted(reports, key=_slot_order), key=_slot)}
    kept: list[Report] = []
    for _, kind in groupby(sorted(slots, key=lambda slot: slot[0]), key=lambda slot: slot[0]):
        newest = sorted(kind, key=lambda slot: (slot[2], slot[3], slot[1]), reverse=True)[:SLOTS_A_KIND]
        kept.extend(report for slot in newest for report in slots[slot])
    return sorted(kept, key=by_publication)


def by_publication(report: Report) -> tuple[dt.datetime, str, str, str, str]:
    """A total order: publication time first, then what tells two reports apart."""
    return (report.published_at, report.article_id, report.mode, report.level, report.evidence)


def _keep_slot(reports: list[Report]) -> list[Report]:
    first_of_outlet: dict[str, Report] = {}
    for report in sorted(reports, key=by_publication):
        first_of_outlet.setdefault(report.outlet, report)
    kept = list(first_of_outlet.values())[:OUTLETS_A_SLOT]
    newest = max(reports, key=by_publication)
    return kept if newest in kept else [*kept, newest]


def _slot(report: Report) -> Slot:
    kind = (report.tier, report.mode.polarity, report.status)
    return kind, report.mode.family, report.event_date.date or _UNDATED, report.event_date.precision


def _slot_order(report: Report) -> tuple[Slot, tuple[dt.datetime, str, str, str, str]]:
    return _slot(report), by_publication(report)
