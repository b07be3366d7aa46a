"""Who only shares a name with somebody of the table: "Hunter Biden", "Abbas Ibrahim", "Donald Trump Jr"."""

from detente.coder.actors import Discourse
from detente.coder.sentence_to_tokens import Token
from detente.coder.words import Words
from detente.parties.gazetteer import OfficeHolder
from detente.parties.text_to_mentions import without_accents
from detente.parties.titles import Titles

_YOUNGER = ("jr", "jnr", "junior")
_ENDINGS = ("ing", "ed", "ly", "'s")
"""Of capitalised words at a sentence's head that are no names."""


class Namesakes:
    """Tells namesakes by the words that it is built with."""

    def __init__(self, words: Words, titles: Titles, verbs: frozenset[str]) -> None:
        self._common = titles.words | titles.private | words.starters | words.calendar | words.speech | verbs

    def is_namesake(self, tokens: list[Token], at: int, end: int, rows: tuple[OfficeHolder, ...]) -> bool:
        """Whether the name at ``at`` stands beside a name that its bearer in the table does not have; the run ends at ``end``."""
        own = {part for row in rows for name in row.names for part in without_accents(name).lower().split()}
        if any(token.low in _YOUNGER and token.low not in own for token in tokens[at + 1 : at + 2]):
            return True
        if " " in tokens[at].text:
            return False
        return any(
            without_accents(beside.low) not in own
            for beside in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : end])
            if beside.mention is None and self._is_plain_name(beside)
        )

    def _is_plain_name(self, token: Token) -> bool:
        written = token.is_name_like and token.text[:1].isalpha() and token.text[1:].islower()
        return written and token.low not in self._common and not token.low.endswith(_ENDINGS)


def was_former(name: Token, rows: tuple[OfficeHolder, ...], discourse: Discourse) -> bool:
    """Whether the article introduced the person as a former office-holder."""
    known = discourse.named(name)
    return known is not None and known.former and known.person is not None and known.person.name == rows[0].name
