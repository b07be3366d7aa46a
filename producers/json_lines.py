"""A stream of JSON Lines into articles: a bad line is rejected by itself, and an endless one is never held in memory."""

from collections.abc import Iterator
from typing import BinaryIO

from pydantic import ValidationError

from detente.articles import Article, ArticleRecord
from producers.pages_to_articles import Given, registrable_domain
from producers.rejections import Rejected, RejectReason, rejected, rejected_by_schema

MAX_RECORD_BYTES = 4_000_000
"""Of one line or file: the longest article with every character escaped, and room for mark-up."""


def json_lines_to_articles(name: str, stream: BinaryIO, given: Given) -> Iterator[tuple[str, Article | Rejected]]:
    """Each line that is not blank, with its place ``name:line``. A line is handled as soon as it is there."""
    for number, line in enumerate(_bounded_lines(stream), start=1):
        where = f"{name}:{number}"
        if len(line) > MAX_RECORD_BYTES:
            yield where, rejected(where, RejectReason.TOO_LARGE, f"a line of over {MAX_RECORD_BYTES:,} bytes", line)
        elif line.strip():
            yield where, _line_to_article(where, line, given)


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines; of one that is too long only the beginning, one byte over the limit."""
    while line := stream.readline(MAX_RECORD_BYTES + 1):
        yield line
        while len(line) > MAX_RECORD_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_RECORD_BYTES + 1)


def _line_to_article(where: str, line: bytes, given: Given) -> Article | Rejected:
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        line.decode()
    except UnicodeDecodeError as error:
        return rejected(where, RejectReason.UNDECODABLE, f"not UTF-8: {error.reason} at byte {error.start}", line)
    try:
        record = ArticleRecord.model_validate_json(line)
        publisher = record.publisher or given.publisher or registrable_domain(record.url)
        return record.model_copy(update={"publisher": publisher}).to_article()
    except ValidationError as error:
        return rejected_by_schema(where, error, line)
