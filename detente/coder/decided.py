"""When saying or deciding it does it: "agreed to restore ties", "will cut ties with immediate effect", "was the first to visit"."""

from detente.coder.clauses import Clauses
from detente.coder.lexicon import Lexicon
from detente.coder.verb_words import is_past
from detente.coder.words import contains
from detente.vocabulary import Mode, Polarity

DONE_WHEN_DECIDED = frozenset(
    {Mode.CLOSURE, Mode.SEVERANCE, Mode.SUSPENSION, Mode.EXPULSION, Mode.RECALL, Mode.RESTORATION, Mode.CANCELLATION}
)
"""What a party does by deciding it: "decided to sever ties"."""
_NEAR = 14
"""How many words after a verb "with immediate effect" may stand."""


def is_decided(mode: Mode, words: list[str], lexicon: Lexicon, *, by_accord: bool) -> bool:
    """Whether the ``words`` before the verb decide or agree on a deed that is done by that, or order it."""
    told = words[-2:-1] and words[-2] in lexicon.ordering and words[-1:] == ["to"] and "been" in words
    return (
        bool(mode is Mode.CLOSURE and told)
        or ((by_accord or mode is Mode.CANCELLATION) and _agreed(words, lexicon))
        or (mode in DONE_WHEN_DECIDED and contains(words, lexicon.status["decided"]))
    )


def is_done(clauses: Clauses, verb: int, mode: Mode, words: list[str], lead: list[str], lexicon: Lexicon) -> bool:
    """Whether it is done though it reads like a plan; ``lead`` stands before the subject, ``words`` before the verb."""
    by_message = mode.polarity is Polarity.RUPTURE and words[-1:] == ["to"] and not _MESSAGES.isdisjoint(words)
    at_once = mode in DONE_WHEN_DECIDED and _at_once(clauses, verb)
    return at_once or by_message or _achieved(words, lead, lexicon) or clauses.prompted(verb) is not None


def would(clauses: Clauses, verb: int, words: list[str]) -> bool:
    """As in "they'd open an office"; but "they'd met"."""
    return words[-1:] == ["'d"] and not is_past(clauses, verb)


def _agreed(words: list[str], lexicon: Lexicon) -> bool:
    """As in "agreed to restore ties", "agreed in letters to restore ties"."""
    late = words[-1:] == ["to"] and "agreed" in words[-_AGREED_REACH:]
    return late or contains(words, lexicon.status["agreed"])


_AGREED_REACH = 5


def had_agreed(clauses: Clauses, words: list[str], verb: int) -> bool:
    """As in "they had agreed to meet on Sunday, but": an old plan, unless somebody only now says so."""
    return contains(words, (("had", "agreed", "to"),)) and clauses.words.speech.isdisjoint(clauses.low[:verb])


def _at_once(clauses: Clauses, verb: int) -> bool:
    """As in "will break off ties with immediate effect": announcing it does it."""
    near = clauses.low[max(0, verb - 1) : verb + _NEAR]
    return near[:1] == ["immediately"] or contains(near, _AT_ONCE)


_AT_ONCE = (("immediate", "effect"), ("effective", "immediately"), ("at", "once"))
_MESSAGES = frozenset({"wrote", "telephoned", "phoned", "rang", "called", "tweeted", "notified"})
"""By which a party breaks off ("wrote to B to call off their summit")."""


def _achieved(words: list[str], lead: list[str], lexicon: Lexicon) -> bool:
    """As in "became the fourth state to establish ties with B", ", the first A president to visit B", "used the summit to talk"."""
    if words[-1:] == ["to"] and contains(words, lexicon.status["managing"]):
        return True
    first = words[1:2] if words[:1] == ["the"] else []
    if words[-1:] == ["to"] and not _ORDINALS.isdisjoint((*lead, *first)):
        return True
    return words[-1:] == ["to"] and contains(words, lexicon.status["achieving"]) and "the" in words


_ORDINALS = frozenset({"first", "second", "third", "last", "only"})
