"""Which of a sentence's dates is an event's, and what stands in for it where there is none."""

from datetime import date
from itertools import pairwise

from detente.coder.clauses import Clauses
from detente.coder.date_expressions import a_year_later, read_date
from detente.coder.date_words import DateExpression
from detente.coder.event_status import is_present
from detente.coder.events import Event
from detente.coder.linked_dates import (
    NO_DATES,
    DatesBefore,
    anchored,
    carried,
    counted_back,
    days_later,
    earlier_still,
)
from detente.coder.relative_dates import next_weekday
from detente.coder.verb_words import is_past
from detente.event_dates import UNKNOWN_DATE, EventDate
from detente.vocabulary import Mode, Polarity, Status

"""After these "had" is the tense of reported speech, not of background."""
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def event_to_date(  # the event, and what its sentence and the article say of dates
    event: Event,
    rivals: list[Event],
    dates: list[DateExpression],
    clauses: Clauses,
    published: date,
    before: DatesBefore = NO_DATES,
) -> tuple[EventDate, bool]:
    """The event's date, and whether the text gives it (else it is the day of publication, or unknown for background)."""
    linked = _since(event, clauses, published) or counted_back(event, dates, clauses, published)
    if linked is not None:
        return linked
    chosen = _chosen(event, rivals, dates, clauses)
    if chosen is not None:
        return _told(chosen, event, clauses, published, before)
    if event.status is Status.OCCURRED and (later := days_later(before.day, clauses)) is not None:
        return later, True
    then = carried(event, before, clauses)
    ahead = then is not None and then.earliest is not None and then.earliest > published
    if then is not None and not (ahead and event.status is Status.OCCURRED):
        return then, False
    if event.status is not Status.OCCURRED or _is_background(event, clauses):
        return UNKNOWN_DATE, False
    return EventDate.day(published), False


def _told(
    chosen: DateExpression, event: Event, clauses: Clauses, published: date, before: DatesBefore
) -> tuple[EventDate, bool]:
    """What the chosen expression means for the event; nothing if it is only when the event was spoken of."""
    planned = event.status is Status.PLANNED
    if _agreed_then(chosen, event, clauses) or (planned and _said_then(chosen, clauses)):
        return UNKNOWN_DATE, False
    meant = earlier_still(chosen, before.day, clauses) or anchored(chosen, before.named, clauses) or chosen.date
    weekday = clauses.low[chosen.last - 1] in WEEKDAYS
    past = meant.latest is not None and meant.latest < published
    arrives = not planned and not event.nominal and is_present(clauses, event.trigger)  # "on Tuesday" is still to come
    if weekday and past and ((planned and not chosen.future) or (arrives and event.status is Status.OCCURRED)):
        meant = next_weekday(meant)
    invited = planned and event.mode is Mode.VISIT and is_past(clauses, event.trigger)  # "invited B in May"
    agreed = planned and not clauses.words.agreeing.isdisjoint(
        clauses.low[max(0, event.trigger - _AGREED_REACH) : event.trigger]
    )
    lately = past and meant.latest is not None and (published - meant.latest).days < _LATELY
    at_talks = agreed and not {"at", "during"}.isdisjoint(clauses.low[event.end : chosen.first])
    if (
        planned
        and chosen.yearless
        and past
        and (invited or at_talks or (agreed and lately) or _reported_on(chosen, event, clauses))
    ):
        return UNKNOWN_DATE, False
    if planned and chosen.yearless and meant.latest is not None and meant.latest < published:
        meant = a_year_later(meant)
    return meant, True


_AGREED_REACH = 6
_LATELY = 150
"""Who agreed on something "in May" did so in a May that lies so few days back, rather than for the next one."""


def _since(event: Event, clauses: Clauses, published: date) -> tuple[EventDate, bool] | None:
    """As in "Ties have been cut since 2016", "held two summits since 2018": the day when a rupture began, of others none."""
    for at in range(event.end, min(len(clauses.low) - 1, event.end + SINCE_REACH)):
        if clauses.low[at] in (",", ";") or clauses.group_at(at) is not None:
            return None
        if clauses.low[at] == "since":
            began = read_date(clauses.low, at + 1, published)
            if event.mode.polarity is Polarity.RUPTURE:
                return (began.date, True) if began is not None else (UNKNOWN_DATE, False)
            return None if "first" in clauses.low[event.trigger : at] else (UNKNOWN_DATE, False)
    return None


SINCE_REACH = 4
"""How many tokens after the event its "since" may stand."""


def _chosen(event: Event, rivals: list[Event], dates: list[DateExpression], clauses: Clauses) -> DateExpression | None:
    """The first date after the trigger and before the next one's, else the nearest before it."""
    if event.mode in (Mode.CANCELLATION, Mode.REFUSAL):
        dates = [e for e in dates if not e.future and not _was_due(e, clauses)]  # the date of what will not be
    if event.status is Status.OCCURRED and not event.nominal and is_past(clauses, event.trigger):
        dates = [expression for expression in dates if not expression.future]
    own = [
        e
        for e in dates
        if not _belongs_to_rival(e, event, rivals)
        and not _is_since(e, event, clauses)
        and not _of_something_else(e, event, clauses)
        and not _of_participle(e, event, clauses)
        and not _of_another_clause(e, event, clauses)
        and _UNTIL.isdisjoint(clauses.low[max(0, e.first - _UNTIL_REACH) : e.first])
    ]
    after = [e for e in own if e.first >= event.trigger and not _in_relative_clause(e, event, clauses)]
    before = [e for e in own if e.last <= event.trigger and not _in_aside(e, event, clauses)]
    if event.status is Status.PLANNED and any(rival.trigger < event.trigger for rival in rivals):
        before = [e for e in before if clauses.words.speech.isdisjoint(clauses.low[e.last : event.trigger])]
    spoken = [expression for expression in after if _said_then(expression, clauses)]
    plain = [expression for expression in after if expression not in spoken]
    adjacent = [e for e in before if e.last == event.trigger and clauses.low[e.first - 1] == "on"]
    best = adjacent or plain[:1] or before[-1:] or spoken[:1] or _shared(event, dates, clauses)
    return best[0] if best else None


def _of_another_clause(expression: DateExpression, event: Event, clauses: Clauses) -> bool:
    """As in "after his trip to B, A met C on Sunday", "agreed to meet before the next round, slated for April 20"."""
    between = clauses.low[event.end : expression.first]
    if (
        event.nominal
        and "," in between
        and "after" in clauses.low[max(0, event.trigger - _AFTER_REACH) : event.trigger]
    ):
        return True
    later = "before" in between and clauses.low[expression.first - 1] != "before"
    return later and event.status is Status.PLANNED and not clauses.words.due.isdisjoint(between)


_AFTER_REACH = 4
_UNTIL = frozenset({"until", "till"})
_UNTIL_REACH = 2


def _was_due(expression: DateExpression, clauses: Clauses) -> bool:
    """As in "cancelled a trip that was due to begin on Sunday"."""
    return not clauses.words.due.isdisjoint(clauses.low[max(0, expression.first - _DUE_REACH) : expression.first])


_DUE_REACH = 5


def _is_since(expression: DateExpression, event: Event, clauses: Clauses) -> bool:
    """Whether the date is the beginning of a silence ("their first meeting since the elections of last May")."""
    if event.mode.polarity is Polarity.RUPTURE and clauses.low[expression.first - 1] in ("since", "in"):
        return clauses.low[expression.first - 1] == "in" and "since" in clauses.low[event.end : expression.first]
    if event.mode.polarity is Polarity.RUPTURE:
        return False
    before = clauses.low[max(event.end, expression.first - SINCE_LENGTH) : expression.first]
    return "since" in before and "," not in before[before.index("since") :]


def _of_something_else(expression: DateExpression, event: Event, clauses: Clauses) -> bool:
    """As in "after Tuesday's storming of the compound": the day of what follows it."""
    if clauses.low[expression.last : expression.last + 1] != ["'s"]:
        return False
    return event.thing is None or not 0 < event.thing - expression.last <= _POSSESSIVE_REACH


_POSSESSIVE_REACH = 4


SINCE_LENGTH = 14
"""How many tokens before its date a "since" may stand."""


def _in_relative_clause(expression: DateExpression, event: Event, clauses: Clauses) -> bool:
    """Whether a "who", "which" or "that it had" between trigger and date makes it somebody else's date."""
    between = clauses.low[event.trigger : expression.first]
    had = any(between[at : at + 1] == ["had"] and between[at - 2 : at - 1] == ["that"] for at in range(2, len(between)))
    had = had or any(
        pair[0] == "that" and pair[1] in ("was", "were", "had", "has", "have") for pair in pairwise(between)
    )
    return had or not _RELATIVES.isdisjoint(between)


def _of_participle(expression: DateExpression, event: Event, clauses: Clauses) -> bool:
    """As in "reviewed the accord on training signed in 2018": the day of something that is only described."""
    for at in range(expression.first - 1, max(0, expression.first - _PARTICIPLE_REACH), -1):
        low = clauses.low[at]
        if low in clauses.words.described_by and at != event.trigger:
            noun = clauses.low[at - 1]
            plain = noun.isalpha() and noun not in clauses.words.function | {"and", "but", "then"}
            return plain and clauses.group_at(at - 1) is None and not noun.endswith("ly")
        if low in (",", ";", "and"):
            return False
    return False


_PARTICIPLE_REACH = 6


def _in_aside(expression: DateExpression, event: Event, clauses: Clauses) -> bool:
    """Whether the date stands in a relative clause between commas before the trigger (", who was due on Thursday, has ...")."""
    opened = not _RELATIVES.isdisjoint(clauses.low[: expression.first])
    return opened and "," in clauses.low[expression.last : event.trigger]


_RELATIVES = frozenset({"who", "which", "whose", "whom"})


def _shared(event: Event, dates: list[DateExpression], clauses: Clauses) -> list[DateExpression]:
    """A subordinate event without a date of its own ("after China declined") happened about when the main one did."""
    subordinate = not clauses.words.subordinate_leads.isdisjoint(clauses.low[max(0, event.trigger - 5) : event.trigger])
    return dates if subordinate and len(dates) == 1 and not _of_another_clause(dates[0], event, clauses) else []


def _belongs_to_rival(expression: DateExpression, event: Event, rivals: list[Event]) -> bool:
    """A date right of a later trigger is that trigger's, unless it stands at the head of the sentence."""
    for rival in rivals:
        if rival.trigger > event.trigger and expression.first > rival.trigger:
            return True
        if (
            rival.trigger < event.trigger
            and rival.trigger < expression.first < event.trigger
            and rival.trigger + 1 < expression.first
        ):
            return any(e.trigger != event.trigger for e in rivals) and expression.last < event.trigger - 12
    return False


def _agreed_then(expression: DateExpression, event: Event, clauses: Clauses) -> bool:
    """Whether the day is that of the agreement and not of what was agreed ("On Thursday A accepted an invitation to meet B")."""
    if (
        event.status is Status.PLANNED
        and clauses.low[expression.last : expression.last + 1] == ["to"]
        and not clauses.words.agreeing.isdisjoint(clauses.low[max(0, expression.first - 2) : expression.first])
    ):
        return True  # "agreed on Thursday to reopen"
    between = clauses.low[expression.last : event.trigger]
    plain_day = clauses.low[expression.last - 1] in WEEKDAYS and not expression.future
    return event.status is Status.PLANNED and plain_day and not clauses.words.agreeing.isdisjoint(between)


def _said_then(expression: DateExpression, clauses: Clauses) -> bool:
    """Whether the date is when something was said: "the ministry said on Friday"."""
    window = clauses.low[max(0, expression.first - 4) : expression.first]
    return any(
        low in ("said", "announced", "says", "reported", "added", "told", "statement", "tweeted") for low in window
    )


def _reported_on(expression: DateExpression, event: Event, clauses: Clauses) -> bool:
    """As in "On August 2 the Kremlin reported that they had agreed to meet": the day of the report."""
    between = clauses.low[expression.last : event.trigger]
    return expression.first <= 1 and not clauses.words.speech.isdisjoint(between)


_TODAY = frozenset({"day", "today"})
_TODAY_REACH = 4


def _is_background(event: Event, clauses: Clauses) -> bool:
    window = clauses.low[max(0, event.trigger - 8) : event.trigger]
    reported = not clauses.words.announcing.isdisjoint(clauses.low[: event.trigger])
    today = "earlier" in window and not _TODAY.isdisjoint(clauses.low[: event.trigger + _TODAY_REACH])
    after = clauses.low[event.end : event.end + SINCE_LENGTH]
    return (
        ("had" in window[-4:] and not reported)
        or (bool(clauses.words.background & set(window)) and not today)
        or any(pair[0] == "recent" and pair[1] in ("years", "months", "weeks") for pair in pairwise(after))
        or "anniversary" in clauses.low[: event.trigger]
        or (event.mode.polarity is Polarity.RUPTURE and "when" in window)
        or (event.nominal and not clauses.words.after_leads.isdisjoint(window))
    )
