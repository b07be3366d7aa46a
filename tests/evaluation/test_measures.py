"""The arithmetic of the evaluation."""

import pytest

from evaluation.measures import count_equal, wilson


def test_wilson_agrees_with_the_textbook():
    interval = wilson(8, 10)
    assert (round(interval.low, 3), round(interval.high, 3)) == (0.490, 0.943)


def test_no_cases_give_no_certainty():
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)


def test_a_thing_given_twice_is_right_once():
    counts = count_equal(["a", "b"], ["a", "a", "c"])
    assert (counts.hits, counts.given, counts.wanted) == (1, 3, 2)
    assert counts.f1 == pytest.approx(2 / 5)
