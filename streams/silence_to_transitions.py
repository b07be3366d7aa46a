"""The silence timer: watched contacts of which nothing is heard lapse, on the worker that owns them."""

import asyncio
import datetime as dt
from collections.abc import Callable

import faust
from kafka.errors import KafkaError

from detente import wire
from detente.contacts.contact import Contact
from detente.contacts.silence import Limit, is_heard, lapse
from detente.sources import Heartbeat
from detente.topics import Topic
from detente.wire import PoisonError
from runtime.logs import logger
from runtime.settings import KafkaSettings
from runtime.topic_reader import read_latest
from streams.contact_store import ContactStore

Clock = Callable[[], dt.datetime]
Limits = Callable[[Contact], tuple[Limit, ...]]
"""What counts as a silence of the contact; nothing if nobody watches it."""

_log = logger(__name__)


def register(
    app: faust.App, kafka: KafkaSettings, store: ContactStore, clock: Clock, limits: Limits, every: dt.timedelta
) -> None:
    """Add the timer to the app; ``every`` zero leaves it out."""
    if not every:
        return

    async def silence_to_transitions() -> None:
        try:
            last_heard = await asyncio.to_thread(read_last_heard, kafka)
        except KafkaError as error:
            _log.warning("silence_check_put_off", error=str(error))
            return
        for contact in [contact for contact in store.all() if limits(contact)]:
            async with store.lock:
                now = clock()
                current = store.get(contact.key)
                if current is not None:
                    heard = is_heard(current, last_heard, now)
                    await store.put(current, lapse(current, now, heard=heard, limits=limits(current)))

    app.timer(every.total_seconds(), name="silence")(silence_to_transitions)


def read_last_heard(kafka: KafkaSettings) -> dict[str, dt.datetime]:
    """When each publisher's source was last read, from the whole of the compacted ``sources`` topic. Blocks."""
    heard: dict[str, dt.datetime] = {}
    for record in read_latest(kafka, Topic.SOURCES.named(kafka.topic_prefix)).values():
        try:
            beat = wire.decode(record.value, Heartbeat)
        except PoisonError as poison:
            _log.warning("heartbeat_unreadable", cause=poison.cause.value, detail=poison.detail)
            continue
        for publisher in beat.publishers:
            heard[publisher] = max(heard.get(publisher, beat.fetched_at), beat.fetched_at)
    return heard
