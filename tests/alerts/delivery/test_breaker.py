"""A receiver that keeps failing is left alone, never for long, and tried with one alert."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from alerts.delivery.breaker import FAILURES_TO_OPEN, LONGEST_PAUSE, Breaker, Circuit

NOON = dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)


def failed(times: int, breaker: Breaker = Breaker()) -> Breaker:  # noqa: B008  # a value that never changes
    for _ in range(times):
        breaker = breaker.after_failure(NOON)
    return breaker


def test_a_few_failures_leave_it_closed():
    assert failed(FAILURES_TO_OPEN - 1).circuit(NOON) is Circuit.CLOSED


def test_then_it_opens_and_after_a_pause_lets_one_through():
    breaker = failed(FAILURES_TO_OPEN)
    assert breaker.circuit(NOON) is Circuit.OPEN
    assert breaker.circuit(NOON + dt.timedelta(seconds=5)) is Circuit.HALF_OPEN


def test_one_success_closes_it():
    assert failed(20).after_success().circuit(NOON) is Circuit.CLOSED


@given(st.lists(st.booleans(), max_size=60))
def test_it_is_never_open_for_longer_than_a_minute(answers):
    breaker = Breaker()
    for good in answers:
        breaker = breaker.after_success() if good else breaker.after_failure(NOON)
    assert breaker.circuit(NOON + LONGEST_PAUSE) is not Circuit.OPEN
    assert (breaker.circuit(NOON) is Circuit.OPEN) == (answers[-FAILURES_TO_OPEN:] == [False] * FAILURES_TO_OPEN)
