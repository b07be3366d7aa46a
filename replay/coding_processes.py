"""Child processes that work in parallel and end with their parent; one that is killed is noticed at once.

Not `ProcessPoolExecutor`: its children share one pipe for results, and one that is killed while it writes a result
leaves the parent waiting for the rest for ever. Here each child has a pipe of its own, which closes with it.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4
"""Tasks a process that may be under way or wait: what is read ahead is bounded."""


class ChildEndedError(Exception):
    """A child ended before its task did; the message says how."""


def map_in_processes(work: Callable[[A], B], tasks: Iterable[A], processes: int) -> Iterator[B]:
    """The results in the order of the tasks; ``work`` is a function of a module.

    Raises ChildEndedError if a child is killed, or fails, of which its own traceback tells.
    """
    children = [_start(work) for _ in range(processes)]
    idle: SimpleQueue[tuple[BaseProcess, Connection]] = SimpleQueue()
    for child in children:
        idle.put(child)

    def hand_over(task: A) -> B:
        process, connection = idle.get()
        try:
            connection.send(task)
            done: B = connection.recv()
        except (EOFError, OSError) as error:
            process.join()
            how = "was killed" if (process.exitcode or 0) < 0 else "failed"
            raise ChildEndedError(how) from error
        finally:
            idle.put((process, connection))
        return done

    threads = ThreadPoolExecutor(processes)
    waiting: deque[Future[B]] = deque()
    try:
        for task in tasks:
            waiting.append(threads.submit(hand_over, task))
            if len(waiting) >= processes * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for process, _ in children:
            process.kill()
            process.join()
        threads.shutdown(cancel_futures=True)


def _start(work: Callable[[A], B]) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()  # else the pipe would outlive the child
    return process, ours


def _serve(work: Callable[[A], B], connection: Connection) -> None:
    """Work until the parent closes the pipe or dies; a terminal's Ctrl-C goes to all processes, and the parent ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            connection.send(work(connection.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
