"""What the outbox remembers, and that it survives."""

import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from alerts.delivery.outbox import Incoming, Outbox
from alerts.delivery.outbox_file import OutboxError, open_outbox, outbox_copy
from alerts.delivery.planning import State
from alerts.delivery.receiver import Manner

LOG = Manner("log")
ALERTMANAGER = Manner("alertmanager", dt.timedelta(minutes=1))
BOTH = (LOG, ALERTMANAGER)
OURS = frozenset({0})


def states(outbox: Outbox, receiver: str) -> list[State]:
    return [state for _, _, name, state, _ in outbox.states() if name == receiver]


def test_the_same_version_is_stored_once(outbox: Outbox, make_alert: Any, clock: Any) -> None:
    assert [outbox.store([Incoming(make_alert(), 0)], BOTH, clock()) for _ in range(3)] == [1, 0, 0]
    assert len(outbox.due(LOG, clock(), OURS)) == 1


def test_what_was_accepted_is_not_due_again_even_if_it_is_read_again(
    outbox: Outbox, make_alert: Any, clock: Any
) -> None:
    outbox.store([Incoming(make_alert(), 0)], BOTH, clock())
    (delivery,) = outbox.due(LOG, clock(), OURS)
    outbox.settle(delivery, State.ACCEPTED, None, "", clock())
    outbox.store([Incoming(make_alert(), 0)], BOTH, clock())
    assert outbox.due(LOG, clock(), OURS) == []


def test_a_retry_is_due_when_its_time_has_come_and_counts_its_attempts(
    outbox: Outbox, make_alert: Any, clock: Any
) -> None:
    outbox.store([Incoming(make_alert(), 0)], [LOG], clock())
    (delivery,) = outbox.due(LOG, clock(), OURS)
    outbox.settle(delivery, State.PENDING, clock() + dt.timedelta(seconds=5), "busy", clock())
    assert outbox.due(LOG, clock(), OURS) == []
    clock.go(seconds=5)
    (again,) = outbox.due(LOG, clock(), OURS)
    assert again.attempts == 1


def test_a_log_gets_the_versions_of_an_alert_in_their_order(outbox: Outbox, make_alert: Any, clock: Any) -> None:
    outbox.store([Incoming(make_alert(), 0), Incoming(make_alert(resolved=True), 0)], [LOG], clock())
    (first,) = outbox.due(LOG, clock(), OURS)
    outbox.settle(first, State.PENDING, clock() + dt.timedelta(hours=1), "busy", clock())
    assert outbox.due(LOG, clock(), OURS) == []
    clock.go(hours=1)
    assert [d.alert.version for d in outbox.due(LOG, clock(), OURS)] == [1]


def test_where_only_the_newest_version_counts_it_takes_over(outbox: Outbox, make_alert: Any, clock: Any) -> None:
    outbox.store([Incoming(make_alert(), 0)], [ALERTMANAGER], clock())
    (under_way,) = outbox.due(ALERTMANAGER, clock(), OURS)
    outbox.store([Incoming(make_alert(resolved=True), 0)], [ALERTMANAGER], clock())
    outbox.settle(under_way, State.RESENT, clock(), "", clock())
    assert [d.alert.version for d in outbox.due(ALERTMANAGER, clock(), OURS)] == [2]
    assert states(outbox, "alertmanager") == [State.SUPERSEDED, State.PENDING]


def test_a_partition_that_is_not_ours_is_left_to_its_owner_where_states_are_kept(
    outbox: Outbox, make_alert: Any, clock: Any
) -> None:
    outbox.store([Incoming(make_alert(), 7)], BOTH, clock())
    assert outbox.due(ALERTMANAGER, clock(), OURS) == []
    assert len(outbox.due(LOG, clock(), OURS)) == 1
    assert outbox.pending(ALERTMANAGER, OURS)[0] == 0


def test_history_is_stored_and_not_told(outbox: Outbox, make_alert: Any, clock: Any) -> None:
    old = make_alert("old", fired_at=clock() - dt.timedelta(days=9))
    assert outbox.store([Incoming(old, 0)], BOTH, clock()) == 1
    assert states(outbox, "log") == states(outbox, "alertmanager") == [State.OVER]


def test_a_receiver_that_is_added_later_is_told_only_of_what_it_should_hold(
    outbox: Outbox, make_alert: Any, clock: Any
) -> None:
    outbox.store([Incoming(make_alert(), 0)], [], clock())
    outbox.store([Incoming(make_alert(), 0, taken_before=True)], BOTH, clock())
    assert states(outbox, "log") == [State.ELSEWHERE]
    assert states(outbox, "alertmanager") == [State.PENDING]


def test_what_is_over_for_long_is_forgotten_and_what_is_due_is_not(outbox: Outbox, make_alert: Any, clock: Any) -> None:
    outbox.store([Incoming(make_alert("due"), 0), Incoming(make_alert("done"), 0)], [LOG], clock())
    done = next(d for d in outbox.due(LOG, clock(), OURS) if d.alert.id == "done")
    outbox.settle(done, State.ACCEPTED, None, "", clock())
    assert outbox.forget(clock()) == 0
    clock.go(days=40)
    assert outbox.forget(clock()) == 1
    assert [alert for alert, *_ in outbox.states()] == ["due"]


def test_an_alert_that_another_version_of_detente_stored_is_given_up_and_holds_up_no_other(
    outbox: Outbox, make_alert: Any, clock: Any
) -> None:
    outbox.store([Incoming(make_alert("new"), 0), Incoming(make_alert("old"), 0)], [LOG], clock())
    outbox._db.execute("UPDATE alerts SET record = ? WHERE alert_id = 'old'", (b'{"schema": "alert/0.9"}',))
    assert [d.alert.id for d in outbox.due(LOG, clock(), OURS)] == ["new"]
    assert states(outbox, "log") == [State.PENDING, State.REFUSED]


def test_pending_tells_how_many_wait_and_since_when(outbox: Outbox, make_alert: Any, clock: Any) -> None:
    assert outbox.pending(LOG, OURS) == (0, None)
    outbox.store([Incoming(make_alert("a"), 0)], [LOG], clock())
    since = clock()
    clock.go(minutes=1)
    outbox.store([Incoming(make_alert("b"), 0)], [LOG], clock())
    assert outbox.pending(LOG, OURS) == (2, since)


def test_it_survives_a_restart(tmp_path: Path, make_alert: Any, clock: Any) -> None:
    file = tmp_path / "outbox.sqlite"
    for expected in (1, 0):
        with open_outbox(file) as outbox:
            assert outbox.store([Incoming(make_alert(), 0)], [LOG], clock()) == expected


def test_two_deliverers_cannot_have_the_same_outbox(tmp_path: Path) -> None:
    file = tmp_path / "outbox.sqlite"
    other = f"from alerts.delivery.outbox_file import *; from pathlib import Path; open_outbox(Path({str(file)!r})).__enter__()"
    with open_outbox(file):
        done = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=False, timeout=60)
    assert "another deliverer uses the outbox" in done.stderr


def test_a_copy_leaves_the_outbox_as_it_is(tmp_path: Path, make_alert: Any, clock: Any) -> None:
    file = tmp_path / "outbox.sqlite"
    with outbox_copy(file) as copy:
        assert copy.states() == []
    assert not file.exists()
    with open_outbox(file) as outbox:
        outbox.store([Incoming(make_alert("a"), 0)], [LOG], clock())
        with outbox_copy(file) as copy:
            copy.store([Incoming(make_alert("b"), 0)], [LOG], clock())
            assert len(copy.states()) == 2
        assert len(outbox.states()) == 1


@pytest.mark.parametrize("content", [b"not a database, whatever its name says" * 100, None])
def test_a_file_that_is_no_outbox_is_refused_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "outbox.sqlite"
    if content:
        file.write_bytes(content)
    else:
        with sqlite3.connect(file) as db:
            db.execute("CREATE TABLE alerts (something_else)")
    with pytest.raises(OutboxError), open_outbox(file):
        pass
