"""Events told by a verb: "A met B", "A and B held talks", "diplomats were expelled by A"."""

from dataclasses import replace

from detente.coder.actor_groups import Group
from detente.coder.clauses import Clauses
from detente.coder.deed_events import deed_event
from detente.coder.event_sides import pair_of_thing, party_actors, sides_of
from detente.coder.event_status import is_present, verb_status
from detente.coder.events import Event, Verdict
from detente.coder.frame_words import has_words, is_aside, is_excluded
from detente.coder.lexicon import Frame, FramePattern, Lexicon, ThingClass
from detente.coder.means import by_means
from detente.coder.orders import Order, order_for
from detente.coder.verb_judgement import judge, refused
from detente.coder.verb_objects import (
    Thing,
    nationals_of,
    nearest_thing,
    object_of,
    own_of,
    relative_object,
    subject_of_passive,
)
from detente.coder.verb_words import is_passive, is_verb
from detente.vocabulary import Level, Mode, Status

MAX_EVENTS = 16
"""A sentence with more verbs of contact is no sentence; the rest is not read, so that the time per sentence is bounded."""
_ONLY_PLANNED_BY_ACCORD = (ThingClass.CONVERSATION, ThingClass.COOPERATION)
"""Who agrees to resume talks has not talked yet; who agrees to restore ties has ended the break."""


def find_verb_events(clauses: Clauses, lexicon: Lexicon) -> list[Event]:
    """The candidates in the order of their verbs; a verb gives the first of its frames that fits, else the reason against the first."""
    events: list[Event] = []
    at = 0
    while at < len(clauses.low) and len(events) < MAX_EVENTS:
        patterns = lexicon.patterns.get(clauses.low[at], ())
        found = _first_fit(clauses, lexicon, patterns, at) if patterns else None
        at += 1
        if found is not None:
            event, end = found
            events.append(event)
            at = end if event.verdict is Verdict.ACCEPTED else at
    return events


def _first_fit(
    clauses: Clauses, lexicon: Lexicon, patterns: tuple[FramePattern, ...], at: int
) -> tuple[Event, int] | None:
    """The event and the token after its verb and particles."""
    failed: tuple[Event, int] | None = None
    verb = is_verb(clauses, at)
    for pattern in patterns:
        end = _rest_end(clauses.low, at + 1, pattern.rest)
        if end is None or not (verb or pattern.nominal):
            continue
        event = (
            deed_event(clauses, lexicon, pattern.frame, at)
            if pattern.nominal
            else _fit(clauses, lexicon, pattern.frame, at, end)
        )
        if event is not None and event.verdict is Verdict.ACCEPTED:
            return event, end
        failed = failed or ((event, end) if event is not None else None)
    return failed


def _rest_end(low: list[str], at: int, rest: tuple[str, ...]) -> int | None:
    """Where the verb's particle ends; a particle may stand after a short object ("called the visit off")."""
    if not rest:
        return at
    if tuple(low[at : at + len(rest)]) == rest:
        return at + len(rest)
    if low[at + 1 : at + 2] == ['"'] and (low[at], low[at + 2 : at + 1 + len(rest)]) == (rest[0], list(rest[1:])):
        return at + 1 + len(rest)  # `"stormed out" of`
    if len(rest) > 1 and low[at : at + 1] == ["still"] and tuple(low[at + 1 : at + 1 + len(rest)]) == rest:
        return at + 1 + len(rest)
    if (
        len(rest) == 1
        and rest[0] in ("off", "out", "down", "back", "home")
        and low[at - 1] not in ("be", "been", "is", "was")
    ):
        for shift in range(1, 6):
            if at + shift < len(low) and low[at + shift] == rest[0]:
                return at
    return None


def _fit(clauses: Clauses, lexicon: Lexicon, frame: Frame, verb: int, end: int) -> Event | None:
    """The event of that frame at that verb, with the reason if it fails; None if the frame's object or words are missing."""
    passive = is_passive(clauses, verb)
    if is_excluded(clauses, frame, verb, end, passive=passive):
        return None
    mode = frame.mode
    thing = None
    if frame.object is not None:
        found, passive = _thing_of(clauses, lexicon, frame, frame.object, verb, end, passive=passive)
        if found is None or not has_words(clauses, frame, found, verb, end):
            return None
        thing = found.first
        mode = found.mode if mode == "thing" else mode
        end = max(end, found.last) if thing > verb else end
    assert mode != "thing"
    mode = by_means(clauses, verb, mode)
    ceremonial = frame.ceremonial or (
        mode in (Mode.MEETING, Mode.TALKS) and frame.object is None and _in_passing(clauses, verb)
    )
    base = Event(
        frame.name,
        mode,
        verb,
        end,
        thing=thing,
        cameo=frame.cameo,
        plover=frame.plover,
        ceremonial=ceremonial,
        alone=frame.alone or frame.context,
        passive=passive,
        echo=frame.echo,
    )
    event = _with_people(clauses, _with_sides(clauses, lexicon, frame, base, passive=passive))
    if frame.needs and not _is_trip(clauses, frame, event) and not _answers(clauses, event):
        return replace(event, verdict=Verdict.NO_TRIP)
    return event


def _thing_of(  # the frame, its kind of thing and where it stands
    clauses: Clauses, lexicon: Lexicon, frame: Frame, kind: ThingClass, verb: int, end: int, *, passive: bool
) -> tuple[Thing | None, bool]:
    """What the verb is done to, and whether it is the subject of a passive."""
    found = None if passive or frame.moving == "only" else object_of(clauses, lexicon, kind, end)
    if found is None and not passive:
        found = (
            own_of(clauses, lexicon, kind, end)
            or relative_object(clauses, lexicon, kind, verb)
            or nationals_of(clauses, kind, end)
        )
    aside = not passive and frame.moving is None
    if (
        found is None
        and aside
        and is_aside(clauses, verb)
        and (near := nearest_thing(clauses, lexicon, kind, verb - 1))
    ):
        return near, True
    if found is None and (not aside or is_aside(clauses, verb)):
        return subject_of_passive(clauses, lexicon, kind, verb - 1 if aside else verb), True
    return found, passive


def _with_people(clauses: Clauses, event: Event) -> Event:
    """A refusal or cancellation with the people whom it names later: "B rejected A's request for C's minister to meet D's"."""
    if event.mode not in (Mode.REFUSAL, Mode.CANCELLATION) or not event.other:
        return event
    named = {
        actor.parties: actor
        for group in clauses.others(event.end, stop_at_verbs=False)
        for actor in group.actors
        if actor.is_people and actor.parties
    }
    one, other = (
        tuple(actor if actor.is_people else named.get(actor.parties, actor) for actor in side)
        for side in (event.one, event.other)
    )
    return replace(event, one=one, other=other)


def _is_trip(clauses: Clauses, frame: Frame, event: Event) -> bool:
    """Whether words of business stand near, or who arrived is of a rank that travels on business."""
    near = clauses.low[max(0, event.trigger - NEEDS_BEFORE) : event.trigger + NEEDS_AFTER]
    return not frame.needs.isdisjoint(near) or any(
        frame.by_rank and actor.is_people and not actor.plural and actor.level in _RANKS[event.thing is not None]
        for actor in event.one
    )


def _answers(clauses: Clauses, event: Event) -> bool:
    """As in "A offered B talks. B turned the offer down": the thing is what the article told of before."""
    definite = event.thing is not None and clauses.low[event.thing - 1 : event.thing] in (["the"], ["that"], ["this"])
    return definite and event.mode is Mode.REFUSAL and bool(clauses.pronouns.pair)


_RANKS = {False: (Level.HEAD, Level.MINISTER), True: (Level.HEAD, Level.MINISTER, Level.SENIOR)}
"""Who travels on business: alone, and with a delegation."""
NEEDS_BEFORE, NEEDS_AFTER = 12, 22
"""How many tokens around the verb its words of business may stand."""


def _in_passing(clauses: Clauses, verb: int) -> bool:
    """Whether they only met for a greeting: "briefly met", "limited to a handshake"."""
    near = clauses.low[max(0, verb - 2) : verb + 2]
    return "briefly" in near or not {"handshake", "handshakes", "pleasantries"}.isdisjoint(clauses.low)


def _with_sides(clauses: Clauses, lexicon: Lexicon, frame: Frame, event: Event, *, passive: bool) -> Event:
    subject = None if passive and frame.object is not None else clauses.subject(event.trigger)
    if subject is None and not passive:
        subject = clauses.decider(event.trigger)
    order = order_for(clauses, event.trigger, lexicon) if event.mode in (Mode.CLOSURE, Mode.RECALL) else None
    if order is not None:
        if event.mode is Mode.RECALL:  # "A told B to withdraw its ambassador"
            event = replace(event, mode=Mode.EXPULSION)
        one, other, weight = party_actors(order.master), party_actors(order.addressee), 0.9
    else:
        one, other, weight = sides_of(clauses, frame, event, subject, passive=passive)
    event = replace(
        event,
        paired=not other and pair_of_thing(clauses, event) is not None,
        ambassador=event.thing is not None and clauses.low[event.thing] in lexicon.ambassadors,
        anaphoric=passive and event.thing is not None and _is_known(clauses, event.thing),
    )
    status, verdict = _status_of(clauses, lexicon, frame, event, subject, order)
    event = replace(
        event, one=one, other=other, status=status, verdict=verdict, weight=weight - (0.1 if frame.weak else 0.0)
    )
    if verdict is Verdict.REFUSED:
        return refused(frame, event)
    if verdict is not Verdict.ACCEPTED:
        return event
    return replace(event, verdict=judge(clauses, frame, event, subject))


def _status_of(  # the event and who does it
    clauses: Clauses, lexicon: Lexicon, frame: Frame, event: Event, subject: Group | None, order: Order | None
) -> tuple[Status, Verdict]:
    """The status of the event, or the reason against it, with what its frame and its mode make of it."""
    by_accord = frame.object is ThingClass.TIES or (
        event.mode is Mode.RESTORATION and frame.object not in _ONLY_PLANNED_BY_ACCORD
    )
    status, verdict = verb_status(clauses, event.trigger, subject, event.mode, lexicon, by_accord=by_accord)
    if order is not None:
        status, verdict = verb_status(clauses, order.verb, order.master, event.mode, lexicon)
    if frame.mode is Mode.VISIT and status is Status.OCCURRED and is_present(clauses, event.trigger):
        status = Status.PLANNED  # "The president goes to B this weekend"
    if event.mode is Mode.REFUSAL and status is Status.PLANNED and _will(clauses, event.trigger):
        status = Status.OCCURRED  # "said that it would reject any talks"
    if status is Status.OCCURRED and verdict is Verdict.ACCEPTED and _of_none(clauses, event):
        status = Status.DENIED  # "held no talks with B"
    return (frame.status if frame.status is not None and status is not Status.DENIED else status), verdict


def _of_none(clauses: Clauses, event: Event) -> bool:
    thing = event.thing if event.thing is not None else -1
    return event.mode is not Mode.REFUSAL and "no" in clauses.low[event.trigger + 1 : max(0, thing)]


def _will(clauses: Clauses, verb: int) -> bool:
    return verb > 0 and clauses.low[verb - 1] in ("will", "would", "'ll")


def _is_known(clauses: Clauses, thing: int) -> bool:
    """Whether a definite word stands before the thing, at most an adjective between ("the planned talks")."""
    return any(low in ("the", "their", "that", "this", "both") for low in clauses.low[max(0, thing - 2) : thing])
