"""Work in child processes: in order, and with an end whatever happens to a child."""

import gc
import os
import signal
import struct
from multiprocessing import active_children
from multiprocessing.connection import Connection

import pytest

from replay.coding_processes import ChildEndedError, map_in_processes


def squared(number: int) -> int:
    return number * number


def killed_on_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def killed_half_way_through_its_result(number: int) -> int:
    if number == 3:
        pipe = next(thing for thing in gc.get_objects() if isinstance(thing, Connection))
        os.write(pipe.fileno(), struct.pack("!i", 1_000_000) + b"half")
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def large(number: int) -> bytes:
    return bytes(number)


def failing_on_three(number: int) -> int:
    return 1 // (number - 3)


def test_results_come_in_the_order_of_the_tasks():
    assert list(map_in_processes(squared, range(100), 3)) == [number * number for number in range(100)]


def test_large_tasks_and_results_do_not_block_one_another():
    assert [len(done) for done in map_in_processes(large, [3_000_000] * 12, 2)] == [3_000_000] * 12


@pytest.mark.parametrize("work", [killed_on_three, killed_half_way_through_its_result])
def test_a_killed_child_ends_the_work_at_once(work):
    with pytest.raises(ChildEndedError, match="was killed"):
        list(map_in_processes(work, range(1000), 2))
    assert active_children() == []


def test_a_failing_child_ends_the_work_and_tells_why(capfd):
    with pytest.raises(ChildEndedError, match="failed"):
        list(map_in_processes(failing_on_three, range(1000), 2))
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_who_stops_listening_leaves_no_child_behind():
    results = map_in_processes(squared, range(1000), 2)
    next(results)
    results.close()
    assert active_children() == []
