"""What a Faust worker's health page knows: recovery and partitions for readiness, commit progress for liveness."""

import os
import sys
import time

import faust
from faust.types import TP

from runtime import metrics
from runtime.health import Health
from runtime.logs import logger

STALL_SECONDS = 120.0
"""A worker that has records to read and commits nothing for so long ends, to be started again."""

TAIL = 10
"""So many offsets at the end of the partitions may stay uncommitted: a producer's transaction markers are no records."""

LOOK_SECONDS = 10.0
EXIT_STALLED = 75
"""The exit code (EX_TEMPFAIL) of a worker that came to a stand."""

_log = logger(__name__)


class WorkerHealth:
    """Watches one app. Its checks run on the health server's thread and only read."""

    def __init__(self, app: faust.App) -> None:
        self._app = app
        self._recovered = False
        self._started = time.monotonic()
        self._seen: dict[TP, int] = {}
        self._moved_at = self._started
        app.on_partitions_revoked.connect(self._on_revoked)
        app.on_rebalance_complete.connect(self._on_recovered)

    def watch(self, health: Health) -> None:
        """Add the checks to a health page."""
        health.ready_when("recovery", self.recovery)
        health.alive_while("progress", self.progress)

    def end_when_stalled(self) -> None:
        """Have the worker end itself when it stands still: Faust can, after a rebalance, and only a restart helps.

        Nothing is acknowledged by that; whatever supervises the process starts it again.
        """

        async def look() -> None:
            problem = self.progress()
            if problem is not None:
                _log.critical("stalled", problem=problem)
                sys.stderr.flush()
                os._exit(EXIT_STALLED)

        self._app.timer(LOOK_SECONDS, name="stall-watch")(look)

    def recovery(self) -> str | None:
        """Nothing once partitions are assigned and their tables recovered."""
        return None if self._recovered else "waiting for partitions, or recovering the contacts"

    def progress(self) -> str | None:
        """Nothing while commits move or there is nothing to read."""
        now = time.monotonic()
        monitor = self._app.monitor
        committed = dict(monitor.tp_committed_offsets)
        ends = dict(monitor.tp_end_offsets)
        lag = sum(max(0, end - committed.get(tp, 0)) for tp, end in ends.items() if tp in committed)
        metrics.LAG.set(lag)
        if committed != self._seen or lag <= TAIL:
            self._seen, self._moved_at = committed, now
        if not self._recovered and now - self._started > STALL_SECONDS:
            return f"not recovered after {now - self._started:.0f} s"
        stalled = now - self._moved_at
        return f"{lag} records behind, and nothing committed for {stalled:.0f} s" if stalled > STALL_SECONDS else None

    def _on_revoked(self, *_: object, **__: object) -> None:
        self._recovered = False
        self._started = time.monotonic()

    def _on_recovered(self, *_: object, **__: object) -> None:
        self._recovered = True
        self._moved_at = time.monotonic()
        metrics.ASSIGNED_PARTITIONS.labels("worker").set(len(self._app.consumer.assignment()))
