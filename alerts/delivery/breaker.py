"""A circuit breaker: a receiver that fails again and again is left alone for a while, then tried with one alert."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

FAILURES_TO_OPEN = 5
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=1)
"""Not longer: when a receiver comes back, whoever is on call has waited long enough."""


class Circuit(StrEnum):
    """What the breaker lets through."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"
    """One attempt, to see whether the receiver is back."""


class Breaker(NamedTuple):
    """The breaker of one receiver; a value, with time as an argument."""

    failures: int = 0
    """In a row."""
    shut_until: datetime | None = None
    """Nothing is tried before."""

    def circuit(self, now: datetime) -> Circuit:
        """What is let through now."""
        if self.shut_until is None:
            return Circuit.CLOSED
        return Circuit.OPEN if now < self.shut_until else Circuit.HALF_OPEN

    def after_success(self) -> "Breaker":
        """It answered."""
        return Breaker()

    def after_failure(self, now: datetime) -> "Breaker":
        """It failed once more; from the fifth time on it is left alone, each time for longer."""
        failures = self.failures + 1
        if failures < FAILURES_TO_OPEN:
            return Breaker(failures)
        pause: timedelta = FIRST_PAUSE * 2 ** min(failures - FAILURES_TO_OPEN, 10)
        return Breaker(failures, now + min(pause, LONGEST_PAUSE))
