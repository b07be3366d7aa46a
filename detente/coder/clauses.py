"""Light clause analysis: which actors stand together, and who is the subject and who the other party of a verb."""

from collections.abc import Iterable
from dataclasses import replace

from detente.coder.actor_groups import ActorGroups, Group
from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.date_words import number, unit_days
from detente.coder.lexicon import Lexicon
from detente.coder.pronouns import Pronouns
from detente.coder.sentence_to_tokens import Token
from detente.coder.words import Words
from detente.vocabulary import Mode

REACH = 28
"""How many tokens a verb's parties may stand away from it."""
_FRONT = 2
"""How many words may stand before a fronted gerund."""


_SIDE_REACH = 7
_LOOKING_ON = frozenset(
    {
        ("as", "witness"),
        ("as", "witnesses"),
        ("as", "host"),
        ("as", "mediator"),
        ("as", "mediators"),
        ("as", "guarantors"),
        ("looking", "on"),
        ("in", "attendance"),
    }
)
SHARED_REACH = 8
"""How many tokens before a second verb the auxiliary may stand that it shares with the first."""


class Clauses:
    """One sentence's tokens and actor groups, with the searches over them."""

    def __init__(
        self,
        tokens: list[Token],
        actors: list[Actor],
        words: Words,
        lexicon: Lexicon,
        discourse: Discourse,
    ) -> None:
        self.tokens = tokens
        self.diplomatic = discourse.diplomatic
        last = discourse.last_deed
        self.broken = (last is not None and last.mode is Mode.SEVERANCE) or discourse.spoke_of_ties
        self.low = [token.low for token in tokens]
        self.words = words
        self._lexicon = lexicon
        self.portfolio_words = lexicon.data.portfolio_words
        self.grouping = ActorGroups(tokens, words, lexicon)
        self.groups = self.grouping.of(actors)
        self.pronouns = Pronouns(self.low, self.groups, words, discourse.last_subject, discourse.last_told)
        self._owner: dict[int, Group] = {i: group for group in self.groups for i in range(group.first, group.last)}

    def group_at(self, index: int) -> Group | None:
        """The group to which the token belongs."""
        return self._owner.get(index)

    def subject(self, verb: int) -> Group | None:
        """Who does it: the nearest group to the left that is no adjunct and no other verb's object; OTHER groups block."""
        at = self._before_shared(verb)
        if (early := self.prompted(verb) or self._over_aside(verb)) is not None:
            return early
        while at >= max(0, verb - REACH * 2):
            if self.low[at] in (";", "whose"):
                return None
            group = self._owner.get(at)
            if group is None:
                at -= 1
                continue
            at = group.first - 1
            resumed = self.low[verb - 2 : verb] == [",", "and"]  # "called on B, who is on a visit, and hosted C"
            if group.kind is ActorKind.PRONOUN:
                if resumed and self.low[group.first] in ("who", "which"):
                    continue
                return self.pronouns.subject(group)
            if group.prep is not None or (group.is_object and not self._relative_after(group)):
                if self._relative_after(group) and group.parties() and not resumed:
                    return group
                continue
            if group.actors[-1].possessive or (group.kind is ActorKind.MODIFIER and self._describes_thing(group)):
                continue
            return self._leader(group) or self._with_pronoun(group)
        return self._fronted_subject(verb)

    def prompted(self, verb: int) -> Group | None:
        """As in "the arrest led A to recall its envoy": who was moved to do it, and did it."""
        group = self._owner.get(verb - 2) if verb > 1 and self.low[verb - 1] == "to" else None
        before = self.grouping.before(group.first - 1) if group is not None else -1
        return group if before >= 0 and self.low[before] in self.words.prompting else None

    def _with_pronoun(self, group: Group) -> Group:
        """As in "he and A signed": the pronoun before "and" belongs to the group."""
        first = group.first - 1
        joined = first > 0 and self.low[first] == "and"
        pronoun = self._owner.get(first - 1) if joined else None
        if pronoun is None or pronoun.kind is not ActorKind.PRONOUN or not group.parties():
            return group
        meant = self.pronouns.subject(pronoun)
        return replace(group, actors=(*meant.actors, *group.actors)) if meant is not None else group

    def _over_aside(self, verb: int) -> Group | None:
        """As in "A, which has a long coast, cut ties": whoever stands before the aside that ends right before the verb."""
        comma = verb - 1
        while comma > 0 and (
            self.low[comma] in self.words.auxiliaries | self.words.adverbs | {"since"} or self.low[comma].endswith("ly")
        ):
            comma -= 1
        if comma < 1 or self.low[comma] != ",":
            return None
        opened = (
            group
            for group in reversed(self.groups)
            if group.last < comma and self.low[group.last : group.last + 1] == [","]
        )
        group = next(opened, None)
        if group is None or group.prep is not None or group.is_object or comma - group.last > REACH:
            return None
        aside = self.low[group.last + 1]
        opens = aside in self.words.openers or aside in self.words.prepositions or aside.endswith("ing")
        return group if opens else None

    def _leader(self, group: Group) -> Group | None:
        """As in "a delegation led by B's foreign minister": who leads it stands for it."""
        verb, by = (*self.low[group.last : group.last + 2], "", "")[:2]
        if group.kind is not ActorKind.OTHER or by != "by" or verb not in self.words.sent_by:
            return None
        return next((g for g in self.groups if g.first >= group.last and g.prep == "by"), None)

    def _before_shared(self, verb: int) -> int:
        """Where the search for the subject begins: before the auxiliary that two verbs share ("would greet B and cut ties")."""
        if verb > 0 and self.low[verb - 1] == "and" and not self.low[verb].endswith("ed"):
            for at in range(verb - 2, max(-1, verb - SHARED_REACH), -1):
                if self.low[at] in ("will", "would", "to", "'ll"):
                    return at - 1
        return verb - 1

    def decider(self, verb: int) -> Group | None:
        """Whose decision it is: "A's decision to cut ties with B"."""
        noun = verb - 2
        if noun < 1 or self.low[verb - 1] != "to" or self.low[noun] not in self.words.decisions:
            return None
        for at in range(noun - 1, max(-1, noun - 4), -1):
            group = self._owner.get(at)
            if group is not None:
                return self._as_actor(group) if group.actors[-1].possessive and group.named() else None
        return None

    def _as_actor(self, group: Group) -> Group:
        """The party itself where only its name stands before a noun."""
        return replace(group, actors=tuple(replace(actor, kind=ActorKind.STATE) for actor in group.actors))

    def others(self, start: int, *, stop_at_verbs: bool = True) -> Iterable[Group]:
        """The groups to the right of a verb or noun until its clause ends."""
        at = start
        end = min(len(self.tokens), start + REACH)
        purpose = False
        while at < end:
            group = self._owner.get(at)
            if group is not None:
                if self._speaks(group) or (group.first > start and self._begins_clause(group)):
                    return
                aside = (purpose and group.prep not in ("with", "between")) or self._in_sympathy(group)
                aside = aside or self._looks_on(group)
                if group.last > at and group.first >= start and not aside:
                    yield group
                at = group.last
                continue
            low = self.low[at]
            if self._stops(at) or (stop_at_verbs and at > start and self._finite(at)):
                return
            leaves = self.low[at + 1 : at + 2] and self.low[at + 1] in self.words.leaving
            purpose = purpose or (low == "to" and not leaves and self._begins_infinitive(at + 1))
            at += 1

    def _begins_clause(self, group: Group) -> bool:
        """As in "met B on Monday, and C cut ties with D": C is the subject of a clause of its own."""
        at = self.grouping.before(group.first - 1)
        after = self.low[group.last] if group.last < len(self.low) else ""
        acts = after in self.words.finite | self.words.pasts or after in self._lexicon.patterns
        return at > 0 and self.low[at - 1 : at + 1] in ([",", "and"], [",", "but"], [",", "while"]) and acts

    def _stops(self, at: int) -> bool:
        """Whether another clause begins; "hours" and the like only as in "hours later"."""
        if unit_days(self.low[at]) is not None or self.low[at] == "hours":
            return self.low[at + 1 : at + 2] in (["later"], ["earlier"], ["ago"], ["before"], ["after"])
        measured = self.low[at] == "about" and number(self.low[at + 1]) is not None if at + 1 < len(self.low) else False
        return self.low[at] in self.words.stops and not measured  # "met for about eight hours with"

    def _in_sympathy(self, group: Group) -> bool:
        """As in "cut ties with B in solidarity with C": C is no party to it."""
        at = self.grouping.before(group.first - 1)
        return group.prep == "with" and at > 0 and self.low[at - 1] in self.words.sympathies

    def _looks_on(self, group: Group) -> bool:
        """As in "signed the accord with A and B as witnesses"."""
        after = tuple(self.low[group.last : group.last + 2])
        beside = after[:1] == ("at",) and "side" in self.low[group.last : group.last + _SIDE_REACH]
        return group.prep == "with" and (beside or after in _LOOKING_ON or after[:1] in (("watching",), ("present",)))

    def _begins_infinitive(self, at: int) -> bool:
        """Whether a verb stands after "to": after it only "with B" may still name the other party ("met to discuss Sudan")."""
        if at >= len(self.low) or at in self._owner or not self.low[at].isalpha() or not self.tokens[at].text.islower():
            return False
        return self.low[at] not in self.words.determiners | self.words.adjectives

    def _speaks(self, group: Group) -> bool:
        """Whether the group is who says the sentence (", a spokesman for B said on Monday")."""
        before = self.grouping.before(group.first - 1)
        if before < 0 or self.low[before] not in (",", '"'):
            return False
        return not self.words.speech.isdisjoint(self.low[group.last : group.last + 1])

    def _finite(self, at: int) -> bool:
        low = self.low[at]
        if low in self.words.speech or low in self.words.finite:
            return True
        return self.low[at - 1] == "and" and low in self._lexicon.patterns and low.endswith(("ed", "ing"))

    def _relative_after(self, group: Group) -> bool:
        after = group.last + 1 if group.last < len(self.low) and self.low[group.last] == "," else group.last
        return after < len(self.low) and self.low[after] in ("who", "which")

    def _fronted_subject(self, verb: int) -> Group | None:
        """As in "After meeting B, A flew on": the subject of a fronted gerund follows the comma."""
        if not self.low[verb].endswith("ing") or verb > _FRONT:
            return None
        for at in range(verb, min(len(self.low), verb + REACH)):
            if self.low[at] == ",":
                return next((group for group in self.groups if group.first > at and group.prep is None), None)
        return None

    def _describes_thing(self, group: Group) -> bool:
        return self.noun_after(group) is not None

    def describes(self, group: Group) -> bool:
        """Whether the group only describes the word after it ("its NATO spending target")."""
        if group.last >= len(self.low):
            return False
        low = self.low[group.last]
        return low.isalpha() and self.tokens[group.last].text.islower() and low not in self.words.function

    def noun_after(self, group: Group) -> int | None:
        """The thing that a premodifying group describes ("US-China military talks")."""
        for at in range(group.last, min(len(self.low), group.last + 4)):
            if self.low[at] in self._lexicon.nouns:
                return at
            if (
                self.low[at] in self.words.prepositions
                or at in self._owner
                or (not self.low[at].isalpha() and self.low[at] != "-" and "-" not in self.low[at])
            ):
                return None
        return None
