"""Whether an event told by a noun happened, is planned, was denied or ruled out."""

from detente.coder.clauses import Clauses
from detente.coder.event_status import is_untrue
from detente.coder.events import Verdict
from detente.coder.lexicon import Lexicon
from detente.coder.words import contains
from detente.vocabulary import Status

NO_REACH = 3
"""How many words before the noun its "no" may stand."""


def is_ruled_out(clauses: Clauses, at: int) -> bool:
    """As in "said there would be no meeting between A and B"."""
    lead = clauses.low[max(0, at - _RULED_OUT_REACH) : at]
    return lead[-2:] == ["be", "no"] and not {"will", "would", "could", "can"}.isdisjoint(lead) and "there" in lead


_RULED_OUT_REACH = 5


def _is_denied(clauses: Clauses, at: int, after: list[str]) -> bool:
    """As in "There was no meeting between A and B"; "no talks", or none "since 2016", is how things stand."""
    lead = clauses.low[max(0, at - 4) : at - 1]
    insists = not {"insisted", "insists"}.isdisjoint(clauses.low[:at])
    one = not clauses.low[at].endswith("s") or insists
    were = ("was", "been", "were") if insists else ("was", "been")
    return one and "there" in lead and lead[-1] in were and "since" not in after[:REACH_OF_SINCE]


_NOT_REACH = 20
REACH_OF_SINCE = 14


def noun_status(  # noqa: PLR0911 - one return a reason
    clauses: Clauses, lexicon: Lexicon, at: int, end: int
) -> tuple[Status, Verdict]:
    """Whether the noun at ``at`` is told as something that happened, is planned, or neither."""
    before = clauses.low[max(0, at - 8) : at]
    after = clauses.low[end : end + 24]
    none = "no" in before[-NO_REACH:] and (contains(after, lexicon.took_place) or _is_denied(clauses, at, after))
    if none or is_untrue(clauses, at, lexicon):
        return Status.DENIED, Verdict.ACCEPTED
    if contains(before, lexicon.status["doubts"]) or any(word.endswith("n't") or word == "not" for word in before):
        return Status.OCCURRED, Verdict.HYPOTHETICAL
    if contains(_up_to_comma(after), lexicon.to_come):
        if "not" in after[:_NOT_REACH]:  # "contacts between A and B are not planned"
            return Status.PLANNED, Verdict.NEGATED
        return Status.PLANNED, Verdict.ACCEPTED
    if contains(before, lexicon.to_come) or set(before[-5:]) & clauses.words.future_leads:
        return Status.PLANNED, Verdict.ACCEPTED
    if (
        contains(after, lexicon.happened)
        or set(before[-5:]) & clauses.words.past_leads
        or contains(before, lexicon.happened)
        or "first" in before
    ):
        return Status.OCCURRED, Verdict.ACCEPTED
    return Status.OCCURRED, Verdict.NOT_TOLD_AS_EVENT


def _up_to_comma(words: list[str]) -> list[str]:
    """What may still be said of the noun: not "During the call on Tuesday, A spoke of an upcoming summit"."""
    return words[: words.index(",")] if "," in words else words
