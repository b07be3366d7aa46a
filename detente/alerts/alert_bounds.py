"""Keeps an alert small whatever its articles say, so that a contact's alerts fit into one Kafka record."""

from collections.abc import Iterable
from typing import TypeVar

from detente.contacts.transitions import Source
from detente.signals import Evidence

MAX_EVIDENCE = 4
MAX_EVIDENCE_CHARS = 600
MAX_SOURCES = 4
MAX_TITLE_CHARS = 300
MAX_PUBLISHERS = 16


def bounded_evidence(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The first sentence and the newest few, each cut at 600 characters."""
    different = tuple(dict.fromkeys(_cut(sentence) for sentence in evidence))
    return _first_and_newest(different, MAX_EVIDENCE)


def bounded_sources(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The first article and the newest few, titles cut at 300 characters."""
    by_id = {
        source.article_id: source.model_copy(update={"title": source.title[:MAX_TITLE_CHARS]}) for source in sources
    }
    return _first_and_newest(tuple(by_id.values()), MAX_SOURCES)


def bounded_publishers(publishers: Iterable[str]) -> tuple[str, ...]:
    """The first publisher and the newest, each once."""
    return _first_and_newest(tuple(dict.fromkeys(publishers)), MAX_PUBLISHERS)


T = TypeVar("T")


def _first_and_newest(items: tuple[T, ...], limit: int) -> tuple[T, ...]:
    return items if len(items) <= limit else (items[0], *items[1 - limit :])


def _cut(sentence: Evidence) -> Evidence:
    text = sentence.text[:MAX_EVIDENCE_CHARS]
    return sentence.model_copy(update={"text": text, "end": sentence.start + len(text)})
