"""Does a verb's event hold: enough parties, people where the verb needs them, and no match, name-calling or refusal."""

from dataclasses import replace

from detente.coder.actor_groups import Group
from detente.coder.actors import PAIR, ActorKind
from detente.coder.clauses import Clauses
from detente.coder.event_sides import sits_together
from detente.coder.events import Event, Verdict
from detente.coder.lexicon import Frame
from detente.vocabulary import Mode


def refused(frame: Frame, event: Event) -> Event:
    """The refusal of a contact, if one party refuses it to the other."""
    one = {party for actor in event.one for party in actor.parties}
    other = {party for actor in event.other for party in actor.parties}
    if not one or not other or one == other:
        return replace(event, verdict=Verdict.NEGATED)
    return replace(
        event, name=f"refuse_{frame.name}", mode=Mode.REFUSAL, cameo="125", plover="REJECT", verdict=Verdict.ACCEPTED
    )


def judge(  # noqa: PLR0911  # one return a reason
    clauses: Clauses, frame: Frame, event: Event, subject: Group | None
) -> Verdict:
    """Whether the event holds, or the reason against it."""
    one = {party for actor in event.one for party in actor.parties}
    other = {party for actor in event.other for party in actor.parties}
    if not one:
        return Verdict.NOT_A_PARTY if subject is not None else Verdict.NO_SUBJECT
    fronted = event.trigger <= 1 and clauses.low[event.trigger : event.trigger + 2] in (
        ["speaking", "to"],
        ["talking", "to"],
    )
    aside = fronted or (clauses.low[event.trigger].endswith("ing") and clauses.low[max(0, event.trigger - 1)] == ",")
    joint = (
        (frame.joint and not aside)
        or event.paired
        or frame.guests
        or sits_together(clauses, frame, one)
        or (len(one) == PAIR and _each(clauses, event))
    )
    if not event.other and (len(one) < PAIR or not joint):
        return Verdict.NO_OTHER_PARTY
    if event.other and one == other:
        return Verdict.SAME_PARTY
    if frame.person_only and event.other and not any(actor.is_people for actor in event.other):
        return Verdict.NEEDS_PEOPLE
    if frame.name == "meet" and event.other and _is_match(clauses, event):
        return Verdict.SPORT
    if frame.both_people and not all(
        actor.is_people or actor.kind is ActorKind.PAIR for actor in (*event.one, *event.other)
    ):
        return Verdict.NEEDS_PEOPLE
    if (
        frame.name == "telephone"
        and event.other
        and clauses.low[event.trigger].startswith("call")
        and _is_naming(clauses, event)
    ):
        return Verdict.NAMING
    return Verdict.ACCEPTED


def _each(clauses: Clauses, event: Event) -> bool:
    """As in "A and B have each expelled a diplomat", which they did to one another; not "each sent home four more"."""
    elliptic = event.thing is not None and event.thing < event.trigger
    return not elliptic and "each" in clauses.low[max(0, event.trigger - 2) : event.trigger]


def _is_match(clauses: Clauses, event: Event) -> bool:
    """As in "Portugal met Spain": states without people meet on the field; states' talks are held "with" somebody."""
    bare = all(actor.kind is ActorKind.STATE for actor in (*event.one, *event.other))
    return bare and "with" not in clauses.low[event.trigger : event.other[0].first]


def _is_naming(clauses: Clauses, event: Event) -> bool:
    """Whether somebody was only called something: a word that describes them follows ("called the president a friend")."""
    last = max(actor.last for actor in event.other)
    after = clauses.low[last : last + 6]
    if after[:1] == ["to"]:  # the ambassador's post: "called B's ambassador to A a fool"
        return clauses.group_at(last + 1) is not None and not {"a", "an"}.isdisjoint(after)
    named = [low for low in after if low not in (",", '"')]
    if after[:1] in ([","], ['"']) and named[:1] in (["the"], ["a"], ["an"]) and '"' in after[:2]:
        return True  # "called him, in so many words, "the worst president""
    words = clauses.words
    goes_on = (
        words.prepositions
        | words.subordinators
        | words.calendar
        | words.verb_markers
        | words.adverbs
        | words.plural_verbs
    )
    return (
        bool(after)
        and after[0] not in goes_on
        and after[0] not in (",", ".", "and", ";", "first", "to", ")")
        and not after[0].endswith("ly")
    )
