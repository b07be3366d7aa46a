"""Events told by the noun of a deed: "announced the expulsion of two diplomats", "A's suspension of talks with B"."""

from dataclasses import replace

from detente.coder.actor_groups import Group
from detente.coder.actors import PAIR, Actor, ActorKind
from detente.coder.clauses import Clauses
from detente.coder.event_sides import party_actors, sides_of
from detente.coder.event_status import verb_status
from detente.coder.events import Event, Verdict
from detente.coder.lexicon import Frame, Lexicon
from detente.coder.noun_status import noun_status
from detente.coder.verb_objects import nationals_of, object_of

PERFORMING_REACH = 12
"""How many words before the noun the verb may stand that does what the noun names."""


def deed_event(clauses: Clauses, lexicon: Lexicon, frame: Frame, noun: int) -> Event | None:
    """The event of that frame at its noun, with the reason if it fails; None if it is not the noun of something."""
    of = noun + 2 if clauses.low[noun + 1 : noun + 2] in (['"'], ["'"]) else noun + 1
    if clauses.group_at(noun) is not None or clauses.low[of : of + 1] != ["of"] or frame.object is None:
        return None
    thing = object_of(clauses, lexicon, frame.object, of + 1) or nationals_of(clauses, frame.object, of + 1)
    if thing is None:
        return None
    mode = thing.mode if frame.mode == "thing" else frame.mode
    event = Event(
        f"{frame.name}_noun",
        mode,
        noun,
        thing.last,
        thing=thing.first,
        cameo=frame.cameo,
        plover=frame.plover,
        nominal=True,
    )
    agent = _owner(clauses, noun)
    performed = not lexicon.performing.isdisjoint(clauses.low[max(0, noun - PERFORMING_REACH) : noun])
    if agent is None and performed:
        agent = clauses.subject(noun)
    one, other, weight = sides_of(clauses, frame, event, agent, passive=False)
    if not one:
        one, other = _by_the_host(clauses, event) or _without_agent(clauses, event, other)
    event = replace(event, one=one, other=other, weight=weight - 0.1)
    if performed:
        status, verdict = verb_status(clauses, noun, agent, mode, lexicon)
    else:
        status, verdict = noun_status(clauses, lexicon, noun, thing.last)
    event = replace(event, status=status, verdict=verdict)
    parties = {party for actor in (*one, *other) for party in actor.parties}
    if verdict is Verdict.ACCEPTED and len(parties) < PAIR:
        return replace(event, verdict=Verdict.NO_OTHER_PARTY)
    return event


def _owner(clauses: Clauses, noun: int) -> Group | None:
    """As in "Germany's expulsion of"; at most three words before."""
    for at in range(noun - 1, max(-1, noun - 4), -1):
        group = clauses.group_at(at)
        if group is not None:
            return group if group.actors[-1].possessive and group.kind is not ActorKind.OTHER else None
    return None


def _by_the_host(clauses: Clauses, event: Event) -> tuple[tuple[Actor, ...], tuple[Actor, ...]] | None:
    """As in "the expulsion of its own ambassador in Quito": where the envoy served, and the sentence's subject."""
    thing = event.thing or event.trigger
    if not {"its", "their"} & set(clauses.low[max(0, thing - 2) : thing]):
        return None
    host = tuple(a for g in clauses.others(event.end) if g.prep in ("in", "from", "to") for a in party_actors(g))
    owner = party_actors(clauses.subject(event.trigger))
    owner = tuple(actor for actor in owner if actor.parties not in {a.parties for a in host})
    return (host[:1], owner[:1]) if host and owner else None


def _without_agent(
    clauses: Clauses, event: Event, other: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """As in "the expulsion of B's diplomats by A", "... from A": who does it is named after it."""
    by = tuple(actor for group in clauses.others(event.end) if group.prep == "by" for actor in party_actors(group))
    if by:
        return by, tuple(actor for actor in other if actor not in by)
    return other[:1], other[1:]
