"""An archive of articles or signals as a backtest reads it, in the order in which its records were known."""

from collections.abc import Iterator
from pathlib import Path

from archives.archive_file import ArchiveError, read_archive
from detente import wire
from detente.articles import Article
from detente.signals import ArticleSignals
from detente.wire import PoisonError


def read_items(path: Path) -> Iterator[Article | ArticleSignals | PoisonError]:
    """Articles or signals; what cannot be read is yielded as its error. Raises ArchiveError."""
    with read_archive(path) as (header, records):
        kind = next((kind for name, kind in KINDS.items() if header.topic.endswith(name)), None)
        if kind is None:
            raise ArchiveError(f"{path} is of {header.topic}; a backtest reads articles or signals")
        for record in records:
            try:
                yield wire.decode(record.value, kind)
            except PoisonError as poison:
                yield poison


KINDS: dict[str, type[Article] | type[ArticleSignals]] = {"articles": Article, "signals": ArticleSignals}
"""What lies in a topic, by the end of its name."""
