"""When an event happened, as exactly as its report allows, and when two such dates can be the same day."""

import datetime as dt
from calendar import monthrange
from typing import Self

from pydantic import model_validator

from detente.model import Value
from detente.vocabulary import Precision


class EventDate(Value):
    """A day, month or year in the calendar of the place of publication.

    ``date`` is the first day of a month or year; it is None exactly when the precision is unknown.
    """

    date: dt.date | None = None
    precision: Precision = Precision.UNKNOWN

    @model_validator(mode="after")
    def _date_goes_with_precision(self) -> Self:
        if (self.date is None) != (self.precision is Precision.UNKNOWN):
            raise ValueError("a date needs a precision, and an unknown precision has no date")
        return self

    @classmethod
    def day(cls, day: dt.date) -> Self:
        """A date that is exact to the day."""
        return cls(date=day, precision=Precision.DAY)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """A date that is exact to the month."""
        return cls(date=dt.date(year, month, 1), precision=Precision.MONTH)

    @classmethod
    def year(cls, year: int) -> Self:
        """A date that is exact to the year."""
        return cls(date=dt.date(year, 1, 1), precision=Precision.YEAR)

    @property
    def earliest(self) -> dt.date | None:
        """The first day that the precision allows."""
        return self.date

    @property
    def latest(self) -> dt.date | None:
        """The last day that the precision allows."""
        if self.date is None or self.precision is Precision.DAY:
            return self.date
        if self.precision is Precision.MONTH:
            return self.date.replace(day=monthrange(self.date.year, self.date.month)[1])
        return dt.date(self.date.year, 12, 31)

    def latest_by(self, publication: dt.date) -> dt.date | None:
        """The last day that the precision allows for an event that the publication reports as past."""
        return None if self.latest is None else min(self.latest, max(publication, self.earliest or publication))

    def agrees_with(self, other: "EventDate", slack: dt.timedelta = dt.timedelta(days=1)) -> bool:
        """Whether the two can be one date within their precision plus the slack; an unknown date agrees with none."""
        if self.earliest is None or self.latest is None or other.earliest is None or other.latest is None:
            return False
        return self.earliest - slack <= other.latest and other.earliest - slack <= self.latest

    def __str__(self) -> str:
        """The date as far as it is known: ``2024-04-16``, ``2022-08``, ``2016`` or ``unknown``."""
        if self.date is None:
            return "unknown"
        return self.date.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]]


UNKNOWN_DATE = EventDate()
