"""The ``code`` stage: an article's bytes into one message for each contact that it speaks of."""

import datetime as dt
from collections.abc import Callable

import faust

from detente import wire
from detente.articles import Article
from detente.signals import ArticleSignals, Signal, by_contact
from detente.topics import Topic
from detente.vocabulary import ArticleFlag
from runtime import metrics
from runtime.faust_app import raw_topic
from runtime.settings import KafkaSettings
from runtime.stage import Stage

Code = Callable[[Article], tuple[Signal, ...]]
Clock = Callable[[], dt.datetime]


def register(app: faust.App, kafka: KafkaSettings, code: Code, clock: Clock) -> Stage:
    """Add the agent to the app."""
    stage = Stage(app, kafka, "code", Topic.ARTICLES)
    signals = raw_topic(app, kafka, Topic.SIGNALS)

    def work(_key: str | None, value: bytes | None) -> list[ArticleSignals]:
        article = wire.decode(value, Article).clamped(clock())
        if ArticleFlag.CLAMPED in article.flags:
            metrics.ARTICLES_CLAMPED.inc()
        return by_contact(article, code(article))

    async def hand(messages: list[ArticleSignals]) -> None:
        for message in messages:
            timestamp = message.published_at.timestamp()
            await (await signals.send(key=message.contact, value=wire.encode(message), timestamp=timestamp))
            for signal in message.signals:
                metrics.SIGNALS.labels(signal.polarity, signal.channel, signal.level, signal.status).inc()

    async def articles_to_signals(stream: faust.StreamT[bytes]) -> None:
        await stage.run(stream, work, hand)

    app.agent(stage.source, name="code", concurrency=1)(articles_to_signals)
    return stage
