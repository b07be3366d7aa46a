"""Articles into alerts in event-time order, without Kafka: the same pure functions as the agents, in one loop.

Backtests, rule tests, replays and the project's own tests all run through here, so that what they show is what would
have paged.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from detente.alerts.alert import Alert
from detente.alerts.evaluate import AlertMemory, evaluate
from detente.alerts.rule import Rule
from detente.alerts.watch import silence_limits
from detente.articles import Article
from detente.contacts.advance import advance
from detente.contacts.contact import Contact
from detente.contacts.silence import due, is_heard, lapse
from detente.contacts.transitions import Transition
from detente.signals import ArticleSignals, Signal, by_contact

HEARD_WITHIN = dt.timedelta(days=7)
"""In an archive a publisher speaks when it publishes; a week without an article and it counts as lost."""

Code = Callable[[Article], tuple[Signal, ...]]


class Coded(NamedTuple):
    """An article, or one of its messages, as a run needs it: when it was known, who said it, and what it says of contacts."""

    article_id: str
    at: dt.datetime
    publisher: str | None
    messages: tuple[ArticleSignals, ...]


class Outcome(NamedTuple):
    """What one article, or the silence before it, led to; ``id`` is the article's, or the contact's that lapsed."""

    id: str
    at: dt.datetime
    signals: tuple[Signal, ...]
    transitions: tuple[Transition, ...]
    alerts: tuple[Alert, ...]


class Backtest:
    """The state of a run: contacts, what the rules remember, and when each contact would lapse.

    Feed it in event-time order; the clock is the newest publication time seen. It never goes back.
    """

    def __init__(self, code: Code, rules: Sequence[Rule]) -> None:
        self.contacts: dict[str, Contact] = {}
        self._code = code
        self._rules = tuple(rules)
        self._memories: dict[str, AlertMemory] = {}
        self._deadlines: list[tuple[dt.date, str]] = []
        self._awaited: set[str] = set()
        self._last_heard: dict[str, dt.datetime] = {}
        self._now: dt.datetime | None = None

    def feed(self, item: Article | ArticleSignals) -> Iterator[Outcome]:
        """Yield the silences that ended before the item, then the item's own outcome."""
        if isinstance(item, Article):
            coded = Coded(item.id, item.published_at, item.publisher, tuple(by_contact(item, self._code(item))))
        else:
            coded = Coded(item.article_id, item.published_at, item.publisher, (item,))
        yield from self.feed_coded(coded)

    def feed_coded(self, coded: Coded) -> Iterator[Outcome]:
        """The same, of an article that was coded elsewhere; one without messages only lets time pass."""
        self._now = max(self._now or coded.at, coded.at)
        yield from self._lapses(self._now)
        if coded.publisher:
            self._last_heard[coded.publisher] = self._now
        messages = coded.messages
        transitions = [made for message in messages for made in self._fold(message)]
        yield Outcome(
            id=coded.article_id,
            at=self._now,
            signals=tuple(signal for message in messages for signal in message.signals),
            transitions=tuple(transitions),
            alerts=tuple(alert for made in transitions for alert in self._evaluate(made)),
        )

    def _fold(self, message: ArticleSignals) -> tuple[Transition, ...]:
        assert self._now is not None
        contact, transitions = advance(self.contacts.get(message.contact), message, self._now)
        self.contacts[message.contact] = contact
        self._await_silence(contact)
        return transitions

    def _await_silence(self, contact: Contact) -> None:
        """Look at the contact again when it is due; it waits in the queue once, and what is due later is put off then."""
        if contact.key in self._awaited:
            return
        limits = silence_limits(self._rules, contact)
        deadline = due(contact, limits) if limits else None
        if deadline is not None:
            self._awaited.add(contact.key)
            heappush(self._deadlines, (deadline, contact.key))

    def _lapses(self, now: dt.datetime) -> Iterator[Outcome]:
        while self._deadlines and self._deadlines[0][0] <= now.date():
            deadline, key = heappop(self._deadlines)
            self._awaited.discard(key)
            at = dt.datetime.combine(deadline, dt.time(), dt.UTC)
            contact = self.contacts[key]
            limits = silence_limits(self._rules, contact)
            later = due(contact, limits)
            if later is not None and later <= deadline:
                heard = is_heard(contact, self._last_heard, at, HEARD_WITHIN)
                self.contacts[key], transitions = lapse(contact, at, heard=heard, limits=limits)
                if transitions:
                    alerts = tuple(alert for made in transitions for alert in self._evaluate(made))
                    yield Outcome(key, at, (), transitions, alerts)
            self._await_silence(self.contacts[key])

    def _evaluate(self, transition: Transition) -> tuple[Alert, ...]:
        evaluation = evaluate(self._rules, self._memories.get(transition.contact), transition, transition.at)
        self._memories[transition.contact] = evaluation.memory
        return evaluation.alerts


def run(items: Iterable[Article | ArticleSignals], code: Code, rules: Sequence[Rule]) -> Iterator[Outcome]:
    """Run items in the order given, which should be that of publication; an empty system at the start."""
    backtest = Backtest(code, rules)
    for item in items:
        yield from backtest.feed(item)
