"""How fast the pure core is on one core, without Kafka; `make bench` prints the figures.

The floors are a fifth of what a slow machine of two cores showed: they catch a mistake of another order, not a slow day.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from alerts.rule_files import load_rules
from cli.demo.timeline import read_timeline
from detente.articles import Article
from detente.backtest import Backtest
from detente.coder.article_to_signals import load_coder
from detente.signals import by_contact
from detente.wire import decode, encode

ARTICLES = read_timeline()
SECONDS = 1.0


@pytest.fixture(scope="module")
def coder():
    return load_coder()


def per_second(work: Callable[[Any], object], items: Iterable[Any]) -> float:
    """How many items a second the work takes, over at least a second."""
    items, done = list(items), 0
    start = time.perf_counter()
    while (taken := time.perf_counter() - start) < SECONDS:
        for item in items:
            work(item)
        done += len(items)
    return done / taken


def report(what: str, rate: float, floor: float) -> None:
    print(f"\n{what}: {rate:,.0f} a second (floor {floor:,.0f})")  # noqa: T201 - the figure is what one came for
    assert rate > floor


def test_articles_into_signals(coder):
    report("articles coded", per_second(coder.code, ARTICLES), 200)


def test_signals_into_alerts(coder):
    coded = {article.id: coder.code(article) for article in ARTICLES}
    messages = [message for article in ARTICLES for message in by_contact(article, coded[article.id])]
    rules = load_rules(None)

    def fold(items):
        run = Backtest(lambda article: coded[article.id], rules)
        for item in items:
            list(run.feed(item))

    report("messages folded and evaluated", per_second(fold, [messages]) * len(messages), 400)


def test_articles_over_the_wire():
    report("articles written and read", per_second(lambda it: decode(encode(it), Article), ARTICLES), 10_000)
