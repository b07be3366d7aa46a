"""Small facts about the words of a title or name: former, possessive, plural."""

from detente.coder.actors import Actor
from detente.coder.sentence_to_tokens import Token
from detente.parties.gazetteer import NameKind

_PLURAL_EXCEPTIONS = frozenset({"affairs", "relations", "forces", "headquarters"})


def ends_phrase(tokens: list[Token], end: int, first: int) -> bool:
    """Whether "head of state" or "head of government" ends here."""
    return end - first >= 3 and tokens[end - 3].low in ("head", "heads") and tokens[end - 2].low == "of"  # noqa: PLR2004


def is_former(tokens: list[Token], first: int) -> bool:
    """Whether a title that begins at ``first`` is said to be a former one."""
    window = [token.low for token in tokens[max(0, first - 3) : first + 1]]
    return any(word in ("former", "once", "ex", "ex-president", "ex-premier", "late", "ex-prime") for word in window)


def is_possessive(tokens: list[Token], at: int) -> bool:
    """Whether a possessive 's stands at ``at``, right after a name."""
    return at < len(tokens) and tokens[at].text in ("'s", "'") and tokens[at].start == tokens[at - 1].end


def is_plural(words: tuple[str, ...]) -> bool:
    """Whether a title names several people."""
    return any(word.endswith("s") and word not in _PLURAL_EXCEPTIONS for word in words) or "heads" in words


def office_of(tokens: list[Token], actor: Actor) -> str:
    """The words of an actor's title."""
    words = [
        token.text
        for token in tokens[actor.first : actor.last]
        if token.mention is None and token.text not in ("'s", ",")
    ]
    return " ".join(words)


def parties_after(tokens: list[Token], at: int) -> list[int]:
    """The token indices of the parties in "of the X, the Y and Z" from ``at``; a demonym is none of them."""
    found = []
    while at < len(tokens):
        if tokens[at].low in ("the", "republic", "of", "kingdom"):
            at += 1
            continue
        mention = tokens[at].mention
        if mention is None or mention.kind in (NameKind.PERSON, NameKind.DEMONYM):
            break
        found.append(at)
        at += 1
        while at < len(tokens) and tokens[at].text in (",", "and", "&"):
            at += 1
    return found
