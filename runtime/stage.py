"""What every stage does around each record: time it, count it, keep what cannot be read, and never lose one.

Faust acknowledges a record when its agent moves on, whether it was handled or the agent failed. So nothing may leave
the loop with a record half done: what cannot be read goes to the dead letters, and where even that fails the process
ends at once, unacknowledged, and the record is read again.
"""

import os
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TypeVar

import faust

from detente.topics import Topic
from detente.wire import PoisonCause, PoisonError
from runtime import metrics
from runtime.dead_letters import Place, headers_for
from runtime.faust_app import raw_topic
from runtime.logs import logger
from runtime.offset_guard import OffsetGuard
from runtime.settings import KafkaSettings

EXIT_UNHANDLED = 70
"""The exit code (EX_SOFTWARE) of a worker that could neither handle a record nor keep it."""

_log = logger(__name__)
T = TypeVar("T")

Work = Callable[[str | None, bytes | None], T]
"""Pure: a record's key and value into what is to be sent. Raises PoisonError."""

Hand = Callable[[T], Awaitable[None]]
"""Sends what the work made, and returns when Kafka has it."""


class Stage:
    """One stage of the stream: reads ``source``, and has the dead letters of that topic."""

    def __init__(self, app: faust.App, kafka: KafkaSettings, name: str, source: Topic) -> None:
        self.name = name
        self.source = raw_topic(app, kafka, source)
        self._dead = raw_topic(app, kafka, source.dead)
        self._guard = OffsetGuard(app, kafka, source.named(kafka.topic_prefix))

    async def run(
        self,
        stream: faust.StreamT[bytes],
        work: Work[T],
        hand: Hand[T],
        lock: AbstractAsyncContextManager[None] | None = None,
    ) -> None:
        """Handle the stream's records one by one, in order; returns when the stream ends.

        ``lock`` is held over each record, for stages that share state with a timer.
        """
        async for event in stream.events():
            started = time.perf_counter()
            try:
                await self._guard.check(event.message.partition, event.message.offset)
                async with lock or nullcontext():
                    outcome = await self._handle(event, work, hand)
            except BaseException as error:  # noqa: BLE001  # cancellation too: nothing else keeps the record
                self._end_process(event, error)
            metrics.RECORDS.labels(self.name, outcome).inc()
            metrics.STAGE_SECONDS.labels(self.name).observe(time.perf_counter() - started)
            metrics.LAST_RECORD.labels(self.name).set_to_current_time()

    async def _handle(self, event: faust.EventT[bytes], work: Work[T], hand: Hand[T]) -> str:
        try:
            made = work(_text(event.key), event.value)
        except PoisonError as poison:
            await self._bury(event, poison)
            return "dead"
        except Exception as error:  # noqa: BLE001  # a fault of ours in pure code: no retry helps, the record is kept
            _log.exception("stage_failed", stage=self.name, **_place(event))
            await self._bury(event, PoisonError(PoisonCause.FAILED, f"{type(error).__name__}: {error}"))
            return "dead"
        await hand(made)
        return "done"

    async def _bury(self, event: faust.EventT[bytes], poison: PoisonError) -> None:
        message = event.message
        place = Place(message.topic, message.partition, message.offset, int(message.timestamp * 1000))
        headers = headers_for(poison, self.name, place)
        sent = await self._dead.send(key=message.key, value=message.value or b"", headers=headers)
        await sent
        metrics.DEAD_LETTERS.labels(self.name, poison.cause.value).inc()
        _log.warning("dead_letter", stage=self.name, cause=poison.cause.value, detail=poison.detail, **_place(event))

    def _end_process(self, event: faust.EventT[bytes], error: BaseException) -> None:
        _log.critical("record_kept_by_nobody", stage=self.name, error=repr(error), exc_info=error, **_place(event))
        sys.stderr.flush()
        os._exit(EXIT_UNHANDLED)


def _text(key: object) -> str | None:
    return key.decode(errors="replace") if isinstance(key, bytes) else None if key is None else str(key)


def _place(event: faust.EventT[bytes]) -> dict[str, object]:
    return {"topic": event.message.topic, "partition": event.message.partition, "offset": event.message.offset}
