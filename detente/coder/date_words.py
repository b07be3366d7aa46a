"""What dates are made of: a date expression, numbers in words, units of time and weekdays."""

from dataclasses import dataclass

from detente.event_dates import EventDate

WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_NUMBERS = {name: number for number, name in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"))} | {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a": 1, "an": 1, "couple": 2, "several": 3, "few": 3, "dozen": 12, "half": 1}  # fmt: skip
UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650}
_MOST_DIGITS = 3


@dataclass(slots=True, frozen=True)
class DateExpression:
    """Tokens ``first`` up to ``last`` and the date they mean."""

    first: int
    last: int
    date: EventDate
    future: bool = False
    """Whether it points ahead of the publication ("next week")."""
    yearless: bool = False
    """Whether the year was inferred; an event to come takes the next such day instead."""


def number(word: str) -> int | None:
    """A small number in digits or in words."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS else _NUMBERS.get(word)


def unit_days(word: str) -> int | None:
    """The days of a unit of time, singular or plural."""
    return UNIT_DAYS.get(word.removesuffix("s"))
