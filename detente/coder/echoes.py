"""Deeds told by pointing at another's: "B followed suit", "C did the same", "A responded in kind"."""

from dataclasses import replace

from detente.coder.actors import PAIR
from detente.coder.events import Event, Verdict
from detente.vocabulary import Mode, Polarity, Status


def echoed(events: list[Event], told_before: Event | None) -> list[Event]:
    """The events, where those that only echo one take its deed: on whom it was done, or on its doer if they were the other."""
    done: list[Event] = []
    for event in events:
        if event.echo and event.mode is Mode.REFUSAL:
            done.append(_declined(event, next((e for e in reversed(done) if _is_plan(e)), told_before)))
            continue
        earlier = next((e for e in reversed(done) if _is_told(e)), told_before)
        done.append(_like(event, earlier) if event.echo and earlier is not None else event)
    return done


def last_deed(events: list[Event]) -> Event | None:
    """The deed that the next sentence may echo."""
    return next((event for event in reversed(events) if _is_told(event)), None)


def _is_told(event: Event) -> bool:
    return event.verdict is Verdict.ACCEPTED and bool(event.one and event.other) and not (event.passive or event.echo)


def _is_plan(event: Event) -> bool:
    return (
        event.status is Status.PLANNED and event.mode.polarity is Polarity.ENGAGEMENT and len(_parties(event)) == PAIR
    )


def _declined(event: Event, plan: Event | None) -> Event:
    """As in "They had been expected to meet, but A declined": the refusal of what was planned."""
    mine = {party for actor in event.one for party in actor.parties}
    if event.verdict is not Verdict.NO_OTHER_PARTY or plan is None or not _is_plan(plan) or not mine < _parties(plan):
        return event
    people = (*plan.one, *plan.other)
    one = tuple(actor for actor in people if set(actor.parties) <= mine)
    other = tuple(
        replace(actor, parties=tuple(party for party in actor.parties if party not in mine))
        for actor in people
        if not set(actor.parties) <= mine
    )
    if not other:
        return event
    return replace(event, one=one or event.one, other=other, verdict=Verdict.ACCEPTED, weight=0.7)


def _parties(event: Event) -> set[str]:
    return {party for actor in (*event.one, *event.other) for party in actor.parties}


def _like(event: Event, earlier: Event) -> Event:
    mine, doers, others = (
        {p for actor in side for p in actor.parties} for side in (event.one, earlier.one, earlier.other)
    )
    if event.verdict is not Verdict.NO_OTHER_PARTY or not mine or mine & doers:
        return event
    return replace(
        event,
        mode=earlier.mode,
        other=earlier.one if mine & others else earlier.other,
        thing=None,
        cameo=earlier.cameo,
        plover=earlier.plover,
        verdict=Verdict.ACCEPTED,
        ambassador=earlier.ambassador,
        weight=0.7,
    )
