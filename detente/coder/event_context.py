"""What a sentence leaves out: the other party from the events before it, and plans that it calls off itself."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from detente.coder.actors import PAIR, Actor, ActorKind
from detente.coder.clauses import Clauses
from detente.coder.events import Event, Verdict
from detente.vocabulary import Mode, Polarity, Status


def completed(
    clauses: Clauses,
    events: list[Event],
    last_pair: tuple[Actor, ...],
    told_before: Event | None = None,
    named: AbstractSet[str] = frozenset(),
) -> list[Event]:
    """A rupture that names one party alone, or none, takes the rest from the sentence's event before it, or from the article.

    ``told_before`` is the last deed that was told, ``named`` all the parties of the article.
    """
    done: list[Event] = []
    for event in events:
        whole = _with_context(event, done, last_pair) if event.alone else event
        done.append(_with_article(clauses, whole, told_before, named) if whole.alone else whole)
    return done


def _with_article(clauses: Clauses, event: Event, told_before: Event | None, named: AbstractSet[str]) -> Event:
    """The other party is whom the sentence before had turned on, or the only other of whom the article speaks."""
    known = {party for actor in event.one for party in actor.parties}
    if event.verdict is not Verdict.NO_OTHER_PARTY or not known or event.status is not Status.OCCURRED:
        return event
    if any(group.prep == "with" for group in clauses.others(event.end)):  # somebody who is no party
        return event
    other = (
        _opposite(known, told_before)
        if told_before is not None and told_before.mode.polarity is Polarity.RUPTURE
        else ()
    )
    rest = named - known
    if not other and len(known) == 1 and len(named) == PAIR and len(rest) == 1:
        other = (Actor(ActorKind.STATE, event.trigger, event.trigger + 1, tuple(rest)),)
    return replace(event, other=other, verdict=Verdict.ACCEPTED, weight=0.6) if other else event


def _with_context(event: Event, done: list[Event], last_pair: tuple[Actor, ...]) -> Event:
    known = {party for actor in event.one for party in actor.parties}
    if event.verdict is Verdict.NO_OTHER_PARTY and known:
        before = next((found for e in done if (found := _opposite(known, e))), ())
        pair = {party for actor in last_pair for party in actor.parties[:1]}
        other = before or tuple(actor for actor in last_pair if known <= pair and not set(actor.parties) & known)
        if other:
            return replace(event, other=other, verdict=Verdict.ACCEPTED, weight=0.7 if before else 0.6)
    if event.verdict is Verdict.NO_SUBJECT and not event.other and event.anaphoric:
        earlier = next((e for e in reversed(done) if e.verdict is Verdict.ACCEPTED or _was_planned(e)), None)
        one, other = (earlier.one, earlier.other) if earlier is not None else (last_pair, ())
        if one:
            return replace(event, one=one, other=other, verdict=Verdict.ACCEPTED, weight=0.7 if earlier else 0.65)
    return event


def _was_planned(event: Event) -> bool:
    """As in "was to have visited B, but the trip was put off"."""
    return event.verdict is Verdict.HYPOTHETICAL and event.status is Status.PLANNED and len(_parties(event)) >= PAIR


def _opposite(known: set[str], earlier: Event) -> tuple[Actor, ...]:
    """Whom those parties face if they did, or had done to them, what the earlier event tells, or joined in it."""
    if earlier.verdict is not Verdict.ACCEPTED or not earlier.other:
        return ()
    doers, others = ({p for actor in side for p in actor.parties} for side in (earlier.one, earlier.other))
    if known & others:
        return earlier.one if known == others else ()
    return earlier.other if known == doers or not known & doers else ()


def without_called_off(events: list[Event]) -> list[Event]:
    """Drop the plan that the same sentence says was cancelled or refused ("was due to visit B, has cancelled the trip")."""
    called_off = [
        _parties(event)
        for event in events
        if event.verdict is Verdict.ACCEPTED and event.mode in (Mode.CANCELLATION, Mode.REFUSAL)
    ]
    return [
        replace(event, verdict=Verdict.CALLED_OFF)
        if event.verdict is Verdict.ACCEPTED
        and event.mode.polarity is Polarity.ENGAGEMENT
        and event.status is Status.PLANNED
        and _parties(event) in called_off
        else event
        for event in events
    ]


def _parties(event: Event) -> set[str]:
    return {party for actor in (*event.one, *event.other) for party in actor.parties}
