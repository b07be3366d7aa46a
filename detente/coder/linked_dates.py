"""Dates that an event takes from another's: "a day after A severed ties", "In 2017 A cut ties. It also closed its embassy"."""

from datetime import date
from itertools import pairwise

from detente.coder.actors import ActorKind
from detente.coder.clauses import Clauses
from detente.coder.date_words import DateExpression, number, unit_days
from detente.coder.events import Event
from detente.coder.relative_dates import back
from detente.event_dates import EventDate
from detente.vocabulary import Precision, Status

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


def _is_after(clauses: Clauses, at: int) -> bool:
    return clauses.low[at] == "after" and unit_days(clauses.low[at - 1]) is not None


def carried(event: Event, told: EventDate | None, day: EventDate | None, clauses: Clauses) -> EventDate | None:
    """The date told in the sentence before, for what the same party did then ("It recalled its own"), or "on the same day"."""
    if event.status is not Status.OCCURRED:
        return None
    if any(pair in (("same", "day"), ("that", "day")) for pair in pairwise(clauses.low)):
        return day
    if event.echo or "also" in clauses.low[max(0, event.trigger - _ALSO_REACH) : event.trigger]:
        return told
    first = clauses.group_at(0) or clauses.group_at(1)
    goes_on = clauses.low[0] in clauses.words.pronouns or (first is not None and first.kind is ActorKind.PAIR)
    return told if goes_on else None
