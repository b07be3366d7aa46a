"""A worker is ready when it has recovered, and alive while its commits move or it has nothing to read."""

from types import SimpleNamespace

import pytest
from faust.types import TP

from runtime import worker_health
from runtime.worker_health import STALL_SECONDS, TAIL, WorkerHealth

PARTITION = TP("t.articles", 0)


class Signal:
    def connect(self, handler):
        self.handler = handler


@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(time=1000.0)
    monkeypatch.setattr(worker_health.time, "monotonic", lambda: now.time)
    return now


@pytest.fixture
def app():
    monitor = SimpleNamespace(tp_committed_offsets={PARTITION: 100}, tp_end_offsets={PARTITION: 100})
    consumer = SimpleNamespace(assignment=lambda: {PARTITION})
    return SimpleNamespace(
        monitor=monitor, consumer=consumer, on_partitions_revoked=Signal(), on_rebalance_complete=Signal()
    )


@pytest.fixture
def health(app, clock):  # noqa: ARG001
    made = WorkerHealth(app)
    app.on_rebalance_complete.handler()
    return made


@pytest.mark.usefixtures("clock")
def test_a_worker_is_ready_once_it_has_recovered_and_not_while_it_rebalances(app):
    health = WorkerHealth(app)
    assert health.recovery() is not None
    app.on_rebalance_complete.handler()
    assert health.recovery() is None
    app.on_partitions_revoked.handler()
    assert health.recovery() is not None


def test_an_idle_worker_is_alive_for_ever(health, clock):
    clock.time += 10 * STALL_SECONDS
    assert health.progress() is None


def test_a_worker_that_is_behind_and_commits_is_alive(health, app, clock):
    app.monitor.tp_end_offsets[PARTITION] = 5000
    for step in range(1, 5):
        clock.time += STALL_SECONDS - 1
        app.monitor.tp_committed_offsets[PARTITION] = 100 + step
        assert health.progress() is None


def test_a_worker_that_is_behind_and_commits_nothing_has_stalled(health, app, clock):
    app.monitor.tp_end_offsets[PARTITION] = 100 + TAIL + 1
    assert health.progress() is None
    clock.time += STALL_SECONDS + 1
    assert "nothing committed" in (health.progress() or "")


def test_transaction_markers_at_the_end_are_no_stall(health, app, clock):
    app.monitor.tp_end_offsets[PARTITION] = 100 + TAIL
    assert health.progress() is None
    clock.time += 10 * STALL_SECONDS
    assert health.progress() is None


def test_a_worker_that_never_recovers_has_stalled(app, clock):
    health = WorkerHealth(app)
    clock.time += STALL_SECONDS + 1
    assert "not recovered" in (health.progress() or "")
