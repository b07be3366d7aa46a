"""Is this word a verb here, and is it passive: what the words around it tell of a word that could be a noun, too."""

from detente.coder.actors import ActorKind
from detente.coder.clauses import Clauses

_AUXILIARY_REACH = 4
_SELF = frozenset({"itself", "himself", "herself", "themselves"})
_SHORTEST_PARTICIPLE = 4
_IRREGULAR_PASSIVES = ("en", "wn", "held", "cut", "met", "shut", "broken", "put", "sent", "told", "paid", "left")


def is_verb(clauses: Clauses, at: int) -> bool:
    """Whether the word acts as a verb; a word that is only ever a verb always does, except as an auxiliary."""
    low, words = clauses.low[at], clauses.words
    if clauses.group_at(at) is not None or (low in words.having and _helps_a_verb(clauses, at)):
        return False
    if (
        low == "open"
        and at
        and clauses.low[at - 1]
        in words.copulas | words.being | {"remained", "remain", "stay", "stayed", "kept", "left"}
    ):
        return False
    if low.endswith("ed") and at and clauses.low[at - 1] in words.owners:
        return False
    return low not in words.verb_nouns or _is_no_noun(clauses, at)


def _is_no_noun(clauses: Clauses, at: int) -> bool:
    low = clauses.low[at]
    following = clauses.low[at + 1] if at + 1 < len(clauses.low) else ""
    if (
        low in ("talks", "talk")
        and clauses.low[at - 1] not in ("to", "will", "would")
        and following not in ("to", "with", "about")
    ):
        return False
    before = _before_weekday(clauses, _before_adverbs(clauses, at))
    if before < 0:
        return False
    group = clauses.group_at(before)
    if low.endswith("ing"):
        return group is None and (_follows_verb_marker(clauses, before) or _is_gerund(clauses, at, before))
    if clauses.low[at - 1] in _SELF:
        return True
    if group is not None:
        return group.last == before + 1 and not group.actors[-1].possessive and group.kind is not ActorKind.MODIFIER
    return _follows_verb_marker(clauses, before)


def is_passive(clauses: Clauses, verb: int) -> bool:
    """Whether a form of "be" stands before the participle, adverbs and dates aside ("was on Friday cancelled")."""
    if not clauses.low[verb].endswith(("ed", *_IRREGULAR_PASSIVES)) or clauses.low[verb : verb + 2] == [
        "engaged",
        "in",
    ]:
        return False
    before = _before_weekday(clauses, _before_adverbs(clauses, verb))
    return before >= 0 and clauses.low[before] in clauses.words.being


def _before_weekday(clauses: Clauses, before: int) -> int:
    """Over a day between subject and verb ("B on Monday cut ties")."""
    if before > 1 and clauses.low[before] in clauses.words.calendar and clauses.low[before - 1] == "on":
        return before - 2
    return before


def _before_adverbs(clauses: Clauses, at: int) -> int:
    before = at - 1
    while before >= 0:
        low = clauses.low[before]
        if low == "longer" and clauses.low[before - 1 : before] == ["no"]:
            before -= 2
        elif low.endswith("ly") or low in clauses.words.adverbs:
            before -= 1
        else:
            break
    return before


def _follows_verb_marker(clauses: Clauses, before: int) -> bool:
    low = clauses.low[before]
    if low == "and":
        return clauses.low[before - 1].endswith("ed") or _has_marker(clauses, before)
    return low in clauses.words.verb_markers


def _has_marker(clauses: Clauses, conjunction: int) -> bool:
    """Whether a modal or "to" before the conjunction holds for the verb after it, too ("would recognise B and cut ties with C")."""
    window = clauses.low[max(0, conjunction - SHARED_REACH) : conjunction]
    return not {"to", "will", "would", "'ll"}.isdisjoint(window)


SHARED_REACH = 5
"""How many words before "and" the auxiliary may stand that both verbs share."""


def _is_gerund(clauses: Clauses, at: int, before: int) -> bool:
    """As in "After meeting the minister", "without meeting him": a preposition before, its object right after."""
    after = at + 1
    while after < len(clauses.low) and clauses.low[after] in ("the", "his", "her", "their", "its"):
        after += 1
    has_object = after < len(clauses.low) and (clauses.low[after] == "with" or clauses.group_at(after) is not None)
    return clauses.low[before] in clauses.words.gerund_leads and has_object


def _helps_a_verb(clauses: Clauses, at: int) -> bool:
    """Whether "had" only helps the verb that follows within three words."""
    following = clauses.low[at + 1 : at + _AUXILIARY_REACH]
    return any(
        low in clauses.words.participles or (low.endswith("ed") and len(low) >= _SHORTEST_PARTICIPLE)
        for low in following
    )


def is_past(clauses: Clauses, verb: int) -> bool:
    """Whether the verb stands in the simple past, or could."""
    low = clauses.low[verb]
    return low.endswith("ed") or low in clauses.words.pasts
