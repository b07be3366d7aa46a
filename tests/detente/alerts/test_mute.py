"""When a rule is silent."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from detente.alerts.mute import LONGEST, MuteWindow, muted_until

YEAR_2020 = dt.datetime(2020, 1, 1)  # noqa: DTZ001  # hypothesis adds the zone
NIGHTS = {"from": "22:00", "to": "06:00", "time_zone": "Asia/Seoul"}


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("window", "moment", "until"),
    [
        (NIGHTS, "2024-04-16 14:00", "2024-04-16 21:00"),
        (NIGHTS, "2024-04-16 12:59", None),
        (NIGHTS, "2024-04-16 20:59", "2024-04-16 21:00"),
        (NIGHTS, "2024-04-16 21:00", None),
        ({"days": ["sat", "sun"]}, "2024-04-20 10:00", "2024-04-22 00:00"),
        ({"days": ["sat", "sun"]}, "2024-04-22 00:00", None),
        ({"first_day": "2024-04-16", "last_day": "2024-04-17"}, "2024-04-16 10:00", "2024-04-18 00:00"),
        ({"first_day": "2024-04-16", "last_day": "2024-04-17"}, "2024-04-18 00:00", None),
        ({"from": "01:30", "to": "03:30", "time_zone": "Europe/Berlin"}, "2024-03-31 01:15", "2024-03-31 01:30"),
    ],
)
def test_a_window_is_open_or_not(window, moment, until):
    assert muted_until([MuteWindow.model_validate(window)], at(moment)) == (at(until) if until else None)


def test_windows_that_touch_are_one():
    windows = [
        MuteWindow.model_validate({"from": "08:00", "to": "12:00"}),
        MuteWindow.model_validate({"from": "12:00", "to": "20:00"}),
    ]
    assert muted_until(windows, at("2024-04-16 09:00")) == at("2024-04-16 20:00")


@given(st.datetimes(timezones=st.just(dt.UTC), min_value=YEAR_2020, max_value=YEAR_2020.replace(year=2030)))
def test_nothing_is_muted_for_ever(moment):
    end = muted_until([MuteWindow()], moment)
    assert end is not None
    assert moment < end <= moment + LONGEST + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "window",
    [
        {"time_zone": "Mars/Base"},
        {"from": "25:00"},
        {"first_day": "2024-02-01", "last_day": "2024-01-01"},
        {"days": ["so"]},
    ],
)
def test_a_window_that_makes_no_sense_is_refused(window):
    with pytest.raises(ValidationError):
        MuteWindow.model_validate(window)
