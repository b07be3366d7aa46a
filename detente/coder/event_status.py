"""Whether an event is told as having happened, as planned, as denied, or not as a fact at all."""

from detente.coder.clauses import Clauses, Group
from detente.coder.events import Verdict
from detente.coder.lexicon import Lexicon, Phrase
from detente.vocabulary import Mode, Polarity, Status

WINDOW = 14
"""How many tokens before the verb are read when its subject is unknown or far."""


_SHORT = 3
_DATE_WORDS = frozenset(
    {
        "on",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "also",
        ",",
        "formally",
        "officially",
    }
)


def _parts_phrases(word: str) -> bool:
    """Words that may part "agreed" from "to": dates and adverbs."""
    return word in _DATE_WORDS or word.isdigit()


_IDEA_OF = frozenset({"of", "for", "on", "about", "against", "from", "despite", "without"})
"""Before a gerund they make it a thought ("the idea of resuming talks")."""
_URGING = (
    ("urge",),
    ("urges",),
    ("urged",),
    ("urging",),
    ("asked",),
    ("calls", "on"),
    ("called", "on"),
    ("calling", "on"),
    ("demanded",),
    ("pressed",),
    ("encouraged",),
    ("wish",),
)


def verb_status(  # noqa: PLR0911  # one return a reason
    clauses: Clauses, verb: int, subject: Group | None, mode: Mode, lexicon: Lexicon, *, by_accord: bool = False
) -> tuple[Status, Verdict]:
    """The status of a verb's event, or the reason against it.

    ``by_accord``: agreeing to it does it, as with ties that are restored; agreeing to talk is only a plan.
    """
    begin = max(0, verb - WINDOW)
    if subject is not None and subject.last <= verb:
        begin = max(begin, subject.last)
    words = clauses.low[begin:verb]
    words = (
        _after_last(
            words, (",", "after", "before", "following", "who", "which", "when", "while", "because", "although")
        )
        if len(words) > _SHORT
        else words
    )
    words = [word for word in words if not _parts_phrases(word)]
    lead = clauses.low[max(0, (subject.first if subject else begin) - 3) : subject.first if subject else begin]
    table = lexicon.status
    if _contains(words, table["denying"]) or _contains(lead, table["denying"]):
        return Status.DENIED, Verdict.ACCEPTED
    if clauses.low[verb].endswith("ing") and clauses.low[verb - 1] in _IDEA_OF and verb:
        return Status.PLANNED, Verdict.HYPOTHETICAL
    if words[-1:] == ["to"] and _contains(clauses.low[max(0, begin - 14) : verb], _URGING):
        return Status.PLANNED, Verdict.HYPOTHETICAL
    negated = _contains(words, table["negated"]) or any(word.endswith("n't") for word in words)
    if negated:
        return _negated(mode, words)
    if by_accord and _contains(words, table["agreed"]):
        return Status.OCCURRED, Verdict.ACCEPTED
    if _contains(words, table["hypothetical"]) or _contains(
        lead, (("if",), ("unless",), ("whether",), ("should",), ("urged",), ("urging",), ("asked",), ("whenever",))
    ):
        return Status.PLANNED, Verdict.HYPOTHETICAL
    if _contains(words, table["planned"]):
        return Status.PLANNED, Verdict.ACCEPTED
    if words and words[-1] == "to":
        return Status.PLANNED, Verdict.ACCEPTED
    return Status.OCCURRED, Verdict.ACCEPTED


def _negated(mode: Mode, words: list[str]) -> tuple[Status, Verdict]:
    if mode.polarity is Polarity.RUPTURE and not {"would", "will", "could", "if"} & set(words):
        return Status.DENIED, Verdict.ACCEPTED
    return Status.PLANNED, Verdict.NEGATED


def _after_last(words: list[str], marks: tuple[str, ...]) -> list[str]:
    """The words after the last mark that is not followed at once by the verb."""
    for at in range(len(words) - 2, -1, -1):
        if words[at] in marks:
            return words[at + 1 :]
    return words


def _contains(words: list[str], phrases: tuple[Phrase, ...]) -> bool:
    return any(
        tuple(words[at : at + len(phrase)]) == phrase
        for phrase in phrases
        for at in range(len(words) - len(phrase) + 1)
    )


def contains(words: list[str], phrases: tuple[Phrase, ...]) -> bool:
    """Whether one of the phrases stands in the words."""
    return _contains(words, phrases)
