"""The outbox's file: opened by one process at a time, made if it is not there, copied for a look."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alerts.delivery.outbox import Outbox

SCHEMA = (Path(__file__).parent / "outbox.sql").read_text(encoding="utf-8")
APPLICATION_ID = 0x64657431
"""SQLite's mark of whose database a file is."""


class OutboxError(RuntimeError):
    """The outbox cannot be used."""


@contextmanager
def open_outbox(path: Path) -> Iterator[Outbox]:
    """The outbox of that file for this process alone; others may read it meanwhile. Raises OutboxError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("w", encoding="utf-8")
    except OSError as error:
        raise OutboxError(f"the outbox {path} cannot be opened: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutboxError(f"another deliverer uses the outbox {path}") from error
        with closing(_connected(str(path))) as db:
            yield Outbox(db)


@contextmanager
def outbox_copy(path: Path) -> Iterator[Outbox]:
    """A copy in memory, even of an outbox that is in use or not there: what is done to it leaves no trace."""
    with closing(_connected(":memory:")) as db:
        if path.exists():
            try:
                with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source:
                    source.backup(db)
            except sqlite3.Error as error:
                raise OutboxError(f"the outbox {path} cannot be read: {error}") from error
        yield Outbox(db)


def _connected(name: str) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(name, timeout=10)
        (owner,) = db.execute("PRAGMA application_id").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if owner == APPLICATION_ID or not tables:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.executescript(SCHEMA)
            return db
    except sqlite3.Error as error:
        raise OutboxError(f"the outbox {name} cannot be opened: {error}") from error
    db.close()
    raise OutboxError(f"{name} is a database of something else")
