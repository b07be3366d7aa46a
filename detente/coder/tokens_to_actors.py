"""Actors of a sentence: names with the titles around them, "his Fijian counterpart", surnames, pronouns, and who is no party."""

from dataclasses import replace

from detente.coder.actor_merging import with_appositions, with_companions, with_owners, with_shared_titles
from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.name_runs import MAX_TITLE_WORDS
from detente.coder.pairs import koreas_at, named_by_kind
from detente.coder.people import People
from detente.coder.sentence_to_tokens import Token
from detente.coder.title_shapes import is_former, is_possessive, parties_after
from detente.coder.words import Words
from detente.parties.gazetteer import NameKind, OfficeHolder
from detente.parties.text_to_mentions import Mention
from detente.parties.titles import Titles
from detente.vocabulary import Level

_NOT_NOUN_ENDINGS = ("s", "ed", "ing", "ly")
_CITY_LEADS = frozenset({"in", "to", "into", "at", "from", "for"})
_CITIES = (NameKind.CAPITAL, NameKind.CITY)
_PEOPLES = ("s", "ese", "sh", "ch")
"""How the name of a people ends in the plural."""
_NEVER_FIRST = frozenset(
    {"and", "and/or", "of", "for", "the", "to", "number", "two", "affairs", "relations", "appointed", "elected"}
)


class ActorFinder:
    """Finds actors by the words and the table that it is built with; keeps nothing between sentences."""

    def __init__(
        self, words: Words, titles: Titles, holders: dict[str, tuple[OfficeHolder, ...]], verbs: frozenset[str]
    ) -> None:
        self._words = words
        self._titles = titles
        self._verbs = verbs
        self._people = People(words, titles, holders, verbs)

    def find(self, tokens: list[Token], discourse: Discourse) -> list[Actor]:
        """The actors in order; people who are introduced are remembered in ``discourse``."""
        actors: list[Actor] = []
        discourse.of_sentence = actors
        at = 0
        while at < len(tokens):
            found = self._actor_at(tokens, at, discourse)
            for actor in found:
                discourse.introduce(_ranked(actor, actors))
            if found:
                found[-1] = self._with_government(tokens, found[-1])
            actors += found
            at = found[-1].last if found else at + 1
        shared = with_owners(with_shared_titles(actors, tokens), tokens, discourse)
        return with_companions(with_appositions(shared, tokens, discourse), tokens, self._words)

    def _actor_at(  # noqa: PLR0911  # one return a kind
        self, tokens: list[Token], at: int, discourse: Discourse
    ) -> list[Actor]:
        token = tokens[at]
        mention = token.mention
        if token.low in self._words.courtesies and token.is_name_like:
            return self._courteous(tokens, at, discourse)
        if mention is None and (korea := koreas_at(tokens, at, discourse)) is not None:
            return [korea]
        if mention is not None:
            if mention.kind is NameKind.PERSON:
                person = self._people.person(tokens, at, at, discourse)
                return self._people.sent_by(tokens, person, discourse) or [person]
            return self._party(tokens, at, discourse)
        if found := self._pointed_at(tokens, at, discourse):
            return found
        if (
            token.low in self._titles.words
            and token.low not in _NEVER_FIRST
            and (found := self._people.titled(tokens, at, discourse))
        ):
            return found
        if token.low in self._words.pronouns:
            return [Actor(ActorKind.PRONOUN, at, at + 1)]
        if token.low in self._titles.private:
            return [Actor(ActorKind.OTHER, at, at + 1)]
        if token.is_name_like and token.text[0].isalpha():
            return self._people.name(tokens, at, discourse)
        return []

    def _pointed_at(self, tokens: list[Token], at: int, discourse: Discourse) -> list[Actor]:
        """As in "his counterpart", "the two sides", "the kingdom"."""
        if tokens[at].low in ("his", "her", "their", "its"):
            return self._counterpart(tokens, at, discourse)
        if tokens[at].low == "here" and discourse.place is not None and not is_possessive(tokens, at + 1):
            return [Actor(ActorKind.STATE, at, at + 1, (discourse.place,))]
        if tokens[at].low in ("one", "another") and (other := _one_from(tokens, at)) is not None:
            return [other]
        named = (
            named_by_kind(tokens, at, discourse, self._words, self._titles)
            if tokens[at].low in ("the", "both")
            else None
        )
        return [named] if named is not None else []

    def _courteous(self, tokens: list[Token], at: int, discourse: Discourse) -> list[Actor]:
        """As in "Mr. Obama": the word before the name says nothing."""
        name = at + 2 if [token.text for token in tokens[at + 1 : at + 2]] == ["."] else at + 1
        found = self._actor_at(tokens, name, discourse) if name < len(tokens) else []
        return [replace(found[0], first=at), *found[1:]] if found else []

    @staticmethod
    def _with_government(tokens: list[Token], person: Actor) -> Actor:
        """As in "the Trump administration", "Maduro's government": the state rather than the person."""
        if person.person is None or not person.is_party:
            return person
        body = person.last + person.possessive
        if [token.low for token in tokens[body : body + 1]] not in (["administration"], ["government"], ["cabinet"]):
            return person
        possessive = is_possessive(tokens, body + 1)
        return Actor(ActorKind.STATE, person.first, body + 1, person.parties, possessive=possessive)

    def _party(self, tokens: list[Token], at: int, discourse: Discourse) -> list[Actor]:
        """A party's name, with the title or the person that it belongs to."""
        mention = tokens[at].mention
        assert mention is not None
        somewhere = mention.kind is NameKind.CAPITAL and at > 0 and tokens[at - 1].low in ("in", "at")
        if mention.kind is not NameKind.CITY and not somewhere:
            discourse.parties.add(mention.code)
        possessive = is_possessive(tokens, at + 1)
        after = at + 2 if possessive else at + 1
        after += [token.low for token in tokens[after : after + 1]] == ["own"]
        if after < len(tokens):
            following = tokens[after].mention
            if possessive and following is not None and following.kind in _CITIES and following.code == mention.code:
                owned = is_possessive(tokens, after + 1)  # "in Saudi Arabia's Riyadh"
                return [Actor(ActorKind.STATE, at, after + 1, (mention.code,), possessive=owned)]
            if following is not None and following.kind is NameKind.PERSON:
                person = self._people.person(tokens, at, after, discourse)
                if person.parties == (mention.code,):
                    return [person]
            if (official := self._official(tokens, at, after, discourse)) is not None:
                return official
        return [self._bare(tokens, at, mention, possessive=possessive)]

    def _bare(self, tokens: list[Token], at: int, mention: Mention, *, possessive: bool) -> Actor:
        """The party's name alone: the party, somebody's or something's name, or what describes the next word."""
        if self._is_venue(tokens, at):
            return Actor(ActorKind.OTHER, at, at + 1)
        if mention.kind is NameKind.DEMONYM and [token.low for token in tokens[at + 1 : at + 2]] == ["capital"]:
            named = tokens[at + 2].mention if at + 2 < len(tokens) else None
            last = at + 3 if named is not None and named.code == mention.code else at + 2  # "the Omani capital Muscat"
            return Actor(ActorKind.STATE, at, last, (mention.code,), possessive=is_possessive(tokens, last))
        if mention.kind is NameKind.DEMONYM and self._are_people(tokens, at):
            return Actor(ActorKind.STATE, at, at + 1, (mention.code,))
        if mention.kind is NameKind.DEMONYM or possessive or self._modifies(tokens, at, mention.kind):
            return Actor(ActorKind.MODIFIER, at, at + 1, (mention.code,), possessive=possessive)
        if self._is_somebodys_name(tokens, at):
            return Actor(ActorKind.OTHER, at, at + 1)
        return Actor(ActorKind.STATE, at, at + 1, (mention.code,))

    def _official(self, tokens: list[Token], at: int, after: int, discourse: Discourse) -> list[Actor] | None:
        """As in "the Polish foreign minister": the party's name at ``at`` with the title that begins at ``after``."""
        mention = tokens[at].mention
        end = self._people.title_end(tokens, after)
        if mention is None or end == after or tokens[after].low in _NEVER_FIRST:
            return None
        if end < len(tokens) and tokens[end].low in self._titles.private:
            return None
        level, words = self._people.title(tokens, after, end)
        if mention.kind is NameKind.METONYM:  # "Pentagon chief": the house says of what
            words = (tokens[at].low, *words)
        party = (mention.code,)
        actor = self._people.official(tokens, after, end=end, parties=party, level=level, words=words, first=at)
        if is_former(tokens, at) or is_former(tokens, after):
            actor = replace(actor, former=True)
        return self._people.with_name(tokens, [actor], discourse)

    def _are_people(self, tokens: list[Token], at: int) -> bool:
        """As in "the Iranians declined", "the Chinese walked out": those who speak for the state."""
        if not at or tokens[at - 1].low != "the" or not tokens[at].low.endswith(_PEOPLES):
            return False
        after = tokens[at + 1].low if at + 1 < len(tokens) else "."
        acts = after.endswith("ed") or after in self._verbs or not after[:1].isalpha()
        return acts or (after in (self._words.function | self._words.pasts) and after not in ("one", "ones"))

    def _modifies(self, tokens: list[Token], at: int, kind: NameKind) -> bool:
        """Whether the name only describes the noun after it."""
        if at + 1 >= len(tokens):
            return False
        following = tokens[at + 1]
        if following.text == "-" and at + 2 < len(tokens) and following.start == tokens[at].end:
            return tokens[at + 2].mention is None
        if following.low in self._titles.private:
            return True
        is_noun = (
            following.text.islower() and following.text.isalpha() and not following.low.endswith(_NOT_NOUN_ENDINGS)
        )
        function = following.low in self._verbs or following.low in self._words.function
        return kind in (NameKind.CAPITAL, NameKind.STATE) and is_noun and not function

    def _is_venue(self, tokens: list[Token], at: int) -> bool:
        """As in "turned down the Singapore meeting": a city before an event is where it is held."""
        mention = tokens[at].mention
        following = tokens[at + 1].low if at + 1 < len(tokens) else ""
        if mention is not None and mention.kind is NameKind.CITY:  # it never stands for the government
            return not at or tokens[at - 1].low not in _CITY_LEADS
        if mention is None or following not in self._words.held_somewhere:
            return False
        return mention.kind is NameKind.CAPITAL or tokens[at].low in self._words.city_states

    def _is_somebodys_name(self, tokens: list[Token], at: int) -> bool:
        """Whether a state's name is part of a person's or thing's ("Michael Jordan", "Paris Hilton")."""
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        plain_before = (
            before is not None
            and at > 1
            and before.mention is None
            and before.text[:1].isupper()
            and before.text[1:].islower()
        )
        if (
            plain_before
            and before is not None
            and before.low not in self._titles.words | self._words.starters | self._words.calendar
        ):
            return True
        plain_after = (
            after is not None and after.mention is None and after.text[:1].isupper() and after.text[1:2].islower()
        )
        if plain_after and after is not None:
            return (
                after.low not in self._titles.words | self._words.calendar | self._words.starters
                and after.low not in self._verbs
            )
        return False

    def _counterpart(self, tokens: list[Token], at: int, discourse: Discourse) -> list[Actor]:
        """As in "his Fijian counterpart Frank Bainimarama"; "his counterpart, the president of X" leaves it to what follows."""
        end = at + 1
        while end < len(tokens) and end - at < MAX_TITLE_WORDS and tokens[end].low not in self._words.counterparts:
            if (
                tokens[end].mention is None
                and tokens[end].low not in self._titles.words
                and tokens[end].text not in (",", "and")
            ):
                return []
            end += 1
        if end >= len(tokens) or end - at >= MAX_TITLE_WORDS:
            return []
        if tokens[end].low == "opposite" and end + 1 < len(tokens):
            end += 1  # "opposite number"
        parties = [i for i in range(at + 1, end) if tokens[i].mention is not None]
        actors = []
        for count, index in enumerate(parties):
            mention = tokens[index].mention
            assert mention is not None
            last = end + 1 if count == len(parties) - 1 else index + 1
            code = mention.code if mention.kind is not NameKind.PERSON else ""
            if code:
                actors.append(
                    Actor(
                        ActorKind.OFFICIAL,
                        at if not count else index,
                        last,
                        (code,),
                        plural=len(parties) > 1,
                        counterpart=True,
                    )
                )
        if not actors and not parties:
            found = (
                parties_after(tokens, end + 2)
                if end + 1 < len(tokens) and tokens[end + 1].low in ("from", "in", "of")
                else []
            )
            for index in found:
                mention = tokens[index].mention
                assert mention is not None
                actors.append(
                    Actor(ActorKind.OFFICIAL, at if not actors else index, index + 1, (mention.code,), counterpart=True)
                )
            if (
                not actors
                and end + 1 < len(tokens)
                and (tokens[end + 1].mention is not None or tokens[end + 1].text == ",")
            ):
                following = end + 1 if tokens[end + 1].mention is not None else end + 2
                following_actors = self._actor_at(tokens, following, discourse) if following < len(tokens) else []
                return [replace(following_actors[0], first=at), *following_actors[1:]] if following_actors else []
        return self._people.with_name(tokens, actors, discourse) if actors else [Actor(ActorKind.OTHER, at, end + 1)]


def _ranked(actor: Actor, before: list[Actor]) -> Actor:
    """A counterpart with the rank of the one whose counterpart it is, by which later sentences know the person."""
    if not actor.counterpart or actor.level is not Level.UNKNOWN:
        return actor
    met = next((a for a in reversed(before) if a.is_people and a.level is not Level.UNKNOWN), None)
    return replace(actor, level=met.level, channel=met.channel) if met is not None else actor


def _one_from(tokens: list[Token], at: int) -> Actor | None:
    """As in "a delegation of A's and one from B": those who come from there."""
    mention = tokens[at + 2].mention if at + 2 < len(tokens) else None
    if mention is None or tokens[at + 1].low != "from" or mention.kind not in (NameKind.STATE, NameKind.CAPITAL):
        return None
    return Actor(ActorKind.OFFICIAL, at, at + 3, (mention.code,), Level.WORKING)
