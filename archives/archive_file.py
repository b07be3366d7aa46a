"""The file of an archive: gzip of JSON Lines, a header, one line a record, and a last line that says that all are there.

Bytes that are UTF-8 stand as text, so that the file can be read and searched; all others as base64.
"""

import gzip
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

SCHEMA, MAJOR = "archive", "1"
SUFFIX = ".archive.gz"
COMPRESSION = 6


class ArchiveError(ValueError):
    """The file is no whole archive of a version that we know."""


class ArchivedRecord(NamedTuple):
    """A record as Kafka had it. ``timestamp`` in milliseconds."""

    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()


class Header(NamedTuple):
    """What the archive is of: the topic's full name, its number of partitions, and the range of offsets of each."""

    topic: str
    partitions: int
    offsets: dict[int, tuple[int, int]]


class ArchiveWriter:
    """Writes records; the file gets its name when it is whole."""

    def __init__(self, path: Path, header: Header) -> None:
        self._path, self._part = path, path.with_name(f".{path.name}.part")
        self._raw = self._part.open("wb")
        self._file = gzip.GzipFile("", "wb", COMPRESSION, self._raw, mtime=0)  # the same records, the same bytes
        self.records = 0
        self._line({"schema": f"{SCHEMA}/{MAJOR}.0", **header._asdict()})

    def add(self, record: ArchivedRecord) -> None:
        """Write a record."""
        row: dict[str, Any] = {"p": record.partition, "o": record.offset, "t": record.timestamp}
        row |= {"k": _text(record.key), "v": _text(record.value)}
        if record.headers:
            row["h"] = [[name, _text(value)] for name, value in record.headers]
        self._line(row)
        self.records += 1

    def _line(self, row: dict[str, Any]) -> None:
        self._file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._line({"records": self.records})
        self._file.close()
        self._raw.close()
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink()


@contextmanager
def read_archive(path: Path) -> Iterator[tuple[Header, Iterator[ArchivedRecord]]]:
    """The header and the records, one by one. Raises ArchiveError, at the latest when a record is asked for that is not there."""
    with gzip.open(path, "rb") as file:
        rows = _rows(file, path)
        first = next(rows, {})
        schema, _, version = str(first.get("schema")).partition("/")
        if schema != SCHEMA:
            raise ArchiveError(f"{path} is no archive of a topic")
        if version.split(".")[0] != MAJOR:
            raise ArchiveError(f"{path} is an archive of version {version}; this detente reads version {MAJOR}")
        spans = {int(number): (span[0], span[1]) for number, span in first["offsets"].items()}
        yield Header(first["topic"], first["partitions"], spans), _records(rows, path)


def verify(path: Path) -> int:
    """Read the whole archive and return the number of its records; raises ArchiveError if it is not whole."""
    with read_archive(path) as (_, records):
        return sum(1 for _ in records)


def _records(rows: Iterator[dict[str, Any]], path: Path) -> Iterator[ArchivedRecord]:
    count = 0
    for row in rows:
        if "records" in row:
            if row["records"] != count:
                raise ArchiveError(f"{path} says that it holds {row['records']:,} records, and holds {count:,}")
            if next(rows, None) is not None:  # and reading to the end checks gzip's sum
                raise ArchiveError(f"{path} goes on after its last line")
            return
        headers = tuple((name, _bytes(value)) for name, value in row.get("h", ()))
        yield ArchivedRecord(row["p"], row["o"], row["t"], _bytes(row["k"]), _bytes(row["v"]), headers)
        count += 1
    raise ArchiveError(f"{path} ends after {count:,} records without its last line: it is cut off")


def _rows(file: gzip.GzipFile, path: Path) -> Iterator[dict[str, Any]]:
    try:
        for line in file:
            yield json.loads(line)
    except EOFError:
        return  # cut off: the last line is missing, and that is what is said
    except (OSError, ValueError, zlib.error) as error:
        raise ArchiveError(f"{path} is damaged: {error}") from error


def _text(raw: bytes | None) -> str | dict[str, str] | None:
    if raw is None:
        return None
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(raw).decode()}


def _bytes(told: str | dict[str, str] | None) -> bytes | None:
    if isinstance(told, dict):
        return b64decode(told["base64"])
    return None if told is None else told.encode()
