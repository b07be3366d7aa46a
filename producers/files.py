"""Files, folders and standard input into articles: what cannot be one is handed on as rejected, and reading goes on."""

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from detente.articles import Article
from producers.json_lines import MAX_RECORD_BYTES, json_lines_to_articles
from producers.pages_to_articles import Given, html_to_article, text_to_article
from producers.rejections import Rejected, RejectReason, rejected

__all__ = ["RejectReason", "Rejected", "read_articles", "read_located"]

STDIN = "-"

Located = Iterator[tuple[str, Article | Rejected]]
Reader = Callable[[str, BinaryIO, Given], Located]
PageReader = Callable[[str, bytes, Given], Article | Rejected]


def read_articles(
    paths: Iterable[Path | str],
    *,
    published_at: datetime | None = None,
    publisher: str | None = None,
    now: datetime,
) -> Iterator[Article | Rejected]:
    """Every article in the given order; a folder recursively and sorted, ``-`` is JSON Lines on standard input.

    ``published_at`` and ``publisher`` hold for texts and pages; records have their own and win. What has no date counts
    as published ``now`` and is flagged. Raises nothing for bad input: that is yielded as Rejected.
    """
    for _, item in read_located(paths, Given(now, published_at, publisher)):
        yield item


def read_located(paths: Iterable[Path | str], given: Given) -> Located:
    """The same, each with its place: ``news.jsonl:17``."""
    for path in paths:
        if str(path) == STDIN:
            yield from json_lines_to_articles("stdin", sys.stdin.buffer, given)
        else:
            yield from _read_path(Path(path), given)


def _read_path(path: Path, given: Given) -> Located:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and _reader_of(file) and not file.name.startswith("."):
                yield from _read_file(file, given)
        return
    yield from _read_file(path, given)


def _read_file(path: Path, given: Given) -> Located:
    name = str(path)
    reader = _reader_of(path) or (None if path.suffix else json_lines_to_articles)
    if reader is None:
        known = " ".join(READERS)
        yield name, rejected(name, RejectReason.UNKNOWN_KIND, f"the name ends in none of {known} (or that and .gz)")
        return
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            yield from reader(name, stream, given)  # type: ignore[arg-type]  # a GzipFile reads like any other
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield name, rejected(name, RejectReason.UNDECODABLE, f"broken gzip: {error}")
    except OSError as error:
        yield name, rejected(name, RejectReason.UNREADABLE, error.strerror or str(error))


def _reader_of(path: Path) -> Reader | None:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    return READERS.get(suffixes[-1]) if suffixes else None


def _whole(read: PageReader) -> Reader:
    """A reader of a file that is one article."""

    def reader(name: str, stream: BinaryIO, given: Given) -> Located:
        raw = stream.read(MAX_RECORD_BYTES + 1)
        if len(raw) > MAX_RECORD_BYTES:
            yield name, rejected(name, RejectReason.TOO_LARGE, f"a file of over {MAX_RECORD_BYTES:,} bytes", raw)
        else:
            yield name, read(name, raw, given)

    return reader


READERS: dict[str, Reader] = {
    ".jsonl": json_lines_to_articles,
    ".ndjson": json_lines_to_articles,
    ".json": json_lines_to_articles,
    ".txt": _whole(text_to_article),
    ".html": _whole(html_to_article),
    ".htm": _whole(html_to_article),
}
"""By the end of a file's name, with or without a ``.gz`` after it."""
