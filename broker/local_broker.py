"""Starts, stops and finds the one broker of a folder."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from broker import kafka_process, volatile_broker
from broker.broker_info import BrokerFiles, BrokerInfo
from broker.errors import BrokerError, JarsUnavailableError
from broker.failures import cause_of_death, size
from broker.jars import Progress
from broker.ports import free_port, is_free
from broker.process_lock import claimed, is_held, wait_until_released
from broker.readiness import wait_until_ready
from broker.watchdog import watched

__all__ = ["BrokerError", "BrokerInfo", "JarsUnavailableError", "running", "start", "status", "stop"]

READY_SECONDS = 60
"""Some 3 s on an idle machine; a loaded one, or a long recovery after a crash, may need more."""
STOP_SECONDS = 20
_OTHER_STARTER_SECONDS = 300
"""A first start elsewhere may be fetching the jars."""

_children: dict[int, "subprocess.Popen[bytes]"] = {}
"""Brokers that this process started, by pid: they must be waited for when they end, or they stay as zombies."""


def start(
    directory: Path, port: int | None = None, *, volatile: bool = False, progress: Progress | None = None
) -> BrokerInfo:
    """Start a broker whose data, log and record lie in ``directory``, and wait until it answers.

    Idempotent: a broker that already runs there is returned as it is. Without a port (None or 0) it takes the one of
    its last start, at first any free one. It outlives this process. Raises BrokerError, whose message is one line;
    JarsUnavailableError if only Kafka's jars are missing.
    """
    files = _prepared(directory)
    with claimed(files.start_lock, _OTHER_STARTER_SECONDS):
        if found := _found(files):
            return _as_asked(found, port, volatile=volatile)
        log_start = size(files.log)
        with claimed(files.life_lock, patience=1) as lock:
            process, info = _launch(files, port or None, lock, volatile=volatile, progress=progress)
        with ExitStack() as undo:
            undo.callback(_discard, files, process)
            files.write_record(info)
            if not wait_until_ready(info, READY_SECONDS, is_alive=lambda: process.poll() is None):
                raise _no_answer(files, process, log_start)
            undo.pop_all()
        _children[info.pid] = process
        return info


def stop(directory: Path, timeout: float = STOP_SECONDS) -> bool:
    """Stop the broker of that folder cleanly, or by force after ``timeout`` seconds; False if none ran. The data stay."""
    files = BrokerFiles(directory=directory.absolute())
    if not files.directory.is_dir():
        return False
    with claimed(files.start_lock, _OTHER_STARTER_SECONDS):
        info = status(files.directory)
        if info is None:
            return False
        for number, patience in ((signal.SIGTERM, timeout), (signal.SIGKILL, STOP_SECONDS)):
            _signal(info.pid, number)
            if wait_until_released(files.life_lock, patience):
                _forget(files, info.pid)
                return True
        raise BrokerError(f"the broker (process {info.pid}) does not end, even by SIGKILL")


def status(directory: Path) -> BrokerInfo | None:
    """The broker that runs in that folder, or None; what a dead one left behind is removed."""
    files = BrokerFiles(directory=directory.absolute())
    info = files.read_record()
    if info is None:
        return None
    if not is_held(files.life_lock):
        _forget(files, info.pid)
        return None
    return info


@contextmanager
def running(
    directory: Path, port: int | None = None, *, volatile: bool = False, progress: Progress | None = None
) -> Iterator[BrokerInfo]:
    """A broker for as long as the body runs, stopped even if this process is killed.

    One that ran before is used, and left running.
    """
    before = status(directory)
    info = start(directory, port, volatile=volatile, progress=progress)
    if info == before:
        yield info
        return
    with watched(info.directory, info.pid):
        try:
            yield info
        finally:
            stop(info.directory)


def _prepared(directory: Path) -> BrokerFiles:
    files = BrokerFiles(directory=directory.absolute())
    try:
        files.directory.mkdir(parents=True, exist_ok=True)
        files.start_lock.touch()
    except OSError as cause:
        raise BrokerError(f"cannot write to {files.directory}: {cause.strerror}") from cause
    return files


def _found(files: BrokerFiles) -> BrokerInfo | None:
    """The broker that runs there, once it answers; None too if it dies before it does, as one just killed would."""
    info = status(files.directory)
    if info is None or wait_until_ready(info, READY_SECONDS, is_alive=lambda: is_held(files.life_lock)):
        return info
    if status(files.directory):
        raise BrokerError(f"the broker (process {info.pid}) runs but does not answer; stop it first, see {files.log}")
    return None


def _as_asked(found: BrokerInfo, port: int | None, *, volatile: bool) -> BrokerInfo:
    if port not in (None, 0, found.port) or volatile != (found.kind == "volatile"):
        raise BrokerError(f"a {found.kind} broker already runs on {found.bootstrap_servers}; stop it first")
    return found


def _launch(
    files: BrokerFiles, port: int | None, lock: int, *, volatile: bool, progress: Progress | None
) -> tuple["subprocess.Popen[bytes]", BrokerInfo]:
    if volatile:
        if port:
            raise BrokerError("a volatile broker chooses its port itself; leave the port out")
        return volatile_broker.launch(files, lock)
    return kafka_process.launch(files, _free_port(files, port), lock, progress)


def _free_port(files: BrokerFiles, port: int | None) -> int:
    wanted = port or files.remembered_port()
    if wanted is None:
        return free_port()
    if not is_free(wanted):
        why = "" if port else ", which this broker used before,"
        raise BrokerError(f"port {wanted}{why} is taken by another program; free it, or choose another port")
    return wanted


def _no_answer(files: BrokerFiles, process: "subprocess.Popen[bytes]", log_start: int) -> BrokerError:
    if process.poll() is None:
        return BrokerError(f"the broker did not answer within {READY_SECONDS} s; see {files.log}")
    cause = cause_of_death(files.console, files.log, log_start)
    return BrokerError(f"the broker ended while it started: {cause}; see {files.log}")


def _discard(files: BrokerFiles, process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    files.record.unlink(missing_ok=True)


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it ended in between
        os.kill(pid, number)


def _forget(files: BrokerFiles, pid: int) -> None:
    files.record.unlink(missing_ok=True)
    if child := _children.pop(pid, None):
        child.wait()
