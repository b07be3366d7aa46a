"""Records into what they say of contacts, in several processes, in the order in which they came."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from detente import wire
from detente.articles import Article
from detente.backtest import Code, Coded
from detente.coder.article_to_signals import Coder, load_coder
from detente.signals import ArticleSignals, by_contact
from detente.wire import PoisonCause, PoisonError
from replay.coding_processes import map_in_processes
from runtime.topic_range import Known

CHUNK = 250
"""Records handed to a process at once."""


class CodedRecord(NamedTuple):
    """Where the record lies, and what it says; ``coded`` is None if it could not be read, for the ``cause``."""

    partition: int
    offset: int
    coded: Coded | None
    cause: PoisonCause | None = None


def code_article(record: Known, code: Code | None = None) -> CodedRecord:
    """A record of ``articles``; a publication time ahead of the moment from which it was known is clamped, as it is live.

    ``code`` is the shipped coder unless another is given.
    """
    try:
        article = wire.decode(record.value, Article).clamped(record.at)
    except PoisonError as poison:
        return CodedRecord(record.partition, record.offset, None, poison.cause)
    messages = tuple(by_contact(article, (code or _coder().code)(article)))
    return CodedRecord(record.partition, record.offset, Coded(article.id, record.at, article.publisher, messages))


def read_signals(record: Known) -> CodedRecord:
    """A record of ``signals``: it was coded when it was live."""
    try:
        message = wire.decode(record.value, ArticleSignals)
    except PoisonError as poison:
        return CodedRecord(record.partition, record.offset, None, poison.cause)
    coded = Coded(message.article_id, record.at, message.publisher, (message,))
    return CodedRecord(record.partition, record.offset, coded)


def code_all(records: Iterable[Known], processes: int) -> Iterator[CodedRecord]:
    """Code the articles in so many processes; one means: in this one."""
    if processes <= 1:
        yield from map(code_article, records)
        return
    for coded in map_in_processes(_code_chunk, _chunks(records), processes):
        yield from coded


@cache
def _coder() -> Coder:
    """The coder of the process."""
    return load_coder()


def _chunks(records: Iterable[Known]) -> Iterator[list[Known]]:
    iterator = iter(records)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _code_chunk(records: list[Known]) -> list[CodedRecord]:
    return [code_article(record) for record in records]
