"""Signals into reports, and the few reports that a contact keeps of the many that it hears.

What is kept is a function of the *set* of reports, whatever their order: of each date and status (a slot), the first
reports of the first few outlets, of the first few texts and of the two governments, and the newest report; of each kind
of slot, the newest few by event date.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence

from detente.contacts.contact import Kind, Published, Report, Slot
from detente.contacts.independence import words_of
from detente.contacts.official import government_of
from detente.signals import ArticleSignals, Signal

VOICES_A_SLOT = 3
"""So many outlets, and so many texts: copies of one wire text must not crowd out the report that confirms it."""

SLOTS_A_KIND = 12
EVIDENCE_CHARS = 200


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
    """Choose what to remember of two parties. Early or late is the same: ``keep(keep(a) + b)`` is ``keep(a + b)``."""
    return keep_more((), reports, parties)


def keep_more(known: Iterable[Report], new: Iterable[Report], parties: frozenset[str]) -> list[Report]:
    """What ``keep`` makes of all of them, where the known ones were kept before: only slots with new reports are chosen anew."""
    told = list(new)
    kinds = {report.slot[0] for report in told}
    kept = []
    slots: dict[Kind, dict[Slot, list[Report]]] = {kind: {} for kind in kinds}
    for report in known:
        slot = report.slot
        if slot[0] in kinds:
            slots[slot[0]].setdefault(slot, []).append(report)
        else:
            kept.append(report)
    for report in told:
        slots[report.slot[0]].setdefault(report.slot, []).append(report)
    touched = {report.slot for report in told}
    for members in slots.values():
        for slot in _newest(members):
            kept += _keep_slot(members[slot], parties) if slot in touched else members[slot]
    return kept


def by_publication(report: Report) -> Published:
    """The order in which reports were published."""
    return report.published


def _newest(slots: Collection[Slot]) -> Collection[Slot]:
    if len(slots) <= SLOTS_A_KIND:
        return slots
    return sorted(slots, key=lambda slot: (slot[2], slot[3], slot[1]), reverse=True)[:SLOTS_A_KIND]


def _keep_slot(reports: list[Report], parties: frozenset[str]) -> list[Report]:
    if len(reports) == 1:
        return reports
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
