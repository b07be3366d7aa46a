"""What the run came to: counts, latency, and every check with its outcome."""

from collections.abc import Mapping
from statistics import quantiles
from typing import NamedTuple

from cli.demo.expected import Check, Expected, compare
from cli.demo.follower import Seen


class Latency(NamedTuple):
    """From an article's sending to the sight of the alert that it raised; in seconds."""

    p50: float
    p95: float
    longest: float

    def __str__(self) -> str:
        """In milliseconds."""
        return f"p50 {self.p50 * 1e3:.0f} ms, p95 {self.p95 * 1e3:.0f} ms, longest {self.longest * 1e3:.0f} ms"


def latency_of(seen: Seen, sent_at: Mapping[str, float]) -> Latency | None:
    """The latency of each alert's first version; None if there was no alert."""
    raised = [alert for alert in seen.alerts if alert.version == 1 and alert.articles]
    waits = [seen.first_seen[alert.id] - sent_at[alert.articles[0].article_id] for alert in raised]
    if not waits:
        return None
    if len(waits) == 1:
        return Latency(waits[0], waits[0], waits[0])
    hundredths = quantiles(waits, n=100, method="inclusive")
    return Latency(hundredths[49], hundredths[94], max(waits))


def checks_of(expected: Expected, seen: Seen) -> list[Check]:
    """Everything that is compared."""
    return [
        *compare(expected, seen.alerts),
        Check(ok=seen.dead_letters == 0, words=f"{seen.dead_letters} dead letters"),
    ]
