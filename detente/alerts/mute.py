"""When a rule is silent: hours of the week in a time zone, or a stretch of days."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

LONGEST = dt.timedelta(days=31)
"""Nothing is muted for longer than this from any moment: windows that touch each other could else mute for ever."""


class Weekday(StrEnum):
    """The days, Monday first, as ``date.weekday`` counts them."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"no time zone is named {name}")
    return name


ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class MuteWindow(BaseModel):
    """Hours of some days (``to`` on the next day if it is not after ``from``), or all the time between two dates."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True)

    days: tuple[Weekday, ...] = tuple(Weekday)
    """The days on which the window begins."""
    begins: ClockTime = Field(default="00:00", alias="from")
    ends: ClockTime = Field(default="00:00", alias="to")
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    """An IANA name, such as ``Asia/Seoul``."""
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    """The window holds only from the first to the last day, both included."""

    @model_validator(mode="after")
    def _days_are_in_order(self) -> Self:
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("first_day is after last_day")
        return self

    def end_of(self, moment: dt.datetime) -> dt.datetime | None:
        """When the window that is open at that moment closes; None if it is not open."""
        zone = ZoneInfo(self.time_zone)
        today = moment.astimezone(zone).date()
        for day in (today - dt.timedelta(days=1), today):
            if not self._holds_on(day):
                continue
            begin = dt.datetime.combine(day, dt.time.fromisoformat(self.begins), zone)
            end_day = day if self.ends > self.begins else day + dt.timedelta(days=1)
            end = dt.datetime.combine(end_day, dt.time.fromisoformat(self.ends), zone)
            if begin <= moment < end:
                return end.astimezone(dt.UTC)
        return None

    def _holds_on(self, day: dt.date) -> bool:
        in_time = (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)
        return in_time and list(Weekday)[day.weekday()] in self.days


def muted_until(windows: Iterable[MuteWindow], now: dt.datetime) -> dt.datetime | None:
    """When the windows that are open now, and those that follow without a gap, are over; None if none is open."""
    windows, end = tuple(windows), None
    while end is None or end - now < LONGEST:
        later = [closes for window in windows if (closes := window.end_of(end or now)) is not None]
        if not later:
            return end
        end = max(later)
    return end
