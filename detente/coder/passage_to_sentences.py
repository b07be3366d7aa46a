"""Sentences of a passage, by their place in the original text."""

import re
from functools import cache
from typing import Literal, NamedTuple

from detente.coder.article_to_passages import Passage
from detente.data_files import read_yaml

MAX_SENTENCE_CHARS = 1_000
"""A longer sentence is cut here, so that the time per sentence is bounded; real ones have a fifth of it."""

_END = re.compile(r"[.!?]+[\"')\]]{0,3} +(?=[\"'(\[]?[A-Z0-9À-Þ])|[;] +")
_DATELINE = re.compile(r"^ *[A-Z][A-Za-z0-9.,'/ -]{1,60}?(?:\([^()]{1,60}\))? ?(?:--|—|-) ")
_WITHOUT_DASH = re.compile(
    r"^ *[A-Z][A-Z/ ]{2,30}(?:,[A-Za-z0-9., ]{1,20})? (?:\([^()]{1,60}\)|/[A-Z]{2,12}/[.:]?) (?=[A-Z\"])"
)
"""As in "MOSCOW (Agency - 27th March) The ...", "MOSCOW, March 30. /TASS/. The ..."."""
_LAST_WORD = re.compile(r"([A-Za-z.]{1,12})\.$")


class Sentence(NamedTuple):
    """A sentence: ``text`` is plain and as long as ``getattr(article, field)[start:end]``."""

    field: Literal["title", "body"]
    start: int
    end: int
    text: str


@cache
def load_abbreviations() -> frozenset[str]:
    """Read abbreviations.yaml; cached, since it never changes while a process runs."""
    return frozenset(str(word) for word in read_yaml(__package__, "abbreviations.yaml")["abbreviations"])


def passage_to_sentences(passage: Passage, abbreviations: frozenset[str]) -> list[Sentence]:
    """The sentences of a passage in order, without a dateline and outer white space."""
    text = passage.text
    begin = _dateline_end(text)
    sentences = []
    for match in _END.finditer(text, begin):
        if text[match.start()] == ";" or not _abbreviated(text, begin, match.start() + 1, abbreviations):
            sentences += _pieces(passage, begin, match.end())
            begin = match.end()
    return sentences + _pieces(passage, begin, len(text))


def _dateline_end(text: str) -> int:
    if (bare := _WITHOUT_DASH.match(text, 0, 120)) is not None:
        return bare.end()
    match = _DATELINE.match(text, 0, 120)
    if match is None:
        return 0
    place = match.group().split("(")[0].split(",")[0].strip(" -—")
    return match.end() if place.isupper() or "(" in match.group() else 0


def _abbreviated(text: str, begin: int, stop: int, abbreviations: frozenset[str]) -> bool:
    word = _LAST_WORD.search(text, max(begin, stop - 14), stop)
    if word is None:
        return False
    low = word.group(1).lower()
    return low in abbreviations or (len(low) == 1 and low != "i")


def _pieces(passage: Passage, begin: int, end: int) -> list[Sentence]:
    pieces = []
    while begin < end:
        stop = min(end, begin + MAX_SENTENCE_CHARS)
        if stop < end:
            stop = max(passage.text.rfind(" ", begin, stop), begin + MAX_SENTENCE_CHARS // 2)
        text = passage.text[begin:stop]
        first = begin + len(text) - len(text.lstrip())
        last = begin + len(text.rstrip())
        if first < last:
            place = (passage.start + first, passage.start + last)
            pieces.append(Sentence(passage.field, *place, passage.text[first:last]))
        begin = stop
    return pieces
