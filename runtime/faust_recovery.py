"""Mends the end of Faust's table recovery, where records could be lost.

Faust 0.15.3 (``Recovery.on_recovery_completed``) lets the consumer fetch again before it calls ``flow_control.resume()``,
and that call empties the queues of the agents. What was fetched in between is neither handled nor read again: with one
such record the next commit passes it over, with more the commits stop for ever. Both were seen here when a worker was
killed and started again under load. So the flow is held up until the queues have been emptied. A fetch that outlives a
rebalance could also take what recovery is about to read (runtime/faust_consumer.py), so it is waited for first.
"""

from collections import Counter
from typing import cast

from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from faust.transport.consumer import Consumer
from faust.types import TP, ConsumerT


class HeldRecovery(Recovery):
    """Recovery that fetches nothing between the end of recovery and the moment when agents take records."""

    async def _seek_offsets(self, consumer: ConsumerT, tps: set[TP], offsets: Counter[TP], title: str) -> None:
        """Seek to where the changelogs are to be read from, once nothing else can move these positions."""
        consumer.stop_flow()
        await cast(Consumer, consumer).wait_for_stopped_flow()
        await super()._seek_offsets(consumer, tps, offsets, title)

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        """Hold the flow up and let a fetch under way end; Faust resumes the flow as its last step."""
        consumer = cast(Consumer, self.app.consumer)
        consumer.stop_flow()
        await consumer.wait_for_stopped_flow()
        await super().on_recovery_completed(generation_id)


class HeldTableManager(TableManager):
    """A table manager with that recovery."""

    @property
    def recovery(self) -> Recovery:
        """The recovery service, made when first asked for."""
        if self._recovery is None:
            self._recovery = HeldRecovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery
