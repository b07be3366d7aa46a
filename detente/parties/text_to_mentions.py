"""Where a text names a party or an office-holder: one pass of one automaton, longest name first, accents aside."""

import unicodedata
from typing import NamedTuple

import ahocorasick

from detente.parties.gazetteer import Gazetteer, NameKind


class Mention(NamedTuple):
    """A name in a text; ``code`` is the party, or for a person the name in the table of office-holders."""

    start: int
    end: int
    kind: NameKind
    code: str


class MentionFinder:
    """The automaton over all names, built once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        automaton = ahocorasick.Automaton()
        for written, kind, code in gazetteer.names():
            name = without_accents(written)
            if not automaton.exists(name):
                automaton.add_word(name, (len(name), kind, code))
        automaton.make_automaton()
        self._automaton = automaton

    def find(self, text: str) -> list[Mention]:
        """The mentions in order, never overlapping; of two that overlap the one that begins first, then the longer."""
        last = len(text)
        hits = []
        for at, (length, kind, code) in self._automaton.iter(without_accents(text)):
            end = at + 1
            start = end - length
            if (start and text[start - 1].isalnum()) or (end < last and text[end].isalnum()):
                continue
            hits.append(Mention(start, end, kind, code))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        mentions = []
        reached = 0
        for hit in hits:
            if hit.start >= reached:
                mentions.append(hit)
                reached = hit.end
        return mentions


def without_accents(text: str) -> str:
    """The text of the same length with plain letters: agencies drop the accents of names, or half of them."""
    return text if text.isascii() else text.translate(_PLAIN)


_PLAIN = {
    code: base
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFD", chr(code))[0]).isascii() and base.isalpha()
} | str.maketrans("øØłŁđĐı", "oOlLdDi")
