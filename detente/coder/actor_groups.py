"""Which actors stand together: "A, B and C", "A-B", and in headlines "A, B agree"."""

from dataclasses import dataclass

from detente.coder.actors import Actor, ActorKind
from detente.coder.lexicon import Lexicon
from detente.coder.sentence_to_tokens import Token
from detente.coder.words import Words

YEAR_DIGITS = 4
_LIKENING = 3
_PARTICLES = ("out", "home", "back", "up", "down")
LIST_REACH = 12
"""How many words after a comma, names of parties aside, the "and" of its list may stand."""


@dataclass(slots=True, frozen=True)
class Group:
    """Actors that stand together: "A, B and C"; ``prep`` is the preposition before them."""

    actors: tuple[Actor, ...]
    prep: str | None
    is_object: bool

    @property
    def first(self) -> int:
        """The first token."""
        return self.actors[0].first

    @property
    def last(self) -> int:
        """The token after the last one."""
        return self.actors[-1].last

    @property
    def kind(self) -> ActorKind:
        """The kind of its first actor."""
        return self.actors[0].kind

    def parties(self) -> set[str]:
        """The parties that can take part in a contact."""
        return {party for actor in self.actors if actor.is_party for party in actor.parties}

    def named(self) -> set[str]:
        """The parties that are named in whatever role."""
        return {party for actor in self.actors if actor.kind is not ActorKind.OTHER for party in actor.parties}


class ActorGroups:
    """Groups the actors of one sentence."""

    def __init__(self, tokens: list[Token], words: Words, lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._low = [token.low for token in tokens]
        self._words = words
        self._lexicon = lexicon

    def of(self, actors: list[Actor]) -> list[Group]:
        """The groups in order; every actor is in one."""
        groups: list[list[Actor]] = []
        for actor in actors:
            if groups and self._joined(groups[-1][-1], actor) and not self._acts_anew(groups[-1], actor):
                groups[-1].append(actor)
            else:
                groups.append([actor])
        return [self._group(tuple(members)) for members in groups]

    def before(self, at: int) -> int:
        """The token before determiners, adjectives and numbers, from ``at`` on to the left; -1 at the sentence's start."""
        skipped = (self._words.determiners | self._words.adjectives) - {"that"}
        while at >= 0 and (self._low[at] in skipped or self._low[at].isdigit()) and not self._acts(at):
            at -= 1
        return at

    def _acts(self, at: int) -> bool:
        """Whether a word that may be an adjective is a verb here ("to close the embassy")."""
        return at > 0 and self._low[at] in self._lexicon.patterns and self._low[at - 1] in self._words.verb_markers

    def _follows_year(self, first: int) -> bool:
        """As in "In 2016 Saudi Arabia cut ...": the preposition is the year's."""
        before = self._low[first - 1] if first else ""
        return len(before) == YEAR_DIGITS and before.isdigit()

    def _joined(self, before: Actor, actor: Actor) -> bool:
        if ActorKind.PRONOUN in (before.kind, actor.kind) or before.possessive or self._low[actor.first] == "here":
            return False
        between = self._low[before.last : actor.first]
        if not between or any(low not in self._words.joiners and low not in self._words.adjectives for low in between):
            return False
        if not self._words.conjunctions.isdisjoint(between) or between in (["-"], ["/"]):
            return True
        placed = before.kind is ActorKind.STATE or self._low[before.first - 1] in ("in", "at")
        fronted = placed and actor.kind is ActorKind.OFFICIAL  # "In Dubai, the spy chiefs of"
        return (
            between[0] == ","
            and not fronted
            and (self._list_goes_on(actor) or self._headline_pair(before, actor, between))
        )

    def _acts_anew(self, group: list[Actor], actor: Actor) -> bool:
        """As in "A met B, and C cut ties": a comma before "and" that ends no list, and a verb of C's own."""
        between = self._low[group[-1].last : actor.first]
        after = self._low[actor.last] if actor.last < len(self._low) else ""
        if len(group) == 1 and between == ["and"] and after in self._words.simple_pasts:  # "ties with A and B withdrew"
            alone = self._group(tuple(group))
            return alone.is_object or alone.prep is not None
        acts = after in self._words.finite or after in self._words.pasts or after.endswith("ed")
        if len(group) > 1 or between[:2] != [",", "and"] or not acts:
            return False
        alone = self._group(tuple(group))
        return alone.is_object or alone.prep is not None

    def _list_goes_on(self, actor: Actor) -> bool:
        """Whether a comma before the actor is that of a list, which ends in "and" nearby."""
        words = 0
        for at in range(actor.last, len(self._low)):
            words += self._low[at] != "," and self._tokens[at].mention is None
            if words > LIST_REACH:
                return False
            if self._low[at] == "and":
                return True
            if self._low[at] in self._words.auxiliaries or self._low[at] in self._words.subordinators:
                return False
        return False

    def _headline_pair(self, before: Actor, actor: Actor, between: list[str]) -> bool:
        """As in "Iran, Saudi Arabia agree to ...": two of a kind at the start, before a verb in the plural."""
        alike = before.kind is actor.kind and before.kind in (ActorKind.STATE, ActorKind.OFFICIAL)
        if between != [","] or before.first > 0 or not alike or before.parties == actor.parties:
            return False
        verb = self._low[actor.last] if actor.last < len(self._low) else ""
        plural = verb in self._lexicon.patterns or verb in self._words.plural_verbs
        return plural and not verb.endswith(("s", "ed", "ing"))

    def _group(self, actors: tuple[Actor, ...]) -> Group:
        if self._low[actors[0].first] == "here":
            return Group(actors, "in", is_object=False)
        at = self.before(actors[0].first - 1)
        if at > 1 and self._low[at] == "'s" and self._tokens[at - 1].mention is None:  # "at the country's U.N. mission"
            at = self.before(at - 2)
        if at > 0 and self._low[at] == "of" and self._low[at - 1] in self._words.styles:
            at = self.before(at - 2)
        if at > 0 and self._low[at] == "of" and self._low[at - 1] in self._words.companies:
            at = self.before(at - 2)
        if at < 0 or self._follows_year(actors[0].first):
            return Group(actors, None, is_object=False)
        if at > 0 and self._low[at] in _PARTICLES and self._low[at - 1] in self._lexicon.patterns:
            at -= 1  # "threw out A"
        low = self._low[at]
        likened = "as" in self._low[max(0, at - _LIKENING) : at]  # "did not go as far as A"
        acts = low == "as" and bool(actors[0].parties) and not likened  # "as A and B met"; "as president" is no subject
        prep = low if low in self._words.prepositions and not acts else None
        verb = (
            low in self._lexicon.patterns
            or low in self._words.copulas
            or (low.endswith(("ed", "ing")) and self._tokens[at].text[0].islower())
        )
        if (
            verb
            and low in self._words.verb_nouns
            and self._low[at - 1] in self._words.adjectives | self._words.kinds_of_call
        ):
            verb = False  # "In separate phone calls A spoke with B"
        ordered = low in self._lexicon.ordering and self._low[actors[-1].last : actors[-1].last + 1] == ["to"]
        speaks = low in self._words.speech and not ordered
        return Group(actors, prep, is_object=verb and not speaks and low not in self._words.adjectives)
