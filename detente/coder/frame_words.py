"""The words around a verb and its thing that a frame asks for or excludes."""

from detente.coder.clauses import Clauses
from detente.coder.lexicon import Frame
from detente.coder.verb_objects import Thing


def is_excluded(clauses: Clauses, frame: Frame, verb: int, end: int, *, passive: bool) -> bool:
    """Whether words stand around the verb that make it harmless, or it is a participle of whose subject nothing is told."""
    led = clauses.low[max(0, verb - _LED_REACH) : verb]
    return (
        not frame.unless.isdisjoint(clauses.low[end : end + UNLESS_REACH])
        or not frame.unless_led.isdisjoint(led)
        or (frame.object is None and frame.joint and not passive and _is_done_by(clauses, verb, end))
    )


def has_words(clauses: Clauses, frame: Frame, thing: Thing, verb: int, end: int) -> bool:
    """Whether the words that the frame asks for stand near, and the thing is none that it excludes."""
    if frame.own and not _is_own(clauses, thing, end):
        return False
    if frame.abroad and _goes_home(clauses, thing.first, max(end, thing.last) if thing.first > verb else end):
        return False
    if " ".join(clauses.low[thing.first : thing.last]) in frame.not_words:
        return False
    near = " ".join(clauses.low[max(0, min(thing.first - _WORDS_BEFORE, verb)) : max(end, thing.last) + WORDS_REACH])
    return not frame.words or any(word in near for word in frame.words)


_LED_REACH = 3
UNLESS_REACH = 16
"""How many tokens after verb and object a harmless reason may stand ("closed for Easter")."""
_WORDS_BEFORE = 2
"""How many words before the thing count as its own ("military agreements")."""
WORDS_REACH = 12
"""How many tokens after verb and object a frame's words may stand."""


def is_aside(clauses: Clauses, verb: int) -> bool:
    """As in "ties, severed in 1961, were ...": a participle right after a comma."""
    return verb > 0 and clauses.low[verb - 1] == "," and clauses.low[verb].endswith(("ed", "en", "cut", "held", "shut"))


def _is_own(clauses: Clauses, thing: Thing, end: int) -> bool:
    """As in "its ambassador", "theirs"."""
    before = clauses.low[max(0, thing.first - 3) : thing.last] + clauses.low[end : end + 1]
    return not {"its", "their", "his", "her", "theirs"}.isdisjoint(before)


def _goes_home(clauses: Clauses, thing: int, end: int) -> bool:
    """As in "the A ambassador returned to A's capital"."""
    holder = clauses.group_at(thing)
    goal = next((g for g in clauses.others(end) if g.prep == "to" and g.parties()), None)
    return holder is not None and goal is not None and goal.parties() <= holder.named()


def _is_done_by(clauses: Clauses, verb: int, end: int) -> bool:
    """As in "a deal negotiated by C": a participle, of whose subject nothing is told."""
    return clauses.low[verb].endswith("ed") and clauses.low[end : end + 1] == ["by"]
