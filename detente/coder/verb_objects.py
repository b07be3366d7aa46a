"""What a verb is done to: the head noun of its object, or of its subject if it stands in the passive."""

from typing import NamedTuple

from detente.coder.clauses import Clauses
from detente.coder.date_words import number
from detente.coder.lexicon import Lexicon, ThingClass
from detente.vocabulary import Mode

OBJECT_REACH = 12
"""How many tokens after a verb its object's noun may stand."""
SUBJECT_REACH = 40
"""How many tokens before a passive verb its subject may begin."""
_MARKS = frozenset({",", '"', "'", "-", "/", "'s", "and", "or", "&", ".", "+"})


class Thing(NamedTuple):
    """A noun of diplomacy: its tokens and the mode that it names."""

    first: int
    last: int
    mode: Mode


def object_of(clauses: Clauses, lexicon: Lexicon, kind: ThingClass, end: int) -> Thing | None:
    """The noun of that class that heads the object after the verb, which ends before ``end``.

    A noun behind a preposition is not the object ("declined to give details of the call"), unless the preposition
    follows a measure ("four hours of talks", "plans for a visit").
    """
    at = end
    while at < min(len(clauses.low), end + OBJECT_REACH):
        found = _thing_at(clauses, lexicon, kind, at)
        if found is not None:
            return found
        step = _within_object(clauses, at)
        if step is None:
            return None
        at = step
    return None


def nationals_of(clauses: Clauses, kind: ThingClass, end: int) -> Thing | None:
    """As in "expelled 60 Russians", in an article that speaks of diplomats."""
    if kind is not ThingClass.DIPLOMAT or not clauses.diplomatic:
        return None
    at = end
    while at < len(clauses.low) and at - end < _NATIONALS_REACH and clauses.group_at(at) is None:
        at += 1
    group = clauses.group_at(at) if at < len(clauses.low) else None
    if group is None or len(group.actors) > 1 or not group.named() or not clauses.low[group.last - 1].endswith("s"):
        return None
    return Thing(group.first, group.last, Mode.EXPULSION) if clauses.tokens[group.first].mention is not None else None


_NATIONALS_REACH = 4


def own_of(clauses: Clauses, lexicon: Lexicon, kind: ThingClass, end: int) -> Thing | None:
    """As in "expelled B's ambassador and recalled its own", "sent home four more": the noun that was named before in the sentence."""
    broken = clauses.broken or not {"ties", "relations", "links"}.isdisjoint(clauses.low[:end])
    if kind is ThingClass.TIES and broken and clauses.low[end : end + 1] in (["them"], ["it"]):
        return Thing(end, end + 1, Mode.RESTORATION)  # the ties of whose break the article told
    length = _pointing(clauses.low[end : end + 2]) or _whose(clauses, end)
    if not length or kind not in _OWNED:
        return None
    after = clauses.low[end + length] if end + length < len(clauses.low) else "."
    if (
        after
        not in _MARKS
        | {";", "home", "packing", "out"}
        | clauses.words.prepositions
        | clauses.words.subordinators
        | clauses.words.calendar
    ):
        return None
    named = (_thing_at(clauses, lexicon, kind, at) for at in range(end - 1, -1, -1))
    found = next((thing for thing in named if thing is not None), None)
    if found is None and clauses.diplomatic and clauses.low[end] in ("theirs", "its", "their"):
        return Thing(end, end + length, Mode.RECALL)  # of whom the sentence before spoke
    return found


def relative_object(clauses: Clauses, lexicon: Lexicon, kind: ThingClass, verb: int) -> Thing | None:
    """As in "two diplomats whom B expelled", "its embassy in B, which it had closed": the noun before the relative clause."""
    at = verb - 1
    while at > 0 and verb - at <= RELATIVE_REACH and clauses.low[at] not in ("whom", "which", "that"):
        if clauses.group_at(at) is None and clauses.low[at] not in clauses.words.auxiliaries | clauses.words.adverbs:
            return None
        at -= 1
    if at <= 0 or clauses.low[at] not in ("whom", "which", "that") or at == verb - 1:
        return None
    end = at - 1 if clauses.low[at - 1] == "," else at
    return subject_of_passive(clauses, lexicon, kind, end)


def _whose(clauses: Clauses, end: int) -> int:
    """As in "told Cuba's to leave": how many words a party's name with 's takes that stands for its people."""
    group = clauses.group_at(end)
    if group is None or not group.actors[-1].possessive:
        return 0
    after = group.last + (clauses.low[group.last : group.last + 1] == ["'s"])
    return after - end if clauses.low[after : after + 1] in (["to"], ["home"], ["."], [","]) else 0


def _pointing(low: list[str]) -> int:
    """How many words stand for a noun: "its own", "theirs", "four more"."""
    if low in (["its", "own"], ["their", "own"], ["the", "one"], ["the", "ones"]):
        return 2
    if low[:1] in (["theirs"], ["others"]):
        return 1
    counted = bool(low) and number(low[0]) is not None and low[0] not in ("a", "an")
    return 2 if counted and low[1:] in (["more"], ["others"]) else int(counted)


RELATIVE_REACH = 8
"""How many tokens before the verb its relative pronoun may stand."""


_OWNED = (ThingClass.AMBASSADOR, ThingClass.DIPLOMAT, ThingClass.MISSION)


def _within_object(clauses: Clauses, at: int) -> int | None:
    """The next token to look at if the object's noun may still come; None if the object ends here."""
    low, words = clauses.low[at], clauses.words
    if clauses.group_at(at) is not None or low in words.determiners or low in words.adjectives or low in _MARKS:
        return at + 1
    if low in words.prepositions:
        before = clauses.low[at - 1]
        counted = (
            before.isdecimal()
            or before in words.determiners
            or before in ("more", "fewer", "less")
            or clauses.low[at + 1 : at + 2] in (["least"], ["most"])
        )
        if counted or (low in ("of", "for", "in") and before in words.measures):
            return at + 1
        if clauses.low[at : at + 3] == ["with", "immediate", "effect"]:
            return at + 3
        after = at + 1 < len(clauses.low) and (clauses.low[at + 1] in words.calendar or clauses.group_at(at + 1))
        return at + 2 if low in ("on", "in") and after else None
    if (
        low in words.obstacles
        or low in words.subordinators
        or low in words.auxiliaries - {"not", "also"}
        or low in words.speech
    ):
        return None
    return at + 1 if low.replace("-", "").isalnum() else None


def subject_of_passive(clauses: Clauses, lexicon: Lexicon, kind: ThingClass, verb: int) -> Thing | None:
    """The noun of that class that heads the subject of a passive verb, over its prepositional phrases and relative clause."""
    at = verb - 1
    head: Thing | None = None
    inner: Thing | None = None
    has_noun = False
    while at >= max(0, verb - SUBJECT_REACH):
        low = clauses.low[at]
        if low == "," and (before := _before_relative(clauses, at)) is not None:
            at = before
            continue
        if _ends_clause(clauses, lexicon, at):
            break
        found = _thing_at(clauses, lexicon, kind, at)
        if found is not None and found.last <= verb:
            head, has_noun = found, True
        elif low in clauses.words.prepositions and low != "as" and clauses.group_at(at) is None:
            if clauses.low[at - 1] not in clauses.words.measures:
                inner, head, has_noun = head or inner, None, False
        elif (
            clauses.group_at(at) is None
            and low.isalpha()
            and low not in clauses.words.function | clauses.words.determiners
        ):
            has_noun = True
        at -= 1
    return head if has_noun else inner


def nearest_thing(clauses: Clauses, lexicon: Lexicon, kind: ThingClass, end: int) -> Thing | None:
    """As in "a conference on B, held in": the noun of that class right before the comma, a party or a place between."""
    things = (_thing_at(clauses, lexicon, kind, at) for at in range(end - 1, max(-1, end - _NEAREST_REACH), -1))
    return next((thing for thing in things if thing is not None), None)


_NEAREST_REACH = 5


def _before_relative(clauses: Clauses, comma: int) -> int | None:
    """The token before a relative clause or participle that ends with the comma at ``comma``."""
    for at in range(comma - 1, max(-1, comma - SUBJECT_REACH // 2), -1):
        if clauses.low[at] == "," and at + 1 < comma:
            opener = clauses.low[at + 1]
            if all(token.is_name_like for token in clauses.tokens[at + 1 : comma]):  # "the ambassador, Joel Meyer,"
                return at - 1
            return at - 1 if opener in clauses.words.openers or opener.endswith("ed") else None
    return None


def _ends_clause(clauses: Clauses, lexicon: Lexicon, at: int) -> bool:
    """Whether the subject of the passive verb begins after this token."""
    low, words = clauses.low[at], clauses.words
    if clauses.group_at(at) is not None:
        return False
    if low in (
        ",",
        ";",
        ":",
        '"',
        "that",
        "when",
        "while",
        "because",
        "although",
        "after",
        "before",
        "if",
        "but",
        "as",
        "until",
        "unless",
        "who",
        "which",
        "where",
    ):
        return True
    finite = low in lexicon.patterns and low.endswith("ed") and clauses.low[at - 1] not in words.determiners
    return low in words.speech or finite


_OTHER_HEADS = (
    ["line"],
    ["lines"],
    ["office"],
    ["offices"],
    ["room"],
    ["table"],
    ["centre"],
    ["center"],
    ["partner"],
    ["partners"],
    ["strategy"],
)


def _thing_at(clauses: Clauses, lexicon: Lexicon, kind: ThingClass, at: int) -> Thing | None:
    found = lexicon.thing_at(kind, clauses.low, at)
    after = clauses.low[at + found[0] : at + found[0] + 1] if found is not None else []
    if after in _OTHER_HEADS or (after and clauses.low[at] == "bilateral" and after[0] in lexicon.nouns):
        return None  # "a communication office"
    return Thing(at, at + found[0], found[1]) if found is not None else None
