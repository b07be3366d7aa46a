"""The timeline goes in and alerts come out: one loop that sends each article when its turn has come, and watches meanwhile."""

import time
from collections.abc import Callable, Sequence

from cli.demo.follower import Follower
from cli.demo.processes import Running
from cli.demo.screen import Screen
from detente.articles import Article

SETTLE_SECONDS = 45.0
"""The worker commits every second, so two suffice on an idle machine."""
LOOK_SECONDS = 0.25

Send = Callable[[Article], None]
"""Returns when Kafka has the article."""


class UnfinishedError(RuntimeError):
    """The worker did not read, or the deliverer not deliver, everything in time."""


def play(
    timeline: Sequence[Article], send: Send, follower: Follower, screen: Screen, running: Sequence[Running], pace: float
) -> dict[str, float]:
    """Send every article, ``pace`` seconds apart; returns when each was sent, by its id, on a monotonic clock.

    Raises ProcessError, and what ``send`` raises.
    """
    sent_at: dict[str, float] = {}
    for article in timeline:
        sent_at.setdefault(article.id, time.monotonic())
        send(article)
        screen.article(article)
        _watch(follower, screen, running, until=time.monotonic() + pace)
    return sent_at


def settle(done: Callable[[], bool], follower: Follower, screen: Screen, running: Sequence[Running]) -> None:
    """Watch until all is done. Raises ProcessError and UnfinishedError."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while not done():
        if time.monotonic() > deadline:
            raise UnfinishedError(
                f"not everything was read and delivered {SETTLE_SECONDS:.0f} s after the last article"
            )
        _watch(follower, screen, running, until=time.monotonic() + LOOK_SECONDS)


def _watch(follower: Follower, screen: Screen, running: Sequence[Running], until: float) -> None:
    for one in running:
        one.must_run()
    while True:
        for alert in follower.poll(min(LOOK_SECONDS, until - time.monotonic())):
            screen.alert(alert)
        screen.contacts(follower.seen.contacts.values())
        if time.monotonic() >= until:
            return
