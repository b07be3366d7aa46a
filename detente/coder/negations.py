"""What a negation makes of an event: denied, or how things stand and nothing to tell."""

from detente.coder.events import Verdict
from detente.vocabulary import Mode, Polarity, Status


def negated(mode: Mode, words: list[str], after: list[str]) -> tuple[Status, Verdict]:
    """The status of what is negated by the ``words`` before its verb; ``after`` begins with the verb."""
    if mode.polarity is Polarity.ENGAGEMENT and _did_not(words, after[0]) and _HOW_LONG.isdisjoint(after):
        return Status.DENIED, Verdict.ACCEPTED
    if mode is Mode.REFUSAL or mode.polarity is Polarity.ENGAGEMENT or {"would", "will", "could", "if"} & set(words):
        return Status.PLANNED, Verdict.NEGATED
    return Status.DENIED, Verdict.ACCEPTED


def _did_not(words: list[str], verb: str) -> bool:
    """As in "did not meet", "have n't spoken": the article says that it did not happen; "never" is how things stand."""
    if words[-1:] not in (["not"], ["n't"]) or verb not in _TO_DENY:
        return False
    return not {"did", "has", "have"}.isdisjoint(words) or (verb == "engaged" and not {"is", "are"}.isdisjoint(words))


_TO_DENY = frozenset({"meet", "met", "speak", "spoken", "talk", "talked", "hold", "held", "visit", "visited", "travel",
    "travelled", "call", "called", "write", "written", "engaged", "telephone", "phone", "sign", "signed", "have"})  # fmt: skip
_HOW_LONG = frozenset({"since", "for", "yet", "until"})
"""After a contact that did not happen: how things stand ("have not met since 2016")."""
