"""Mends Faust's consumer, which could throw records away while partitions move between workers.

Faust 0.15.3 keeps a fetch under way through a rebalance, lets it take records of partitions that were not asked for (its
set of active partitions is emptied in place, and to aiokafka an empty set means all), and drops what it brings while the
flow is stopped. It then seeks back to the committed offsets, so that a partition which has none, a changelog above all, goes
on behind the dropped records: recovery waits for ever (seen in two of eighteen runs in which one of two workers was killed), and an article that
nothing was yet committed behind could be lost.
"""

from collections.abc import Mapping
from typing import Any

from faust.transport.drivers.aiokafka import Consumer, Transport
from faust.types import TP


class HeldConsumer(Consumer):
    """A consumer that can be waited for until it fetches no more, and that forgets no partition."""

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:  # noqa: ANN401, ASYNC109  # Faust's own
        """Fetch for the partitions that are active now; Faust marks the end of a fetch, and forgets to mark its beginning."""
        self.not_waiting_next_records.clear()
        asked = None if active_partitions is None else set(active_partitions)
        return await super()._getmany(asked, timeout)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Seek every partition to its committed offset, or to its beginning when nothing is committed there."""
        committed = await super().seek_to_committed()
        fresh = [
            tp for tp, offset in committed.items() if not (offset and offset > 0) and not self._is_changelog_tp(tp)
        ]
        if fresh:
            await self._thread.seek_to_beginning(*fresh)
        return committed


class HeldTransport(Transport):
    """Kafka with that consumer."""

    Consumer = HeldConsumer
