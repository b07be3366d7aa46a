"""Words and names of a sentence: a name of several words is one token."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from detente.parties.gazetteer import NameKind
from detente.parties.text_to_mentions import Mention

_TOKEN = re.compile(r"'(?:s|ll|d|ve|re)\b|n't\b|\w+(?:[-&]\w+)*(?:'(?!(?:s|ll|d|ve|re)\b)[a-z]\w*)?|[^\w\s]")


@dataclass(slots=True, frozen=True)
class Token:
    """A word, a mark or a name; ``low`` is its lower case; places are those of the sentence."""

    text: str
    low: str
    start: int
    end: int
    mention: Mention | None = None

    @property
    def is_name_like(self) -> bool:
        """Whether it is written like a proper name."""
        first, _, rest = self.text.partition("-")
        return first[:1].isupper() or (first in ("al", "el", "ul") and rest[:1].isupper())


def sentence_to_tokens(text: str, mentions: list[Mention]) -> list[Token]:
    """The tokens in order; ``mentions`` are places in ``text``, in order, and never overlap."""
    tokens: list[Token] = []
    at = 0
    for mention in mentions:
        tokens += _words(text, at, mention.start)
        name = text[mention.start : mention.end]
        known = None if mention.kind is NameKind.NONE else mention
        tokens.append(Token(name, name.lower(), mention.start, mention.end, known))
        at = mention.end
    tokens += _words(text, at, len(text))
    return tokens


def _words(text: str, begin: int, end: int) -> list[Token]:
    return [
        Token(word := match.group(), word.lower(), match.start(), match.end())
        for match in _TOKEN.finditer(text, begin, end)
    ]


def title_case_to_plain(tokens: list[Token], known: Collection[str]) -> list[Token]:
    """In a headline where most words are capitalised, capitals say nothing: all but names we know become lower case."""
    words = [
        token for token in tokens if token.mention is None and token.text[0].isalpha() and len(token.text) > _SMALL_WORD
    ]
    if sum(token.is_name_like for token in words) * 2 < len(words):
        return tokens
    return [replace(t, text=t.low) if t.mention is None and t.low not in known else t for t in tokens]


_SMALL_WORD = 3
