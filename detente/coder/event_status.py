"""Whether an event is told as having happened, as planned, as denied, as refused, or not as a fact at all."""

from collections.abc import Iterable

from detente.coder.actor_groups import Group
from detente.coder.clauses import Clauses
from detente.coder.decided import had_agreed, is_decided, is_done, would
from detente.coder.events import Verdict
from detente.coder.lexicon import Lexicon, Phrase
from detente.coder.negations import negated
from detente.coder.verb_words import is_past
from detente.coder.words import contains
from detente.vocabulary import Mode, ModeFamily, Polarity, Status

WINDOW = 14
"""How many tokens before the verb are read when its subject is unknown or far."""
REFUSAL_REACH = 7
"""How many words before a verb its refusal may begin ("refused to even consider meeting")."""
DENIAL_LEAD = 5
"""How many words before the subject a denial may stand ("denied a report that A ...")."""
LEAD = 3
"""How many words before the subject are read ("if A ...", "neither A ...")."""
_SHORT = 3


def verb_status(  # noqa: PLR0911 - one return a reason
    clauses: Clauses, verb: int, subject: Group | None, mode: Mode, lexicon: Lexicon, *, by_accord: bool = False
) -> tuple[Status, Verdict]:
    """The status of a verb's event, or the reason against it.

    ``by_accord``: agreeing to it does it, as with ties that are restored; agreeing to talk is only a plan.
    """
    begin, words = _words_before(clauses, verb, subject, lexicon)
    start = subject.first if subject else begin
    table = lexicon.status
    before = [low for low in clauses.low[max(0, start - WINDOW) : start] if not _parts(low, lexicon) and low != "that"]
    lead = before[-LEAD:]
    supposed = contains(lead[-1:], table["conditions"])  # "if A refused to meet B"
    if mode.polarity is Polarity.ENGAGEMENT and not supposed and _refuses(words, lexicon):
        return Status.OCCURRED, Verdict.REFUSED
    if (
        is_untrue(clauses, verb, lexicon)
        or contains(words, table["denying"])
        or contains(before[-DENIAL_LEAD:], table["denying"])
        or _is_rejected_claim(clauses.low[max(0, start - _CLAIM_REACH) : start])
    ):
        return Status.DENIED, Verdict.ACCEPTED
    if _is_thought(clauses, verb, begin, words, lexicon) or _is_topic(clauses, verb):
        return Status.PLANNED, Verdict.HYPOTHETICAL
    if _too_much(words):
        return Status.PLANNED, Verdict.NEGATED
    if "should" in words and "never" in words:  # "ties should never have been severed"
        return Status.PLANNED, Verdict.HYPOTHETICAL
    if (
        contains(words, table["negated"])
        or any(word.endswith("n't") for word in words)
        or _nobody(lead, lexicon)
        or contains(lead, table["lesser"])
    ):
        return negated(mode, words, clauses.low[verb : verb + CONDITION_REACH])
    if is_decided(mode, words, lexicon, by_accord=by_accord):
        return Status.OCCURRED, Verdict.ACCEPTED
    if contains(words, table["hypothetical"]) or contains(lead, table["supposing"]) or _asked(clauses, verb):
        return Status.PLANNED, Verdict.HYPOTHETICAL
    done = is_done(clauses, verb, mode, words, clauses.low[max(0, start - LEAD) : start], lexicon)
    planned = not done and (contains(words, table["planned"]) or words[-1:] == ["to"] or would(clauses, verb, words))
    old = planned and mode.family is ModeFamily.CONVERSATION and had_agreed(clauses, words, verb)
    threat = not _THREATS.isdisjoint(words) and "if" not in clauses.low[verb : verb + CONDITION_REACH]
    if old or _conditional(clauses, verb, start, lexicon, planned=planned and not threat):
        return Status.PLANNED, Verdict.HYPOTHETICAL
    return (Status.PLANNED if planned else Status.OCCURRED), Verdict.ACCEPTED


_THREATS = frozenset({"threatened", "threatens", "threatening"})
"""A threat is a plan, whatever it hangs on ("threatened to expel the envoy unless")."""


def _is_rejected_claim(lead: list[str]) -> bool:
    """As in "dismissed a statement by C that A met B"."""
    rejected = next((at for at, low in enumerate(lead) if low in ("dismissed", "rejected", "refuted", "denied")), None)
    if rejected is None or "that" not in lead[rejected:]:
        return False
    claim = lead[rejected : lead.index("that", rejected)]
    return not _CLAIMS.isdisjoint(claim) and "," not in claim


_CLAIM_REACH = 22
_CLAIMS = frozenset(
    {"statement", "report", "reports", "claim", "claims", "assertion", "suggestion", "suggestions", "rumours"}
)


def is_untrue(clauses: Clauses, at: int, lexicon: Lexicon) -> bool:
    """As in "reports that A met B are false", "an earlier version of this story said that A met B"."""
    reported = not _REPORTS.isdisjoint(clauses.low[:at]) and contains(clauses.low, lexicon.status["untrue"])
    return reported or contains(clauses.low[:at], lexicon.status["corrected"])


_REPORTS = frozenset(
    {"word", "rumour", "story", "stories", "reports", "report", "claims", "rumours", "rumors", "claim"}
)


def _asked(clauses: Clauses, verb: int) -> bool:
    """As in "asked whether he would move the embassy or meet B": an open question up to the next comma."""
    before = clauses.low[max(0, verb - CONDITION_REACH) : verb]
    return "whether" in before and "," not in before[before.index("whether") :]


def _too_much(words: list[str]) -> bool:
    """As in "was too busy to meet him"."""
    return words[-1:] == ["to"] and "too" in words[-_TOO_REACH:-1]


_TOO_REACH = 4


def _conditional(clauses: Clauses, verb: int, start: int, lexicon: Lexicon, *, planned: bool) -> bool:
    """Whether a condition stands before the subject ("If A refuses, B will ..."), or after what is planned ("unless")."""
    conditions = lexicon.status["conditions"]
    before = clauses.low[max(0, start - CONDITION_REACH) : start]
    after = clauses.low[verb : verb + CONDITION_REACH] if planned else []
    return any((word,) in conditions for word in (*before, *after))


CONDITION_REACH = 20
"""How many words before the subject or after the verb its condition may stand."""


def is_present(clauses: Clauses, verb: int) -> bool:
    """Whether the verb stands in the third person of the present in running text."""
    low = clauses.low[verb]
    return (
        low.endswith("s")
        and not low.endswith("ss")
        and clauses.tokens[-1].text in (".", '"')
        and low not in clauses.words.being
    )


def _words_before(clauses: Clauses, verb: int, subject: Group | None, lexicon: Lexicon) -> tuple[int, list[str]]:
    """Where the verb's clause begins, and its words before the verb without dates, adverbs and quotes."""
    begin = max(0, verb - WINDOW)
    if verb and clauses.low[verb - 1] == "," and clauses.low[verb].endswith("ed"):
        return verb, []  # "no plans to reopen the embassy, closed since 1980"
    if subject is not None and subject.last <= verb:
        begin = max(begin, subject.last)
    words = _after_relative(clauses.low[begin:verb], clauses.words.auxiliaries)
    if len(words) > _SHORT:
        words = _after_last(words, lexicon)
    if "and" in words[-2:] and is_past(clauses, verb):
        words = words[words.index("and", -2) + 1 :] if words[-1:] != ["and"] else []
    return begin, [word for word in words if not _parts(word, lexicon)]


def _after_relative(words: list[str], auxiliaries: frozenset[str]) -> list[str]:
    """As in "agreed to restart talks that had stalled": only the auxiliaries after the relative pronoun tell of the verb."""
    at = len(words)
    while at and words[at - 1] in auxiliaries:
        at -= 1
    return words[at:] if at and words[at - 1] in _RELATIVE and at < len(words) else words


_RELATIVE = ("that", "which")


def _parts(word: str, lexicon: Lexicon) -> bool:
    """Whether the word is a date, an adverb or a quote that may stand between words that belong together."""
    return (word,) in lexicon.status["parting"] or word.isdigit() or word == "." or word in _MONTHS


_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "jan.",
        "feb.",
        "aug.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
    ]
)
"""But "may", which is more often a verb."""


def _after_last(words: list[str], lexicon: Lexicon) -> list[str]:
    """The words after the last mark of a new clause that is not followed at once by the verb."""
    marks = lexicon.status["clause_marks"]
    for at in range(len(words) - 2, -1, -1):
        if (words[at],) in marks:
            return words[at + 1 :]
    return words


def _is_thought(clauses: Clauses, verb: int, begin: int, words: list[str], lexicon: Lexicon) -> bool:
    """As in "the idea of resuming talks", "urged A to resume talks"."""
    table = lexicon.status
    if verb and clauses.low[verb].endswith("ing") and (clauses.low[verb - 1],) in table["idea_of"]:
        return True
    return words[-1:] == ["to"] and contains(clauses.low[max(0, begin - WINDOW) : verb], table["urging"])


def _is_topic(clauses: Clauses, verb: int) -> bool:
    """As in "But sending B's diplomats home was one way": the gerund is what the sentence speaks of."""
    opens = verb == 0 or clauses.low[verb - 1] in ("but", "and", ";", '"')
    if not opens or verb > 1 or not clauses.low[verb].endswith("ing"):
        return False
    return any(low in clauses.words.being | {"would", "could"} for low in clauses.low[verb + 2 : verb + _TOPIC_REACH])


_TOPIC_REACH = 7


def _nobody(lead: list[str], lexicon: Lexicon) -> bool:
    return any((word,) in lexicon.status["nobody"] for word in lead)


def _refuses(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the words before a verb of contact refuse it, and do so as a fact."""
    near = words[-REFUSAL_REACH:]
    table = lexicon.status
    first = next((at for at in range(len(near)) if _starts(near[at:], table["refusing"])), None)
    if first is None or near[-1:] == ["be"]:
        return False
    return not any((word,) in table["doubting"] for word in near[:first])


def _starts(words: list[str], phrases: Iterable[Phrase]) -> bool:
    return any(tuple(words[: len(phrase)]) == phrase for phrase in phrases)
