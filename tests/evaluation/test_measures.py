"""The arithmetic of the evaluation."""

import pytest

from evaluation.measures import Counts, bootstrap_f1, count_equal, matched, total, wilson


def test_wilson_s_interval_is_that_of_the_textbook():
    assert wilson(8, 10) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10)[:2] == (0.0, 0.0)


def test_no_cases_give_no_certainty():
    assert wilson(0, 0)[1:] == (0.0, 1.0)


def test_a_thing_given_twice_is_right_once():
    counts = count_equal(["a", "b"], ["a", "a", "c"])
    assert counts == Counts(1, 3, 2)
    assert counts.f1 == pytest.approx(2 / 5)


def test_each_thing_is_matched_once():
    assert matched(["*", "a"], ["a", "b"], lambda w, g: w in ("*", g)) == {0, 1}
    assert total([Counts(1, 2, 3), Counts(1, 1, 1)]).f1 == pytest.approx(4 / 7)


def test_the_bootstrap_gives_the_same_interval_each_time():
    counts = [Counts(1, 1, 1), Counts(0, 1, 1), Counts(0, 0, 1)] * 5
    assert bootstrap_f1(counts) == bootstrap_f1(counts)
    assert bootstrap_f1(counts).low < bootstrap_f1(counts).value < bootstrap_f1(counts).high
