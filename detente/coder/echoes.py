"""Deeds told by pointing at another's: "B followed suit", "C did the same", "A responded in kind"."""

from dataclasses import replace

from detente.coder.events import Event, Verdict


def echoed(events: list[Event], told_before: Event | None) -> list[Event]:
    """The events, where those that only echo one take its deed: on whom it was done, or on its doer if they were the other."""
    done: list[Event] = []
    for event in events:
        earlier = next((e for e in reversed(done) if _is_told(e)), told_before)
        done.append(_like(event, earlier) if event.echo and earlier is not None else event)
    return done


def last_deed(events: list[Event]) -> Event | None:
    """The deed that the next sentence may echo."""
    return next((event for event in reversed(events) if _is_told(event)), None)


def _is_told(event: Event) -> bool:
    return event.verdict is Verdict.ACCEPTED and bool(event.one and event.other) and not (event.passive or event.echo)


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
