"""Actors of a sentence: names with the titles around them, "his Fijian counterpart", surnames, pronouns, and who is no party."""

from dataclasses import replace
from functools import partial

from detente.coder.actor_merging import with_appositions, with_shared_titles
from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.pairs import koreas_at, pair_at
from detente.coder.sentence_to_tokens import Token
from detente.coder.title_shapes import ends_phrase, is_former, is_plural, is_possessive, office_of, parties_after
from detente.coder.words import Words
from detente.parties.gazetteer import NameKind, OfficeHolder
from detente.parties.titles import Titles
from detente.signals import Person
from detente.vocabulary import Level

MAX_TITLE_WORDS = 12
MAX_NAME_WORDS = 6
_INITIALS = 2
_NOT_NOUN_ENDINGS = ("s", "ed", "ing", "ly")
_NEVER_FIRST = frozenset({"and", "and/or", "of", "for", "the", "to", "number", "two", "affairs", "relations"})


class ActorFinder:
    """Finds actors by the words and the table that it is built with; keeps nothing between sentences."""

    def __init__(
        self, words: Words, titles: Titles, holders: dict[str, tuple[OfficeHolder, ...]], verbs: frozenset[str]
    ) -> None:
        self._words = words
        self._titles = titles
        self._holders = holders
        self._verbs = verbs

    def find(self, tokens: list[Token], discourse: Discourse) -> list[Actor]:
        """The actors in order; people who are introduced are remembered in ``discourse``."""
        actors: list[Actor] = []
        at = 0
        while at < len(tokens):
            found = self._actor_at(tokens, at, discourse)
            for actor in found:
                discourse.introduce(actor)
            actors += found
            at = found[-1].last if found else at + 1
        return with_appositions(with_shared_titles(actors, tokens), tokens, discourse)

    def _actor_at(  # noqa: PLR0911  # one return a kind
        self, tokens: list[Token], at: int, discourse: Discourse
    ) -> list[Actor]:
        token = tokens[at]
        mention = token.mention
        if mention is None and (korea := koreas_at(tokens, at, discourse)) is not None:
            return [korea]
        if mention is not None:
            if mention.kind is NameKind.PERSON:
                return [self._person(tokens, at, at, discourse)]
            return self._party(tokens, at, discourse)
        if token.low in ("his", "her", "their", "its") and (found := self._counterpart(tokens, at, discourse)):
            return found
        if token.low in ("the", "both") and (pair := pair_at(tokens, at, discourse, self._words, self._titles)):
            return [pair]
        if (
            token.low in self._titles.words
            and token.low not in _NEVER_FIRST
            and (found := self._titled(tokens, at, discourse))
        ):
            return found
        if token.low in self._words.pronouns:
            return [Actor(ActorKind.PRONOUN, at, at + 1)]
        if token.low in self._titles.private:
            return [Actor(ActorKind.OTHER, at, at + 1)]
        if token.is_name_like and token.text[0].isalpha():
            return self._name(tokens, at, discourse)
        return []

    # -- people ------------------------------------------------------------------------------------------------------

    def _person(self, tokens: list[Token], first: int, at: int, discourse: Discourse) -> Actor:
        """A person of the table at ``at``, whose title began at ``first``."""
        mention = tokens[at].mention
        assert mention is not None
        rows = self._holders[mention.code]
        former = is_former(tokens, first)
        row = next((r for r in rows if r.held_on(discourse.published)), None)
        chosen = row or max(rows, key=lambda r: r.since)
        last = at + 1
        return Actor(
            ActorKind.OFFICIAL, first, last, (chosen.party,), chosen.level, chosen.channel,
            Person(name=chosen.name, party=chosen.party, office=chosen.office), rows, former,
            possessive=is_possessive(tokens, last),
        )  # fmt: skip

    def _name(  # noqa: PLR0911  # one return a kind
        self, tokens: list[Token], at: int, discourse: Discourse
    ) -> list[Actor]:
        """A capitalised name: somebody whom the article introduced, or nobody we know."""
        low = tokens[at].low
        if low in self._words.starters or (at and tokens[at - 1].text == "("):
            return []
        end = self._name_end(tokens, at)
        for index in (end - 1, at):
            known = discourse.named(tokens[index]) if index >= at else None
            if known is not None:
                return [
                    replace(known, first=at, last=max(end, at + 1), possessive=is_possessive(tokens, max(end, at + 1)))
                ]
        if low in self._words.calendar:
            return []
        single = end - at <= 1
        if single and low in self._titles.words and low not in self._titles.cores:
            return []
        if single and (low.endswith(("ly", "ing", "ed")) or low in self._verbs):
            return []
        if single and at == 0 and len(tokens) > 1 and tokens[1].text == ",":
            return []
        return [Actor(ActorKind.OTHER, at, max(end, at + 1), possessive=is_possessive(tokens, max(end, at + 1)))]

    def _name_end(self, tokens: list[Token], at: int) -> int:
        end = at
        while end < len(tokens) and end - at < MAX_NAME_WORDS:
            token = tokens[end]
            if token.mention is not None or token.low in self._words.calendar:
                break
            if token.text == "." and end > at and len(tokens[end - 1].text) <= _INITIALS:
                end += 1
                continue
            particle = (
                token.low in self._words.name_particles
                and end > at
                and end + 1 < len(tokens)
                and tokens[end + 1].is_name_like
            )
            if not particle and not (token.is_name_like and token.text[0].isalpha()):
                break
            end += 1
        return end

    # -- titles ------------------------------------------------------------------------------------------------------

    def _title_end(self, tokens: list[Token], at: int) -> int:
        """Where the run of title words that begins at ``at`` ends; ``at`` itself if it holds no title."""
        end, core = at, at
        while end < len(tokens) and end - at < MAX_TITLE_WORDS:
            token = tokens[end]
            if token.mention is not None or (token.low not in self._titles.words and token.text not in (".", "-")):
                break
            if token.low == "two":  # "diplomats of the two sides"
                break
            if token.text in (".", "-") and (end == at or token.start != tokens[end - 1].end):
                break
            end += 1
            if token.low in self._titles.cores or ends_phrase(tokens, end, at):
                core = end
        while at < core < end and tokens[core].low in (
            "general",
            "gen",
            "gen.",
            ".",
            "admiral",
            "adm",
            "lt",
            "dr",
            "mr",
            "sheikh",
            "of",
            "affairs",
            "staff",
            "defence",
            "defense",
            "state",
            "exchequer",
            "war",
            "sir",
            "for",
            "foreign",
        ):
            core += 1
        while core > at and tokens[core - 1].low in ("of", "for", "and", "the"):
            core -= 1
        return core

    def _title(self, tokens: list[Token], first: int, last: int) -> tuple[Level | None, tuple[str, ...]]:
        words = tuple(token.low for token in tokens[first:last])
        return self._titles.level(words), words

    def _titled(  # noqa: PLR0911  # one return a shape
        self, tokens: list[Token], at: int, discourse: Discourse
    ) -> list[Actor]:
        """A title that comes before its bearer or its party."""
        end = self._title_end(tokens, at)
        if end == at:
            return []
        level, words = self._title(tokens, at, end)
        build = partial(self._official, tokens, at, level=level, words=words)
        if (end < len(tokens) and tokens[end].low in ("of", "from")) or (
            end < len(tokens) and tokens[end].low == "to" and "ambassador" not in words
        ):
            parties = [] if _posted(tokens, at, end) else parties_after(tokens, end + 1)
            if parties and tokens[end].low != "to":
                found: list[Actor] = []
                for index in parties:
                    mention = tokens[index].mention
                    assert mention is not None
                    found.append(build(end=index + 1, parties=(mention.code,), first=index if found else at))
                found[-1] = self._with_body(tokens, found[-1])
                return self._with_name(tokens, found, discourse)
        if end < len(tokens) and (mention := tokens[end].mention) is not None and mention.kind is NameKind.PERSON:
            return [self._person(tokens, at, end, discourse)]
        comma = end + 1 if end < len(tokens) and tokens[end].text == "," else end
        if comma < len(tokens) and (mention := tokens[comma].mention) is not None and mention.kind is NameKind.PERSON:
            return [self._person(tokens, at, comma, discourse)]
        name_end = self._name_end(tokens, end)
        if name_end > end:
            known = discourse.named(tokens[name_end - 1]) or discourse.named(tokens[end])
            if known is not None:
                return [
                    replace(
                        known,
                        first=at,
                        last=name_end,
                        former=is_former(tokens, at),
                        possessive=is_possessive(tokens, name_end),
                    )
                ]
        if level is None or any(word in self._titles.private for word in words):
            return [Actor(ActorKind.OTHER, at, max(end, name_end))]
        return [self._anaphor(tokens, at, max(end, name_end), discourse, level, words)]

    def _with_body(self, tokens: list[Token], actor: Actor) -> Actor:
        """As in "the commander of B's navy": the body after the party is part of the title."""
        end = self._title_end(tokens, actor.last + 1) if actor.possessive else 0
        if end <= actor.last + 1:
            return actor
        return replace(actor, last=end, possessive=is_possessive(tokens, end))

    def _anaphor(
        self, tokens: list[Token], at: int, end: int, discourse: Discourse, level: Level, words: tuple[str, ...]
    ) -> Actor:
        """As in "The minister": the person of that rank and portfolio of whom the article spoke last, else nobody."""
        channel = self._titles.channel(words, level)
        definite = at > 0 and tokens[at - 1].low == "the"
        if definite and level in (Level.HEAD, Level.MINISTER) and not is_plural(words):
            for known in reversed(discourse.names.values()):
                if known.level is level and (channel is None or known.channel is channel):
                    return replace(known, first=at, last=end, possessive=is_possessive(tokens, end))
        return Actor(
            ActorKind.OTHER,
            at,
            end,
            level=level,
            channel=channel,
            possessive=is_possessive(tokens, end),
            plural=is_plural(words),
        )

    def _official(self, tokens: list[Token], first_title: int, *, end: int, parties: tuple[str, ...], level: Level | None,
                  words: tuple[str, ...], first: int) -> Actor:  # fmt: skip
        if level is None:
            return Actor(ActorKind.OTHER, first, end)
        return Actor(
            ActorKind.OFFICIAL, first, end, parties, level, self._titles.channel(words, level),
            former=is_former(tokens, first_title), possessive=is_possessive(tokens, end), plural=is_plural(words),
        )  # fmt: skip

    def _with_name(self, tokens: list[Token], found: list[Actor], discourse: Discourse) -> list[Actor]:
        """The last of them with the name that follows, if one does."""
        actor = found[-1]
        if actor.kind is not ActorKind.OFFICIAL or actor.possessive:
            return found
        at = actor.last + 1 if actor.last < len(tokens) and tokens[actor.last].text == "," else actor.last
        if at >= len(tokens):
            return found
        mention = tokens[at].mention
        if mention is not None and mention.kind is NameKind.PERSON:
            person = self._person(tokens, actor.first, at, discourse)
            if person.parties == actor.parties:
                return [*found[:-1], replace(person, former=actor.former)]
            return found
        end = self._name_end(tokens, at)
        closed = at == actor.last or end >= len(tokens) or tokens[end].text in (",", ".", ")")
        if end == at or not closed or actor.plural or tokens[at].low in self._words.starters:
            return found
        name = " ".join(token.text for token in tokens[at:end])
        named = Person(name=name, party=actor.parties[0], office=office_of(tokens, actor))
        return [*found[:-1], replace(actor, last=end, person=named, possessive=is_possessive(tokens, end))]

    # -- parties -----------------------------------------------------------------------------------------------------

    def _party(self, tokens: list[Token], at: int, discourse: Discourse) -> list[Actor]:
        """A party's name, with the title or the person that it belongs to."""
        mention = tokens[at].mention
        assert mention is not None
        discourse.parties.add(mention.code)
        possessive = is_possessive(tokens, at + 1)
        after = at + 2 if possessive else at + 1
        if after < len(tokens):
            following = tokens[after].mention
            if following is not None and following.kind is NameKind.PERSON:
                person = self._person(tokens, at, after, discourse)
                if person.parties == (mention.code,):
                    return [person]
            end = self._title_end(tokens, after)
            if end > after:
                level, words = self._title(tokens, after, end)
                if not (end < len(tokens) and tokens[end].low in self._titles.private):
                    party = (mention.code,)
                    actor = self._official(tokens, after, end=end, parties=party, level=level, words=words, first=at)
                    if is_former(tokens, at) or is_former(tokens, after):
                        actor = replace(actor, former=True)
                    return self._with_name(tokens, [actor], discourse)
        if mention.kind is NameKind.DEMONYM or possessive or self._modifies(tokens, at, mention.kind):
            return [Actor(ActorKind.MODIFIER, at, at + 1, (mention.code,), possessive=possessive)]
        if self._is_somebodys_name(tokens, at):
            return [Actor(ActorKind.OTHER, at, at + 1)]
        return [Actor(ActorKind.STATE, at, at + 1, (mention.code,))]

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
        while (
            end < len(tokens)
            and end - at < MAX_TITLE_WORDS
            and tokens[end].low not in ("counterpart", "counterparts", "opposite")
        ):
            if (
                tokens[end].mention is None
                and tokens[end].low not in self._titles.words
                and tokens[end].text not in (",", "and")
            ):
                return []
            end += 1
        if end >= len(tokens) or end - at >= MAX_TITLE_WORDS:
            return []
        parties = [i for i in range(at + 1, end) if tokens[i].mention is not None]
        actors = []
        for count, index in enumerate(parties):
            mention = tokens[index].mention
            assert mention is not None
            last = end + 1 if count == len(parties) - 1 else index + 1
            code = mention.code if mention.kind is not NameKind.PERSON else ""
            if code:
                actors.append(
                    Actor(ActorKind.OFFICIAL, at if not count else index, last, (code,), plural=len(parties) > 1)
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
                actors.append(Actor(ActorKind.OFFICIAL, at if not actors else index, index + 1, (mention.code,)))
            if (
                not actors
                and end + 1 < len(tokens)
                and (tokens[end + 1].mention is not None or tokens[end + 1].text == ",")
            ):
                following = end + 1 if tokens[end + 1].mention is not None else end + 2
                following_actors = self._actor_at(tokens, following, discourse) if following < len(tokens) else []
                return [replace(following_actors[0], first=at), *following_actors[1:]] if following_actors else []
        return self._with_name(tokens, actors, discourse) if actors else [Actor(ActorKind.OTHER, at, end + 1)]


def _posted(tokens: list[Token], at: int, end: int) -> bool:
    """As in "its ambassador from Damascus": where the envoy comes home from, not whom they serve."""
    return tokens[end].low == "from" and any(token.low in ("its", "their") for token in tokens[max(0, at - 5) : at])
