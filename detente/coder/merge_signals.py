"""One signal an event: an article tells the same contact several times, in its headline, its lead and its third paragraph."""

from typing import NamedTuple

from detente.signals import Signal
from detente.vocabulary import Level, Mode, ModeFamily, Precision, Status

_VAGUE = frozenset({Mode.TALKS, Mode.MEETING})

_OF_THEIR_OWN = frozenset({Mode.EXPULSION, Mode.RECALL, Mode.CLOSURE})
"""Ruptures that are never another word for a different one."""

MAX_EVENTS = 100
"""With how many events of the same two parties a telling is compared, so that time grows with the text alone."""


class Told(NamedTuple):
    """A signal, and whether its sentence gives the date (else the publication's stands in for it)."""

    signal: Signal
    dated: bool
    doer: str | None = None
    """Who did it to the other, where that is told."""


def merge_signals(told: list[Told]) -> tuple[Signal, ...]:
    """The signals with repetitions folded into the first that tells the event, body before headline, in the order of the text.

    A headline puts loosely what the body tells; it counts for itself only if the body has nothing of the kind.
    """
    merged: dict[str, list[Told]] = {}
    for new in sorted(told, key=lambda t: t.signal.evidence.field == "title"):
        of_dyad = merged.setdefault(new.signal.dyad, [])
        headline = new.signal.evidence.field == "title"
        for index, known in enumerate(of_dyad[:MAX_EVENTS]):
            if not _turned_round(known, new) and _same_event(known, new):
                of_dyad[index] = _folded(known, new)
                break
        else:
            if not (headline and any(known.signal.polarity is new.signal.polarity for known in of_dyad)):
                of_dyad.append(new)
    signals = (known.signal for of_dyad in merged.values() for known in _without_called_off(of_dyad))
    return tuple(sorted(signals, key=lambda s: (s.evidence.field == "title", s.evidence.start, s.dyad)))


def _without_called_off(of_dyad: list[Told]) -> list[Told]:
    """Without the plan that was called off and is told as one that was ("were to meet next week")."""
    off = [
        told.signal
        for told in of_dyad
        if told.signal.mode is Mode.CANCELLATION and told.signal.status is Status.OCCURRED
    ]
    if not off:
        return of_dyad
    return [told for told in of_dyad if not (_is_plan(told.signal) and any(_could_be(told.signal, o) for o in off))]


def _is_plan(signal: Signal) -> bool:
    told = signal.status is Status.PLANNED and signal.mode.family is ModeFamily.CONVERSATION
    return told and any(f"{was} {to} " in signal.evidence.text for was in ("was", "were") for to in _PAST_PLANS)


_PAST_PLANS = ("to", "due to", "set to", "scheduled to", "expected to", "planning to")


def _could_be(plan: Signal, off: Signal) -> bool:
    return Level.UNKNOWN in (plan.level, off.level) or plan.level is off.level


def _turned_round(known: Told, new: Told) -> bool:
    """As in "A expelled two of B's diplomats, and B two of A's": two events."""
    both = known.signal.mode in _OF_THEIR_OWN and new.signal.mode is known.signal.mode
    return both and None not in (known.doer, new.doer) and known.doer != new.doer


def _same_event(one: Told, other: Told) -> bool:
    known, new = one.signal, other.signal
    alike = (known.dyad, known.polarity, known.status, known.mode.family)
    apart = known.evidence != new.evidence and known.event_date != new.event_date
    greeting = known.ceremonial is not new.ceremonial and apart
    if greeting or alike != (new.dyad, new.polarity, new.status, new.mode.family):
        return False
    ranked = Level.UNKNOWN not in (known.level, new.level)
    unlike = ranked and (known.level is not new.level or known.channel is not new.channel)
    if (unlike and not _names_who(known, new)) or _told_apart(known, new):
        return False
    specific = known.mode is not new.mode and not {known.mode, new.mode} & _VAGUE
    if specific and (known.mode.family is ModeFamily.CONVERSATION or {known.mode, new.mode} & _OF_THEIR_OWN):
        return False
    if Precision.UNKNOWN in (known.event_date.precision, new.event_date.precision):
        return True
    if known.evidence == new.evidence and not (
        one.dated and other.dated
    ):  # "flew on to B, where C saw him on Saturday"
        return True
    return known.event_date.agrees_with(new.event_date)


def _told_apart(known: Signal, new: Signal) -> bool:
    """As in "A arrived in B on Monday. He met its president": a visit and a meeting, each in a sentence of its own."""
    bodies = known.evidence != new.evidence and {known.evidence.field, new.evidence.field} == {"body"}
    return bodies and known.mode is not new.mode and Mode.VISIT in (known.mode, new.mode)


def _names_who(known: Signal, new: Signal) -> bool:
    """As in "Officials met. The delegations were led by deputy ministers": the same contact, of nobody in particular first."""
    return (
        known.level is Level.WORKING
        and not known.people
        and known.mode.family is ModeFamily.CONVERSATION
        and new.level in (Level.SENIOR, Level.MINISTER)
    )


def _folded(known: Told, new: Told) -> Told:
    """The first with what the second adds: a level, a date, people, a claim of silence."""
    first, second = known.signal, new.signal
    change: dict[str, object] = {}
    if first.ceremonial and not second.ceremonial:  # "shook hands and talked"
        change |= {"mode": second.mode, "ceremonial": False}
    if _names_who(first, second) or (first.level is Level.UNKNOWN and second.level is not Level.UNKNOWN):
        change |= {"level": second.level, "channel": second.channel}
    if first.event_date.precision is Precision.UNKNOWN or (
        new.dated and not known.dated and second.evidence.field == "body"
    ):
        change["event_date"] = second.event_date
    if first.gap_claim is None and second.gap_claim is not None:
        change["gap_claim"] = second.gap_claim
    names = {person.name for person in first.people}
    change["people"] = (*first.people, *(person for person in second.people if person.name not in names))
    change["confidence"] = max(first.confidence, second.confidence)
    return Told(first.model_copy(update=change), known.dated or new.dated, known.doer or new.doer)
