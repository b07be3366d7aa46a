"""Who stands on the two sides of a verb's event: subject and object, "between A and B", "by A", or the context."""

from itertools import pairwise

from detente.coder.actor_groups import Group
from detente.coder.actors import PAIR, Actor, ActorKind
from detente.coder.clauses import Clauses
from detente.coder.events import Event
from detente.coder.lexicon import Frame
from detente.vocabulary import Mode

_BETWEEN_REACH = 12
_PART_OF_ANOTHER = (",", "and")
_BEFORE_REACH = 3
"""How many words may stand between a thing and the two parties after or before it."""


def sides_of(
    clauses: Clauses, frame: Frame, event: Event, subject: Group | None, *, passive: bool
) -> tuple[tuple[Actor, ...], tuple[Actor, ...], float]:
    """The two sides of a frame and how sure they are."""
    pair = pair_of_thing(clauses, event)
    if pair is not None:
        named = {party for actor in pair for party in actor.parties}
        if subject is not None and subject.parties() == named and not passive:  # "ministers of A and B held A-B talks"
            return party_actors(subject), (), 0.9
        return pair, (), 0.9
    right = _right_side(clauses, frame, event, passive=passive)
    if passive:
        return _passive_sides(clauses, frame, event, subject, right)
    if not right and frame.direct == "person":
        right = party_actors(clauses.pronouns.object(event.end, subject))
    if frame.guests:
        return right, (), 0.78
    return _active_sides(clauses, frame, event, subject, right)


def _active_sides(
    clauses: Clauses, frame: Frame, event: Event, subject: Group | None, right: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...], float]:
    left = party_actors(subject)
    if subject is not None and not left:
        return (), right, 0.9
    known = {party for actor in left for party in actor.parties}
    right = tuple(actor for actor in right if not set(actor.parties) <= known) or (right if not frame.joint else ())
    if left and right and (weight := _at_one_table(clauses, frame, event, left, right)):
        return (*left, *right), (), weight
    if right:
        return left, right, 0.9
    if frame.joint and len(known) >= PAIR:
        return left, (), 0.9
    if frame.alone and known:
        return left, _only_other(clauses, known, subject), 0.7
    return left, (), 0.9


def sits_together(clauses: Clauses, frame: Frame, parties: set[str]) -> bool:
    """As in "hosted the leaders of B and C at a tripartite summit": the guests met, too."""
    return frame.direct == "person" and len(parties) > PAIR and not _OF_THREE.isdisjoint(clauses.low)


_OF_THREE = frozenset({"trilateral", "tripartite", "three-way", "quadrilateral", "four-way"})


def _at_one_table(
    clauses: Clauses, frame: Frame, event: Event, left: tuple[Actor, ...], right: tuple[Actor, ...]
) -> float | None:
    """As in "A and B met with C": all of them met; "separately" parts them. How sure that is."""
    known = {party for actor in left for party in actor.parties}
    if sits_together(clauses, frame, known | {party for actor in right for party in actor.parties}):
        return 0.9
    near = clauses.low[max(0, event.trigger - 4) : event.end + 6]
    together = event.mode in (Mode.MEETING, Mode.TALKS, Mode.CALL, Mode.VIDEO) and _PARTING.isdisjoint(near)
    return 0.78 if frame.joint and len(known) >= PAIR and together else None


_PARTING = frozenset({"separately", "each", "separate"})


def _passive_sides(
    clauses: Clauses, frame: Frame, event: Event, subject: Group | None, right: tuple[Actor, ...]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...], float]:
    by = tuple(actor for group in clauses.others(event.end) if group.prep == "by" for actor in party_actors(group))
    if event.thing is None:
        return party_actors(subject), by, 0.9
    holder = clauses.group_at(event.thing)
    owners = party_actors(holder) if holder is not None else _near_thing(clauses, frame, event.thing, event.trigger)
    owners = owners or _whose_own(clauses, event.thing) or _its(clauses, event.thing)
    posted = (
        _posted_to(clauses, event.thing, event.trigger) if frame.place_preps or event.mode is Mode.EXPULSION else ()
    )
    other = by or posted or tuple(a for a in right if a not in owners)
    if by and not owners:  # "talks were paused by A"
        return by, (), 0.78
    if other or not owners:
        return owners, other, 0.78
    return owners, _only_other(clauses, {party for actor in owners for party in actor.parties}, None), 0.7


def _whose_own(clauses: Clauses, thing: int) -> tuple[Actor, ...]:
    """As in "A's own envoy in B was called back"."""
    return next((_named(g) for g in clauses.groups if clauses.low[g.last : thing] == ["'s", "own"]), ())


def _its(clauses: Clauses, thing: int) -> tuple[Actor, ...]:
    """As in "A said that its embassy in B would be shut": whoever the sentence is about."""
    if clauses.low[max(0, thing - 1) : thing] not in (["its"], ["their"]):
        return ()
    about = (g for g in clauses.groups if g.last < thing and g.prep is None and not g.is_object and g.parties())
    return party_actors(next(about, None))


def _posted_to(clauses: Clauses, thing: int, verb: int) -> tuple[Actor, ...]:
    """Where the diplomats served: "A's ambassador to B was expelled"."""
    groups = (g for g in clauses.groups if thing < g.first < verb and g.prep in ("to", "in"))
    return tuple(actor for group in groups for actor in party_actors(group))


def _near_thing(clauses: Clauses, frame: Frame, thing: int, verb: int) -> tuple[Actor, ...]:
    found = [
        actor
        for group in clauses.groups
        if thing < group.first < verb
        and group.prep in frame.preps | {"between", "with", "of"}
        and {"which", "who"}.isdisjoint(clauses.low[thing : group.first])
        for actor in (_named(group) if group.prep == "of" else party_actors(group))
    ]
    before = [
        actor
        for group in clauses.groups
        if group.last in (thing, thing - 1)
        for actor in group.actors
        if actor.parties and actor.kind is not ActorKind.OTHER
    ]
    return tuple(before + found)


def pair_of_thing(clauses: Clauses, event: Event) -> tuple[Actor, ...] | None:
    """The two parties that the thing itself names: "talks between A and B", "US-China talks"."""
    if event.thing is None:
        return None
    for group in clauses.groups:
        if len(group.named()) < PAIR or group.kind is ActorKind.OTHER:
            continue
        between = group.prep == "between" and 0 < group.first - event.thing < _BETWEEN_REACH
        before = (
            0 <= event.thing - group.last <= _BEFORE_REACH
            and clauses.noun_after(group) is not None
            and group.kind in (ActorKind.MODIFIER, ActorKind.STATE)
            and _hyphened(clauses, group)
        )
        if between or before:
            return tuple(actor for actor in group.actors if actor.parties)
    return None


def _hyphened(clauses: Clauses, group: Group) -> bool:
    return (
        len(group.actors) == PAIR and clauses.low[group.actors[0].last] in ("-", "/")
    ) or group.kind is ActorKind.MODIFIER


def _right_side(clauses: Clauses, frame: Frame, event: Event, *, passive: bool) -> tuple[Actor, ...]:
    start = event.trigger + 1 if event.thing is not None else event.end
    direct_open = frame.direct is not None and not passive
    found: list[Actor] = []
    for group in clauses.others(start):
        another = _PART_OF_ANOTHER in pairwise(clauses.low[event.end : group.first])
        if found and another:
            break  # "break off ties with B, and to refer it to C"
        if group.prep is None and direct_open:
            found += [] if another else _direct(clauses, frame, group)
            direct_open = group.kind is ActorKind.MODIFIER and not found
        elif group.prep in frame.preps:
            found += [actor for actor in group.actors if actor.is_party or (actor.parties and frame.direct == "any")]
        elif group.prep in frame.place_preps:
            found += [actor for actor in group.actors if actor.is_party]
        elif group.prep is None and frame.object is not None and frame.direct == "any" and group.first < event.end:
            found += [actor for actor in group.actors if actor.parties and actor.kind is not ActorKind.OTHER]
    if not found and event.thing is not None and event.thing < event.trigger:
        found += _near_thing(clauses, frame, event.thing, event.trigger)
        found += _posted_to(clauses, event.thing, event.trigger)
    if not found and event.thing is not None and clauses.low[event.thing] not in ("conference", "session"):
        holder = clauses.group_at(event.thing) or clauses.group_at(event.thing - 1)
        if holder is not None and holder.first > event.trigger:
            found += [actor for actor in holder.actors if actor.parties and actor.kind is not ActorKind.OTHER]
    return tuple(found)


def _direct(clauses: Clauses, frame: Frame, group: Group) -> list[Actor]:
    if frame.direct == "person":
        if group.kind is ActorKind.STATE and clauses.describes(group):
            return []
        return [a for a in group.actors if a.is_party and not (a.possessive and frame.no_possessive)]
    if frame.direct == "place":
        return [a for a in group.actors if a.kind is ActorKind.STATE or a.is_people]
    return [a for a in group.actors if a.parties and a.kind is not ActorKind.OTHER]


def _only_other(clauses: Clauses, known: set[str], subject: Group | None) -> tuple[Actor, ...]:
    """The one other party that the sentence names, if there is exactly one; not who does something of its own before."""
    others = [
        actor
        for group in clauses.groups
        for actor in group.actors
        if actor.is_party
        and not set(actor.parties) & known
        and not actor.possessive
        and not _acts_alone(clauses, group, subject)
        and (actor.is_people or group.prep in (None, "with", "from", "by", "at", "against"))
    ]
    return tuple(others[:1]) if len({actor.parties for actor in others}) == 1 else ()


def _acts_alone(clauses: Clauses, group: Group, subject: Group | None) -> bool:
    """As in "A downgraded its ties and B announced a break": A is no party to what B did."""
    if subject is None or group.prep is not None or group.is_object or group.last > subject.first:
        return False
    return not {"and", "while", "but", ";"}.isdisjoint(clauses.low[group.last : subject.first])


def _named(group: Group) -> tuple[Actor, ...]:
    """Those of the group who name a party, if only by describing something ("the Rwandan embassy")."""
    return tuple(actor for actor in group.actors if actor.parties and actor.kind is not ActorKind.OTHER)


def party_actors(group: Group | None) -> tuple[Actor, ...]:
    """Those of the group who can take part in a contact."""
    return tuple(actor for actor in group.actors if actor.is_party) if group is not None else ()
