"""Dates that an event takes from another's: "a day after A severed ties", "In 2017 A cut ties. It also closed its embassy"."""

from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from detente.coder.actors import ActorKind
from detente.coder.clauses import Clauses
from detente.coder.date_words import DateExpression, number, unit_days
from detente.coder.events import Event
from detente.coder.relative_dates import back
from detente.event_dates import EventDate
from detente.vocabulary import Precision, Status


class DatesBefore(NamedTuple):
    """The dates that the article gave before the sentence."""

    told: EventDate | None = None
    """Of what the sentence right before told."""
    day: EventDate | None = None
    """The last to the day, of whatever."""
    named: EventDate | None = None
    """The last of all."""
    sentence: EventDate | None = None
    """The day that the sentence right before opened with."""


NO_DATES = DatesBefore()
AFTER_REACH = 8
"""How many tokens before the trigger the "after" may stand, and after it a date of its own."""
_MEASURE = 2
_ALSO_REACH = 3


def counted_back(
    event: Event, dates: list[DateExpression], clauses: Clauses, published: date
) -> tuple[EventDate, bool] | None:
    """As in "B cut ties on Monday, two days after A did": so long before the main event's day, or that of publication."""
    after = next(
        (
            at
            for at in range(event.trigger - 1, max(_MEASURE, event.trigger - AFTER_REACH), -1)
            if _is_after(clauses, at)
        ),
        None,
    )
    if after is None or any(expression.first > event.trigger for expression in dates):
        return None
    count, unit = number(clauses.low[after - 2]), clauses.low[after - 1].removesuffix("s")
    if unit_days(unit) is None or count is None:
        return None
    main = [expression.date for expression in dates if expression.last <= after]
    known = main[-1] if main and main[-1].precision is Precision.DAY else EventDate.day(published)
    assert known.date is not None
    return back(known.date, count, unit), bool(main)


def earlier_still(chosen: DateExpression, told: EventDate | None, clauses: Clauses) -> EventDate | None:
    """As in "A week earlier they had walked out": counted from the day that the article told before."""
    low = clauses.low[chosen.first : chosen.last]
    if told is None or told.date is None or chosen.first > 0 or low[-1:] != ["earlier"] or "had" not in clauses.low:
        return None
    count, unit = number(low[0]), low[-2].removesuffix("s")
    return back(told.date, count, unit) if count is not None and unit_days(low[-2]) is not None else None


def anchored(chosen: DateExpression, anchor: EventDate | None, clauses: Clauses) -> EventDate | None:
    """As in "the following March", "that October": a month counted from the date that the article named before."""
    if anchor is None or anchor.date is None or chosen.date.date is None or not chosen.yearless:
        return None
    before = clauses.low[chosen.first - 1] if chosen.first else ""
    if before not in ("following", "that", "next"):
        return None
    month, year = chosen.date.date.month, anchor.date.year
    if before == "following" and anchor.precision is not Precision.YEAR and month <= anchor.date.month:
        year += 1
    if chosen.date.precision is Precision.DAY:
        return EventDate.day(chosen.date.date.replace(year=year))
    return EventDate.month(year, month)


def days_later(anchor: EventDate | None, clauses: Clauses) -> EventDate | None:
    """As in "A day later he met B", "They met again the next day": counted from the day that the article named before."""
    if anchor is None or anchor.date is None or anchor.precision is not Precision.DAY:
        return None
    for at in range(len(clauses.low) - 1):
        pair = tuple(clauses.low[at : at + 2])
        if pair in _NEXT_DAY and clauses.low[at - 1 : at] == ["the"]:
            return EventDate.day(anchor.date + timedelta(days=_NEXT_DAY[pair]))
        count = number(clauses.low[at])
        days = unit_days(clauses.low[at + 1])
        if count is not None and days in (1, _WEEK) and clauses.low[at + 2 : at + 3] == ["later"]:
            return EventDate.day(anchor.date + timedelta(days=count * days))
    return None


_WEEK = 7
_NEXT_DAY = {("next", "day"): 1, ("following", "day"): 1, ("previous", "day"): -1, ("day", "before"): -1}


_PERFECT = frozenset({"has", "have", "had", "is", "are", "be", "been"})


def _is_after(clauses: Clauses, at: int) -> bool:
    return clauses.low[at] == "after" and unit_days(clauses.low[at - 1]) is not None


_GOES_ON = frozenset({"also", "later"})


def carried(event: Event, before: DatesBefore, clauses: Clauses) -> EventDate | None:
    """The date told in the sentence before, for what the same party did then ("It recalled its own"), or "on the same day"."""
    told, day = before.told, before.day
    narrated = clauses.low[event.trigger].endswith("ed") and not _PERFECT & set(
        clauses.low[max(0, event.trigger - 3) : event.trigger]
    )
    if before.sentence is not None and narrated and not event.nominal:
        return before.sentence
    if event.status is not Status.OCCURRED:
        return None
    if any(pair in (("same", "day"), ("that", "day")) for pair in pairwise(clauses.low)):
        return day
    if event.echo or not _GOES_ON.isdisjoint(clauses.low[max(0, event.trigger - _ALSO_REACH) : event.trigger]):
        return told
    first = clauses.group_at(0) or clauses.group_at(1)
    goes_on = clauses.low[0] in clauses.words.pronouns or (first is not None and first.kind is ActorKind.PAIR)
    return told if goes_on else None
