"""How many publishers say something of their own: one owner's domains, and wire copies of one text, count once."""

import re
from collections.abc import Sequence
from functools import lru_cache

from detente.contacts.official import government_of

SAME_TEXT = 0.8
"""Two sentences are copies if they share at least this part of all their words: editors change a word or cut the end."""

WORDS_OF_A_COPY = 10
"""A shorter sentence proves no copying: two reporters may both write "the two ministers spoke by phone on Tuesday"."""

_DATELINE = re.compile(r"^[^.\n]{2,60}?(?:\([^)]{2,20}\)\s*)?(?:--|[\u2013\u2014]|\s-)\s+")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=65_536)
def source_of(publisher: str) -> str:
    """Who stands behind a publisher: its government, its registrable domain, or the name as it is."""
    government = government_of(publisher)
    if government is not None:
        return f"government:{government}"
    name = publisher.strip().casefold()
    if "." not in name or " " in name:
        return name
    from tld import get_fld  # noqa: PLC0415  # a list of suffixes that commands without articles need not read

    return get_fld(name, fix_protocol=True, fail_silently=True) or name.removeprefix("www.")


@lru_cache(maxsize=4_096)
def words_of(sentence: str) -> frozenset[str]:
    """The different words of a sentence without its dateline; none if it is too short to tell a copy by."""
    words = frozenset(_WORD.findall(_DATELINE.sub("", sentence).casefold()))
    return words if len(words) >= WORDS_OF_A_COPY else frozenset()


def is_copy(one: str, other: str) -> bool:
    """Whether two proving sentences are one text."""
    first, second = words_of(one), words_of(other)
    return bool(first) and len(first & second) >= SAME_TEXT * len(first | second)


def independent_sources(told: Sequence[tuple[str, str]]) -> int:
    """How many independent voices are among (source, sentence) pairs, in order of publication.

    A voice is one that shares neither its source nor its text with an earlier voice.
    """
    voices: list[tuple[str, str]] = []
    for source, sentence in told:
        if all(source != known and not is_copy(sentence, text) for known, text in voices):
            voices.append((source, sentence))
    return len(voices)
