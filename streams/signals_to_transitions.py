"""The ``track`` stage: an article's signals folded into their contact, and the transitions that this makes."""

import datetime as dt
from collections.abc import Callable

import faust

from detente import wire
from detente.contacts.advance import Advance, advance
from detente.contacts.contact import Contact
from detente.signals import ArticleSignals
from detente.topics import Topic
from detente.wire import PoisonCause, PoisonError
from runtime.settings import KafkaSettings
from runtime.stage import Stage
from streams.contact_store import ContactStore

Clock = Callable[[], dt.datetime]


def register(app: faust.App, kafka: KafkaSettings, store: ContactStore, clock: Clock) -> Stage:
    """Add the agent to the app."""
    stage = Stage(app, kafka, "track", Topic.SIGNALS)

    def work(key: str | None, value: bytes | None) -> tuple[Contact | None, Advance]:
        message = wire.decode(value, ArticleSignals)
        if key != message.contact:
            raise PoisonError(PoisonCause.INVALID, f"the key {key!r} is not the contact {message.contact!r}")
        before = store.get(message.contact)
        return before, advance(before, message, clock())

    async def hand(made: tuple[Contact | None, Advance]) -> None:
        before, step = made
        await store.put(before, step)

    async def signals_to_transitions(stream: faust.StreamT[bytes]) -> None:
        await stage.run(stream, work, hand, store.lock)

    app.agent(stage.source, name="track", concurrency=1)(signals_to_transitions)
    return stage
