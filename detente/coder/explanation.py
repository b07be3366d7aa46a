"""What the coder saw and decided, sentence by sentence: the answer to "why is this a signal, and why is that none?"."""

from enum import StrEnum

from detente.coder.events import Verdict
from detente.model import Value
from detente.signals import Signal
from detente.vocabulary import Mode, Status


class Skipped(StrEnum):
    """Why a passage or sentence was not looked into."""

    FURNITURE = "furniture"
    FRAGMENT = "fragment"
    HEADLINE_LIST = "headline_list"
    REPEATED = "repeated"
    NO_TRIGGER = "no_trigger"
    TOO_FEW_PARTIES = "too_few_parties"


class ExplainedActor(Value):
    """Somebody in a sentence and for whom they stand."""

    text: str
    kind: str
    parties: tuple[str, ...] = ()
    level: str = "unknown"
    former: bool = False


class ExplainedDate(Value):
    """A time expression and what it means."""

    text: str
    date: str


class ExplainedCandidate(Value):
    """A candidate event and the reason for its acceptance or rejection."""

    frame: str
    trigger: str
    mode: Mode
    status: Status
    parties: tuple[str, ...]
    date: str
    verdict: Verdict


class ExplainedSentence(Value):
    """One sentence or passage."""

    field: str
    start: int
    end: int
    text: str
    skipped: Skipped | None = None
    parties: tuple[ExplainedActor, ...] = ()
    clauses: tuple[str, ...] = ()
    """The groups of parties that stand together, as the text has them."""
    dates: tuple[ExplainedDate, ...] = ()
    candidates: tuple[ExplainedCandidate, ...] = ()


class Explanation(Value):
    """The whole article."""

    article_id: str
    sentences: tuple[ExplainedSentence, ...]
    signals: tuple[Signal, ...]
