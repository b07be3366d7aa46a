"""Time expressions of a sentence and the calendar dates that they mean, counted from the day of publication."""

from collections.abc import Callable
from datetime import date

from detente.coder.date_words import DateExpression
from detente.coder.relative_dates import ago, near_day, relative
from detente.event_dates import EventDate
from detente.vocabulary import Precision

_MONTHS = {name: number for number, names in enumerate(
    ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept",
     "october oct", "november nov", "december dec"), start=1) for name in names.split()}  # fmt: skip
_YEAR_DIGITS, _DAY_DIGITS, _LAST_DAY = 4, 2, 31
_ISO = ("year", "month", "day")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def find_dates(low: list[str], published: date) -> list[DateExpression]:
    """All expressions in order; one that only says since when is none of an event's (``of_events``)."""
    found = []
    at = 0
    while at < len(low):
        expression = next((e for reader in _READERS if (e := reader(low, at, published)) is not None), None)
        if expression is None:
            at += 1
            continue
        found.append(expression)
        at = expression.last
    return found


def of_events(dates: list[DateExpression], low: list[str]) -> list[DateExpression]:
    """Without the dates since or until which something goes on ("since 2016"), and without deadlines ("by Friday")."""
    return [e for e in dates if e.first == 0 or low[e.first - 1] not in _bounds(e)]


def _bounds(expression: DateExpression) -> tuple[str, ...]:
    """What makes a date no event's own; "will meet by May" is as near as a plan comes."""
    return ("since", "until", "by") if expression.date.precision is Precision.DAY else ("since", "until")


def read_date(low: list[str], at: int, published: date) -> DateExpression | None:
    """The expression that begins at ``at``."""
    return next((e for reader in _READERS if (e := reader(low, at, published)) is not None), None)


_YEARS: dict[tuple[str, ...], int] = {("last", "year"): -1, ("this", "year"): 0, ("next", "year"): 1}
"""As in "in November last year"."""


def _calendar(low: list[str], at: int, published: date) -> DateExpression | None:
    """April 16(, 2024) - 16 April (2024) - (last/next/early) April (2024)."""
    begin = at
    ahead = low[at] == "next"
    last = low[at] == "last"
    if low[at] in ("next", "last", "this", "early", "late", "mid") and at + 1 < len(low) and low[at + 1] in _MONTHS:
        at += 1
    day_first = _day(low[at]) if at + 1 < len(low) and low[at + 1] in _MONTHS else None
    if day_first is not None:
        at += 1
    month = _MONTHS.get(low[at].removeprefix("mid-").removeprefix("early-").removeprefix("late-"))
    if month is None or (
        low[at] in ("may", "march", "mar", "sep", "dec") and not _really_a_month(low, at, begin, day_first)
    ):
        return None
    end = at + 1
    if end < len(low) and low[end] == ".":
        end += 1
    day = day_first
    if day is None and end < len(low) and (day := _day(low[end])) is not None:
        end += 1
    year_at = end + 1 if end < len(low) and low[end] in (",", "of") else end
    year = _year(low[year_at]) if year_at < len(low) else None
    if year is not None:
        end = year_at + 1
    elif (named := _YEARS.get(tuple(low[end : end + 2]))) is not None:
        year, end = published.year + named, end + 2
    meant = _meant(year, month, day, published, ahead=ahead, last=last)
    return (
        DateExpression(begin, end, meant, _after(meant, published), year is None and not last)
        if meant is not None
        else None
    )


def _really_a_month(low: list[str], at: int, begin: int, day_first: int | None) -> bool:
    """Whether "may" or "march" is the month: after "in", "last" or a day, or before a day or year."""
    before = low[begin - 1] if begin else ""
    after = low[at + 1] if at + 1 < len(low) else ""
    return (
        begin < at
        or day_first is not None
        or before in ("in", "since", "of", "on", "by", "until", "from", "early", "late", "mid", "following", "that")
        or _day(after) is not None
        or _year(after) is not None
    )


def _meant(
    year: int | None, month: int, day: int | None, published: date, *, ahead: bool, last: bool
) -> EventDate | None:
    if year is None:
        year = published.year
        if (month, day or 1) > (published.month, published.day if day else 31) and not ahead:
            gap = month - published.month
            year -= 1 if last or gap > _SOON_MONTHS or (day is None and gap > 0) else 0
        if last and month == published.month and day is None:
            year -= 1
        if ahead and month <= published.month:
            year += 1
    if day is None:
        return EventDate.month(year, month)
    try:
        return EventDate.day(date(year, month, day))
    except ValueError:
        return None


_SOON_MONTHS = 2
"""A day and month without a year that lie so near ahead are this year's; others are the last that passed."""


def _day(word: str) -> int | None:
    digits = word.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return (
        int(digits)
        if digits.isascii() and digits.isdigit() and len(digits) <= _DAY_DIGITS and 1 <= int(digits) <= _LAST_DAY
        else None
    )


def _year(word: str) -> int | None:
    return (
        int(word)
        if len(word) == _YEAR_DIGITS and word.isascii() and word.isdigit() and FIRST_YEAR <= int(word) <= LAST_YEAR
        else None
    )


def _bare_year(low: list[str], at: int, published: date) -> DateExpression | None:
    year = _year(low[at])
    before = low[at - 1] if at else "in"
    if year is None or before not in (
        "in",
        "since",
        "early",
        "late",
        "mid",
        "of",
        "by",
        "from",
        "until",
        "during",
        ",",
        "(",
        "the",
        "back",
        "around",
    ):
        return None
    meant = EventDate.year(year)
    return DateExpression(at, at + 1, meant, year > published.year)


def a_year_later(day: EventDate) -> EventDate:
    """The same month or day of the next year: what "in June" means for an event to come."""
    assert day.date is not None
    try:
        return day.model_copy(update={"date": day.date.replace(year=day.date.year + 1)})
    except ValueError:  # 29 February
        return EventDate.month(day.date.year + 1, day.date.month)


def _iso(low: list[str], at: int, published: date) -> DateExpression | None:
    parts = low[at].split("-")
    if (
        len(parts) != len(_ISO)
        or not all(part.isascii() and part.isdigit() for part in parts)
        or _year(parts[0]) is None
        or len(low[at]) > len("2024-04-16")
    ):
        return None
    try:
        meant = EventDate.day(date(*map(int, parts)))
    except ValueError:
        return None
    return DateExpression(at, at + 1, meant, _after(meant, published))


def _after(meant: EventDate | None, published: date) -> bool:
    return meant is not None and meant.earliest is not None and meant.earliest > published


_READERS: tuple[Callable[[list[str], int, date], DateExpression | None], ...] = (
    _calendar,
    ago,
    relative,
    near_day,
    _iso,
    _bare_year,
)
