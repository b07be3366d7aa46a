"""Whom a pronoun means, in the sentence or in the article so far."""

from dataclasses import replace

from detente.coder.actor_groups import Group
from detente.coder.actors import PAIR, Actor, ActorKind
from detente.coder.words import Words


class Pronouns:
    """Looks up the pronouns of one sentence among its groups, and whoever the sentence before spoke of."""

    def __init__(
        self,
        low: list[str],
        groups: list[Group],
        words: Words,
        last_subject: Actor | None,
        last_pair: tuple[Actor, ...],
    ) -> None:
        self._low = low
        self._groups = groups
        self._words = words
        self._last_subject = last_subject
        self._last_pair = last_pair

    @property
    def pair(self) -> tuple[Actor, ...]:
        """The two of whose contact the article told last, or nobody."""
        return self._last_pair if len(self._last_pair) == PAIR else ()

    def subject(self, pronoun: Group) -> Group | None:  # noqa: PLR0911  # one return a pronoun
        """The group right before "who"; of others the sentence's first subject, else the last of the article."""
        before = self._groups[: self._groups.index(pronoun)]
        low = self._low[pronoun.first]
        if low == "it" and pronoun.prep is not None:  # "disappointment at it switching ties"
            return None
        if low == "we":
            speaker = self._speaker(pronoun)
            return _stand_in(speaker, pronoun) if speaker is not None else None
        if low == "who":
            return before[-1] if before else None
        if low == "they" and not before and len(self._last_pair) == PAIR:
            return _stand_in(Group(self._last_pair, None, is_object=False), pronoun)
        if low == "it":  # a state or a body rather than somebody
            before = sorted(before, key=_is_somebody)
        for group in before:
            if _is_subject(group) and not group.actors[-1].possessive and group.kind is not ActorKind.PRONOUN:
                return _stand_in(group, pronoun)
        owner = next(
            (g for g in before if low == "it" and g.actors[-1].possessive and g.named() and g.prep != "by"), None
        )
        if owner is not None:  # "A's own move, when it expelled"
            return _stand_in(owner, pronoun)
        if self._last_subject is not None and not any(
            _is_subject(group) and group.kind is not ActorKind.PRONOUN for group in before
        ):
            return _stand_in(Group((self._last_subject,), None, is_object=False), pronoun)
        return None

    def _speaker(self, pronoun: Group) -> Group | None:
        """By whom the words are said, where that comes after them ("We have cut ties," A said)."""
        after = (g for g in self._groups if g.first > pronoun.first and g.last < len(self._low) and g.parties())
        return next((g for g in after if self._low[g.last] in self._words.speech), None)

    def object(self, at: int, subject: Group | None) -> Group | None:
        """Whom "him", "her" or "them" at ``at`` means: a subject of the sentence that is not the verb's own, else the article's last."""
        if self._low[at : at + 1] not in (["him"], ["her"], ["them"]) or self._owns(at + 1):
            return None
        own = subject.parties() if subject is not None else set()
        for group in self._groups:
            if (
                group.first < at
                and _is_subject(group)
                and group.parties() - own
                and group.kind is not ActorKind.MODIFIER
            ):
                return group
        met = (g for g in reversed(self._groups) if g.last <= at and g.prep is None and g.parties() - own)
        for group in met:
            if any(actor.is_people for actor in group.actors):  # "telephoned B and invited him"
                return group
        last = self._last_subject
        return Group((last,), None, is_object=True) if last is not None and not set(last.parties) <= own else None

    def _owns(self, at: int) -> bool:
        """Whether a noun follows, which makes "her" a possessive."""
        low = self._low[at] if at < len(self._low) else "."
        words = self._words
        ends = words.prepositions | words.subordinators | words.calendar | words.adverbs
        return low.isalpha() and low not in ends and not low.endswith("ly")


def _is_subject(group: Group) -> bool:
    return group.prep is None and not group.is_object


def _is_somebody(group: Group) -> bool:
    return any(actor.person or actor.kind is ActorKind.OTHER for actor in group.actors)


def _stand_in(group: Group, pronoun: Group) -> Group:
    """The group in the place of the pronoun that means it."""
    actors = tuple(replace(actor, first=pronoun.first, last=pronoun.last) for actor in group.actors)
    return replace(group, actors=actors)
