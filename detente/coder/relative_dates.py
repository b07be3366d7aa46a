"""Time expressions that count from the day of publication: "five months ago", "last month", "yesterday", "on Monday"."""

from datetime import date, timedelta

from detente.coder.date_words import UNIT_DAYS, WEEKDAYS, DateExpression, number, unit_days
from detente.event_dates import EventDate

_SUMMER = 6


def ago(low: list[str], at: int, published: date) -> DateExpression | None:
    """Five months ago; two years earlier; a week ago."""
    count = number(low[at])
    unit_at = (
        at + 2
        if count is not None and at + 2 < len(low) and low[at + 1] in ("of", "few", "couple", "dozen")
        else at + 1
    )
    if count is None or unit_at + 1 >= len(low) or low[unit_at + 1] not in ("ago", "earlier", "before"):
        return None
    days = unit_days(low[unit_at])
    if days is None or (low[unit_at + 1] == "before"):
        return None
    unit = low[unit_at].removesuffix("s")
    if unit == "year" and low[unit_at + 1 : unit_at + 3] == ["ago", "today"]:
        return DateExpression(at, unit_at + 3, _anniversary(published, count))
    return DateExpression(at, unit_at + 2, back(published, count, unit))


def _anniversary(published: date, years: int) -> EventDate:
    """Ten years ago today."""
    leap = (published.month, published.day) == (2, 29)
    return EventDate.day(published.replace(year=published.year - years, day=28 if leap else published.day))


def back(published: date, count: int, unit: str) -> EventDate:
    """So many units before that day; weeks and more are no more exact than they are told."""
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return EventDate.month(months // 12, months % 12 + 1)
    if unit in ("year", "decade"):
        return EventDate.year(max(1, published.year - count * (10 if unit == "decade" else 1)))
    day = published - timedelta(days=count * UNIT_DAYS[unit])
    return EventDate.day(day) if unit == "day" or count == 1 else EventDate.month(day.year, day.month)


def relative(low: list[str], at: int, published: date) -> DateExpression | None:
    """Last month, earlier this month, next week, this year."""
    if low[at] not in ("last", "this", "next", "previous", "past", "coming") or at + 1 >= len(low):
        return None
    word = low[at + 1]
    step = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}[low[at]]
    if word in WEEKDAYS:
        day = _weekday(published, word, ahead=step > 0)
        if low[at] == "last" and day.latest == published:  # not today's
            day = EventDate.day(published - timedelta(days=7))
        return DateExpression(at, at + 2, day, step > 0)
    meant: EventDate | None = None
    if word == "year":
        meant = EventDate.year(published.year + step)
    elif word == "month":
        months = published.year * 12 + published.month - 1 + step
        meant = EventDate.month(months // 12, months % 12 + 1)
    elif word == "week" or (word == "weekend" and step < 0):
        meant = _week(published, step)
    elif (low[at], word) == ("previous", "day"):
        meant = EventDate.day(published - timedelta(days=1))
    elif word in ("summer", "winter", "spring", "autumn", "fall"):
        meant = EventDate.year(published.year + (step if step > 0 or published.month < _SUMMER else 0))
    return DateExpression(at, at + 2, meant, step > 0) if meant is not None else None


def _week(published: date, step: int) -> EventDate:
    """A week has no precision of its own: this week is the day of publication, others a day within that week."""
    return (
        EventDate.day(published + timedelta(days=7 * step))
        if step >= 0
        else EventDate.day(published - timedelta(days=published.weekday() + 4))
    )


def near_day(low: list[str], at: int, published: date) -> DateExpression | None:
    """Yesterday, today, tomorrow, Monday."""
    shift = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}.get(low[at])
    if shift is not None:
        return DateExpression(at, at + 1, EventDate.day(published + timedelta(days=shift)), shift > 0)
    if low[at] in WEEKDAYS:
        for words, weeks in _OF_WEEK.items():
            if tuple(low[at + 1 : at + 1 + len(words)]) == words:
                monday = published - timedelta(days=published.weekday())
                day = monday + timedelta(days=7 * weeks + WEEKDAYS[low[at]])
                return DateExpression(at, at + 1 + len(words), EventDate.day(day), weeks > 0)
        return DateExpression(at, at + 1, _weekday(published, low[at], ahead=False))
    return None


_OF_WEEK = {("of", "next", "week"): 1, ("next", "week"): 1, ("of", "last", "week"): -1, ("last", "week"): -1}
"""As in "on Tuesday of next week"."""


def _weekday(published: date, name: str, *, ahead: bool) -> EventDate:
    back = (published.weekday() - WEEKDAYS[name]) % 7
    return EventDate.day(published + timedelta(days=7 - back if ahead else -back))


def next_weekday(day: EventDate) -> EventDate:
    """The same weekday a week later: what "on Friday" means for an event to come."""
    assert day.date is not None
    return EventDate.day(day.date + timedelta(days=7))
