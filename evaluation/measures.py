"""The arithmetic of the evaluation: matching, precision, recall, F1 and their 95 % intervals."""

import random
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from math import sqrt
from typing import NamedTuple, TypeVar

Z = 1.959963984540054
"""The normal quantile of a two-sided interval of 95 %."""
SEED = 3
RESAMPLES = 1000
A = TypeVar("A")
B = TypeVar("B")


class Counts(NamedTuple):
    """What was right, what was given, what should have been given."""

    hits: int
    given: int
    wanted: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 if nothing was given and nothing wanted."""
        both = self.given + self.wanted
        return 2 * self.hits / both if both else 1.0


class Interval(NamedTuple):
    """A figure and the bounds between which it lies with 95 % confidence."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """The figure with its bounds, to two places."""
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"


def wilson(hits: int, total: int) -> Interval:
    """Wilson's score interval; between 0 and 1 with no trial."""
    if total == 0:
        return Interval(float("nan"), 0.0, 1.0)
    share, square = hits / total, Z * Z / total
    middle = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def total(counts: Sequence[Counts]) -> Counts:
    """The sum over articles."""
    return Counts(sum(c.hits for c in counts), sum(c.given for c in counts), sum(c.wanted for c in counts))


def bootstrap_f1(counts: Sequence[Counts]) -> Interval:
    """F1 with the percentile interval over articles drawn again; the seed is fixed."""
    draw = random.Random(SEED)  # noqa: S311 - a statistic, no secret
    drawn = sorted(total(draw.choices(counts, k=len(counts))).f1 for _ in range(RESAMPLES)) if counts else [0.0]
    return Interval(total(counts).f1, drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn))])


def count_equal(wanted: Sequence[Hashable], given: Sequence[Hashable]) -> Counts:
    """Match equal things one to one."""
    return Counts((Counter(wanted) & Counter(given)).total(), len(given), len(wanted))


def matched(wanted: Sequence[A], given: Sequence[B], fits: Callable[[A, B], bool]) -> frozenset[int]:
    """Which of ``given`` find a partner in the largest one-to-one matching, by index."""
    partner: dict[int, int] = {}

    def place(want: int, tried: set[int]) -> bool:
        for index, thing in enumerate(given):
            if index in tried or not fits(wanted[want], thing):
                continue
            tried.add(index)
            if index not in partner or place(partner[index], tried):
                partner[index] = want
                return True
        return False

    for want in range(len(wanted)):
        place(want, set())
    return frozenset(partner)
