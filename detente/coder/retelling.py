"""Is an event only another telling of one in the same sentence: its purpose, its sum, its apposition."""

from detente.coder.clauses import Clauses
from detente.coder.events import Event
from detente.signals import Signal
from detente.vocabulary import Mode, Polarity, Status


def retells(made: list[Signal], earlier: list[Signal], *, summing_up: bool) -> bool:
    """Whether a noun or a purpose only sums up what a verb of the same sentence told ("flew to B to meet its leader")."""
    denied = {s.dyad for s in earlier if s.status is Status.DENIED}
    if denied and all(s.dyad in denied and s.polarity is Polarity.ENGAGEMENT for s in made):
        return True  # "denied that they met as part of negotiations between the two"
    known = {(s.dyad, _kind(s)) for s in earlier}
    if summing_up and all((s.dyad, _kind(s)) in known and s.polarity is Polarity.ENGAGEMENT for s in made):
        return True
    dates = {s.event_date for s in earlier}
    promised = {(s.dyad, s.mode) for s in made if s.mode is Mode.RESTORATION and s.status is Status.PLANNED}
    if promised - {(s.dyad, s.mode) for s in earlier}:  # "signed a statement in which both undertook to reopen"
        return False
    invited = [s for s in made if s.mode is Mode.VISIT and s.status is Status.PLANNED]
    if invited and all(s.status is Status.OCCURRED and s.mode is not Mode.VISIT for s in earlier):
        return False  # "telephoned B and invited him"
    return all((s.dyad, _kind(s)) in known and (s.event_date in dates or s.event_date.date is None) for s in made)


def is_purpose(clauses: Clauses, event: Event) -> bool:
    """Whether the event is what another was for ("flew to B to meet its leader") and no plan ("agreed to")."""
    before = clauses.low[max(0, event.trigger - PLANNING_REACH) : event.trigger]
    return (
        before[-1:] == ["to"] and clauses.words.agreeing.isdisjoint(before) and before[-2] not in clauses.words.planning
    )


def is_apposition(clauses: Clauses, event: Event) -> bool:
    """As in "will meet B by May, the first meeting ever between leaders of the two"."""
    lead = clauses.low[max(0, event.trigger - _APPOSITION_REACH) : event.trigger]
    after = lead[lead.index(",") + 1 :] if "," in lead else []
    return event.nominal and after[:1] in (["the"], ["a"]) and "first" in after


_APPOSITION_REACH = 6


PLANNING_REACH = 6
"""How many words before "to meet" its "agreed" may stand."""


def _kind(signal: Signal) -> str:
    """What may be told in other words: any engagement, but a rupture only as itself."""
    return signal.mode if signal.polarity is Polarity.RUPTURE else signal.polarity
