"""Where the runs of words end that are a name or a title."""

from detente.coder.sentence_to_tokens import Token
from detente.coder.title_shapes import ends_phrase
from detente.coder.words import Words
from detente.parties.titles import Titles
from detente.vocabulary import Level

MAX_TITLE_WORDS = 12
MAX_NAME_WORDS = 6
_INITIALS = 2
_DESCRIBING = ("-based", "-led", "-backed", "-run", "-held", "-allied", "-aligned", "-controlled", "-dominated")
"""Ends of words that may stand inside a title ("the eastern-based government")."""


class NameRuns:
    """Finds the ends by the words and titles that it is built with."""

    def __init__(self, words: Words, titles: Titles) -> None:
        self._words = words
        self._titles = titles

    def name_end(self, tokens: list[Token], at: int) -> int:
        """Where the run of name-like tokens that begins at ``at`` ends; ``at`` itself if there is none."""
        end = at
        while end < len(tokens) and end - at < MAX_NAME_WORDS:
            token = tokens[end]
            if token.mention is not None or token.low in self._words.calendar:
                break
            if token.text == "." and end > at and len(tokens[end - 1].text) <= _INITIALS:
                end += 1
                continue
            if token.text == "-" and end > at and end + 1 < len(tokens) and tokens[end + 1].is_name_like:
                end += 1  # "Berg-Hansen"
                continue
            particle = (
                token.low in self._words.name_particles
                and end > at
                and end + 1 < len(tokens)
                and tokens[end + 1].is_name_like
            )
            if not particle and not (token.is_name_like and token.text[0].isalpha()):
                break
            end += 1
        return end

    def title_end(self, tokens: list[Token], at: int) -> int:
        """Where the run of title words that begins at ``at`` ends; ``at`` itself if it holds no title."""
        if [token.low for token in tokens[at : at + 3]] in (["head", "of", "its"], ["head", "of", "their"]):
            return at + 1
        end, core = at, at
        while end < len(tokens) and end - at < MAX_TITLE_WORDS:
            token = tokens[end]
            inside = token.low in self._titles.words or token.text in (".", "-") or token.low.endswith(_DESCRIBING)
            if token.mention is not None or not inside:
                break
            if token.low == "two":  # "diplomats of the two sides"
                break
            if token.text in (".", "-") and (end == at or token.start != tokens[end - 1].end):
                break
            end += 1
            if token.low in self._titles.cores or ends_phrase(tokens, end, at):
                core = end
        while at < core < end and tokens[core].low in self._titles.trailing:
            core += 1
        while core > at and tokens[core - 1].low in ("of", "for", "and", "the"):
            core -= 1
        return core

    def title(self, tokens: list[Token], first: int, last: int) -> tuple[Level | None, tuple[str, ...]]:
        """The rank of the title, None for somebody who does not act for the state, and its words."""
        words = tuple(token.low for token in tokens[first:last])
        return self._titles.level(words), words
