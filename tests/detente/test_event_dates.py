"""Dates agree as far as their precision lets them."""

import datetime as dt

import pytest
from builders import when
from pydantic import ValidationError

from detente.event_dates import EventDate
from detente.vocabulary import Precision


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2024-04-16", "2024-04-16", True),
        ("2024-04-16", "2024-04-17", True),
        ("2024-04-16", "2024-04-18", False),
        ("2024-04-16", "2024-04", True),
        ("2024-05-01", "2024-04", True),
        ("2024-05-02", "2024-04", False),
        ("2024-04", "2024", True),
        ("2023", "2024", True),
        ("2022", "2024", False),
        ("2024-04-16", None, False),
        (None, None, False),
    ],
)
def test_two_dates_agree_within_their_precision_plus_a_day(one, other, agree):
    assert when(one).agrees_with(when(other)) is agree
    assert when(other).agrees_with(when(one)) is agree


def test_a_vague_past_date_ends_with_the_report_of_it():
    assert when("2024-04").latest_by(dt.date(2024, 4, 16)) == dt.date(2024, 4, 16)
    assert when("2022-08").latest_by(dt.date(2024, 4, 16)) == dt.date(2022, 8, 31)


def test_a_date_is_written_as_far_as_it_is_known():
    assert [str(when(text)) for text in ("2024-04-16", "2022-08", "2016", None)] == [
        "2024-04-16",
        "2022-08",
        "2016",
        "unknown",
    ]


def test_a_date_without_precision_is_refused():
    with pytest.raises(ValidationError):
        EventDate(date=dt.date(2024, 1, 1), precision=Precision.UNKNOWN)
    with pytest.raises(ValidationError):
        EventDate(precision=Precision.DAY)
