"""One signal an event: an article tells the same contact several times, in its headline, its lead and its third paragraph."""

from detente.signals import Signal
from detente.vocabulary import Level, Mode, ModeFamily, Precision

_VAGUE = frozenset({Mode.TALKS, Mode.MEETING})


def merge_signals(signals: list[Signal]) -> tuple[Signal, ...]:
    """The signals with repetitions folded into the first that tells the event, body before headline; order is kept."""
    merged: list[Signal] = []
    for signal in sorted(signals, key=lambda s: s.evidence.field == "title"):
        for index, known in enumerate(merged):
            if _same_event(known, signal):
                merged[index] = _folded(known, signal)
                break
        else:
            merged.append(signal)
    return tuple(sorted(merged, key=lambda s: (s.evidence.field == "title", s.evidence.start)))


def _same_event(known: Signal, signal: Signal) -> bool:
    if (known.dyad, known.polarity, known.status) != (signal.dyad, signal.polarity, signal.status):
        return False
    if known.mode.family is not signal.mode.family or known.ceremonial is not signal.ceremonial:
        return False
    if Level.UNKNOWN not in (known.level, signal.level) and known.level is not signal.level:
        return False
    if known.channel is not signal.channel and Level.UNKNOWN not in (known.level, signal.level):
        return False
    if (
        known.mode is not signal.mode
        and not {known.mode, signal.mode} & _VAGUE
        and known.mode.family is ModeFamily.CONVERSATION
    ):
        return False
    if Precision.UNKNOWN in (known.event_date.precision, signal.event_date.precision):
        return True
    return known.event_date.agrees_with(signal.event_date)


def _folded(known: Signal, signal: Signal) -> Signal:
    """The first with what the second adds: a level, a date, people, a claim of silence."""
    change: dict[str, object] = {}
    if known.level is Level.UNKNOWN and signal.level is not Level.UNKNOWN:
        change |= {"level": signal.level, "channel": signal.channel}
    if known.event_date.precision is Precision.UNKNOWN:
        change["event_date"] = signal.event_date
    if known.gap_claim is None and signal.gap_claim is not None:
        change["gap_claim"] = signal.gap_claim
    names = {person.name for person in known.people}
    change["people"] = (*known.people, *(person for person in signal.people if person.name not in names))
    change["confidence"] = max(known.confidence, signal.confidence)
    return known.model_copy(update=change)
