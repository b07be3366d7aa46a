"""How fast the pure core is on one core, without Kafka: ``python -m benchmarks.core_speed`` prints the figures."""

import resource
import time
from collections.abc import Callable, Iterable
from typing import Any

from alerts.rule_files import load_rules
from cli.demo.timeline import read_timeline
from detente.articles import Article
from detente.backtest import Backtest
from detente.coder.article_to_signals import load_coder
from detente.signals import by_contact
from detente.wire import decode, encode

SECONDS = 3.0


def per_second(work: Callable[[Any], object], items: Iterable[Any]) -> float:
    """How many items a second the work takes, over at least three seconds."""
    items, done = list(items), 0
    start = time.perf_counter()
    while (taken := time.perf_counter() - start) < SECONDS:
        for item in items:
            work(item)
        done += len(items)
    return done / taken


def main() -> None:
    """Measure and print."""
    articles = read_timeline()
    begun = time.perf_counter()
    coder = load_coder()
    _tell("coder loaded", f"{time.perf_counter() - begun:.2f} s")
    _tell("articles of the demo coded", f"{per_second(coder.code, articles):,.0f}/s")
    coded = {article.id: coder.code(article) for article in articles}
    messages = [message for article in articles for message in by_contact(article, coded[article.id])]
    rules = load_rules(None)

    def fold(items: list[Any]) -> None:
        run = Backtest(lambda article: coded[article.id], rules)
        for item in items:
            list(run.feed(item))

    _tell("messages folded and evaluated", f"{per_second(fold, [messages]) * len(messages):,.0f}/s")
    raw = [encode(article) for article in articles]
    _tell("articles read from the wire", f"{per_second(lambda value: decode(value, Article), raw):,.0f}/s")
    _tell("memory at the most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _tell(what: str, figure: str) -> None:
    print(f"{what:36}{figure}")  # noqa: T201  # the figure is what one came for


if __name__ == "__main__":
    main()
