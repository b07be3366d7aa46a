"""Events told by a noun: "following a meeting between A and B", "A's visit to B", "and a subsequent call"."""

from dataclasses import replace

from detente.coder.actor_groups import Group
from detente.coder.actors import PAIR, Actor, ActorKind
from detente.coder.clauses import Clauses
from detente.coder.events import Event, Verdict
from detente.coder.lexicon import Lexicon, ThingClass
from detente.coder.noun_status import NO_REACH, is_ruled_out, noun_status
from detente.vocabulary import Mode

_NEAR, _COMMA_REACH, _PREMODIFIER_REACH = 8, 5, 3
"""How many words may stand between the noun and its parties."""


def find_noun_events(clauses: Clauses, lexicon: Lexicon, taken: frozenset[int]) -> list[Event]:
    """The candidates in order; nouns in ``taken`` already belong to a verb's event."""
    events: list[Event] = []
    at = 0
    while at < len(clauses.low):
        found = _noun_at(clauses, lexicon, at)
        if found is None:
            at += 1
            continue
        length, mode, kind = found
        aside = "sidelines" in clauses.low[max(0, at - 6) : at]  # somebody else's meeting
        if not aside and not taken & set(range(at, at + length)) and clauses.group_at(at) is None:
            event = _event(clauses, lexicon, at, at + length, mode, kind, events)
            if event is not None:
                events.append(event)
        at += length
    return events


def _noun_at(clauses: Clauses, lexicon: Lexicon, at: int) -> tuple[int, Mode, ThingClass] | None:
    if at and clauses.low[at] in clauses.words.rounds and clauses.low[at - 1] in ("the", "their"):
        length = 2 if clauses.low[at + 1 : at + 2] in (["round"], ["one"]) else 1
        if clauses.low[at + length : at + length + 1] in _GOING_ON:  # "The last was held in May"
            return length, Mode.TALKS, ThingClass.CONVERSATION
    if clauses.low[at] == "bilateral" and at + 1 < len(clauses.low) and clauses.low[at + 1] in lexicon.nouns:
        return None
    for kind in (ThingClass.CONVERSATION, ThingClass.VISIT):
        found = lexicon.thing_at(kind, clauses.low, at)
        if found is not None:
            return (*found, kind)
    return None


_GOING_ON = (["took"], ["was"], ["were"], ["came"], ["had"], ["will"], ["ended"], ["began"], ["is"])


def _event(  # noqa: PLR0917  # what the noun is and where it stands
    clauses: Clauses, lexicon: Lexicon, at: int, end: int, mode: Mode, kind: ThingClass, earlier: list[Event]
) -> Event | None:
    base = Event(
        "visit_noun" if kind is ThingClass.VISIT else "conversation_noun",
        mode,
        at,
        end,
        thing=at,
        cameo=_CAMEO[mode],
        plover="CONSULT",
        weight=0.75,
        nominal=True,
    )
    one, other = _sides(clauses, at, end, kind)
    if not one and earlier and set(clauses.low[max(0, at - 3) : at]) & clauses.words.sequels:
        previous = earlier[-1]
        return replace(base, one=previous.one, other=previous.other, status=previous.status, verdict=previous.verdict)
    if not one:
        one, other = _told_in_passing(clauses, at, end, kind, mode)
    if not one:
        one, other = _none_with(clauses, at, end)
    if not one and kind is ThingClass.CONVERSATION:
        one = _theirs(clauses, at)
    if not one:
        return None
    parties = {party for actor in (*one, *other) for party in actor.parties}
    if len(parties) < PAIR:
        return replace(base, one=one, other=other, verdict=Verdict.NO_OTHER_PARTY)
    if is_ruled_out(clauses, at):
        return replace(base, mode=Mode.REFUSAL, one=one, other=other, cameo="125", plover="REJECT")
    status, verdict = noun_status(clauses, lexicon, at, end)
    return replace(base, one=one, other=other, status=status, verdict=verdict)


_CAMEO = {Mode.MEETING: "040", Mode.TALKS: "040", Mode.CALL: "041", Mode.VIDEO: "041", Mode.VISIT: "042"}


def _sides(clauses: Clauses, at: int, end: int, kind: ThingClass) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    owner = _owner(clauses, at)
    if kind is ThingClass.VISIT:
        goal = [
            actor
            for group in clauses.others(end)
            if group.prep in ("to", "by") and group.first - end < _NEAR
            for actor in group.actors
            if actor.is_party
        ]
        if owner is None:
            return _visit_by(clauses, end)
        return (_actors(owner), tuple(goal)) if goal else ((), ())
    for group in clauses.others(end):
        if (
            group.prep in ("between", "among", "of", "by")
            and len(group.named()) >= PAIR
            and group.first - end < _GOAL_REACH
        ):
            return _named(group), ()
        if group.prep in ("with", "to") and owner is not None and group.first - end < _NEAR:
            return _actors(owner), _actors(group)
    pair = next(
        (
            group
            for group in clauses.groups
            if 0 <= at - group.last <= _PREMODIFIER_REACH
            and len(group.named()) == PAIR
            and clauses.noun_after(group) is not None
        ),
        None,
    )
    if pair is not None and pair.kind in (ActorKind.MODIFIER, ActorKind.STATE):
        return _named(pair), ()
    return (), ()


def _theirs(clauses: Clauses, at: int) -> tuple[Actor, ...]:
    """As in "their next meeting": the two parties of the sentence's subject, else those of whom the article spoke."""
    lead = clauses.low[max(0, at - _THEIR_REACH) : at + 1]
    if clauses.words.rounds.isdisjoint(lead):
        return ()
    named = set().union(
        *(group.parties() for group in clauses.groups if group.first < at and group.prep not in _PLACES)
    )
    if "their" not in lead:
        return clauses.pronouns.pair if "the" in lead and not named else ()
    subject = clauses.subject(at - len(lead) + lead.index("their"))
    if subject is not None and len(subject.parties()) == PAIR:
        return _actors(subject)
    return clauses.pronouns.pair if len(named) < PAIR else ()


_THEIR_REACH = 4
_PLACES = ("in", "at", "to")


def _visit_by(clauses: Clauses, end: int) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """As in "the first visit by an A minister to B"."""
    groups = [group for group in clauses.others(end) if group.first - end < _NEAR + _NEAR]
    preps = ("of", "by") if clauses.low[end : end + 1] == ["of"] else ("by",)
    guest = next((group for group in groups if group.prep in preps), None)
    host = next((group for group in groups if group.prep == "to"), None)
    return (_actors(guest), _actors(host)) if guest is not None and host is not None else ((), ())


def _told_in_passing(
    clauses: Clauses, at: int, end: int, kind: ThingClass, mode: Mode
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """As in "In a call with B, A said ...", "A voiced support for B in a phone call", "On a visit to B, A ..."."""
    before = clauses.low[max(0, at - 5) : at]
    called_home = clauses.low[at].startswith("consultation") and not _ENVOYS.isdisjoint(clauses.low)
    if (
        called_home
        or clauses.words.passing_leads.isdisjoint(before)
        or (kind is ThingClass.VISIT and clauses.low[end : end + 1] in (["of"], ["by"]))  # somebody else's
        or "'s" in before
        or any(clauses.group_at(i) for i in range(max(0, at - 2), at))
    ):
        return (), ()
    preps = ("to",) if kind is ThingClass.VISIT else ("with", "to")
    goal = next(
        (g for g in clauses.others(end) if g.prep in preps and g.first - end < _GOAL_REACH and g.parties()), None
    )
    subject = clauses.subject(at) or _after_comma(clauses, end)
    if subject is None or not subject.parties():
        return (), ()
    if goal is not None and goal.parties() <= subject.parties():  # "put it to B in a call, inviting him to A"
        goal = None
    if goal is not None or clauses.low[end : end + 1] == ["with"]:
        return (_actors(subject), _actors(goal)) if goal is not None else ((), ())
    if (
        len(subject.parties()) > 1
        and not clauses.words.own_leads.isdisjoint(before)
        and "sidelines" not in clauses.low
        and (mode is not Mode.TALKS or not clauses.words.formal.isdisjoint(before))
        and kind is ThingClass.CONVERSATION
        and "their" not in before
    ):
        return _actors(subject), ()
    if mode in (Mode.CALL, Mode.VIDEO):
        known = subject.parties()
        people = [a for g in clauses.groups for a in g.actors if a.is_people and not set(a.parties) & known]
        return (_actors(subject), tuple(people[:1])) if len({a.parties for a in people}) == 1 else ((), ())
    return (), ()


_ENVOYS = frozenset({"ambassador", "ambassadors", "envoy", "envoys"})
_GOAL_REACH = 12


def _after_comma(clauses: Clauses, end: int) -> Group | None:
    """The main clause's subject when the noun stands in a phrase before it."""
    for at in range(end, min(len(clauses.low), end + 20)):
        if clauses.low[at] == ",":
            group = next((g for g in clauses.groups if g.first > at), None)
            return group if group is not None and group.prep is None and group.first - at < _COMMA_REACH else None
    return None


_WHOSE_REACH = 4


def _owner(clauses: Clauses, at: int) -> Group | None:
    """Whose it is: "A's talks with B"; the possessor at most four words before, or before "whose"."""
    if "whose" in clauses.low[max(0, at - _WHOSE_REACH) : at]:
        before = clauses.low.index("whose", max(0, at - _WHOSE_REACH))
        return next((g for g in clauses.groups if before - 2 <= g.last <= before and g.parties()), None)
    for index in range(at - 1, max(-1, at - 6), -1):
        group = clauses.group_at(index)
        if group is not None:
            return group if group.actors[-1].possessive and group.kind is not ActorKind.OTHER else None
    return None


def _actors(group: Group | None) -> tuple[Actor, ...]:
    if group is None:
        return ()
    return tuple(actor for actor in group.actors if actor.is_party or (actor.possessive and actor.parties))


def _named(group: Group) -> tuple[Actor, ...]:
    return tuple(actor for actor in group.actors if actor.parties and actor.kind is not ActorKind.OTHER)


def _none_with(clauses: Clauses, at: int, end: int) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """As in "A said that no talks with B were under way", "A said there could be no talks with B"."""
    if "no" not in clauses.low[max(0, at - NO_REACH) : at]:
        return (), ()
    goal = next((g for g in clauses.others(end) if g.prep == "with" and g.first - end < _BEFORE_PARTY), None)
    speaker = clauses.subject(at) if goal is not None else None
    return (_actors(speaker), _actors(goal)) if speaker is not None else ((), ())


_BEFORE_PARTY = 3
"""How many words may stand between the noun and whom it is with."""
