"""Officials: a person of the table with the title before the name, titles of parties and their bodies, and the name after a title."""

from dataclasses import replace
from datetime import timedelta

from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.name_runs import NameRuns
from detente.coder.namesakes import Namesakes, was_former
from detente.coder.sentence_to_tokens import Token
from detente.coder.surnames import Surnames
from detente.coder.title_shapes import is_former, is_plural, is_possessive, office_of
from detente.coder.words import Words
from detente.parties.gazetteer import NameKind, OfficeHolder
from detente.parties.titles import Titles
from detente.signals import Person
from detente.vocabulary import Level

_LONG_BEFORE = timedelta(days=550)
"""How long before their first office people are private persons: the table leaves out lesser offices."""
_SERVICES = frozenset({"service", "services", "agency", "agencies", "staff"})
_BODY_LEADS = frozenset({"the", "and", ",", "both"})
_HEADS = (("head",), ("heads",))
_SENT = frozenset({"delegation", "delegations", "team", "teams"})


_REGION_WORDS = 2


class Officials(NameRuns):
    """Builds officials by the words, titles and office-holders that it is given."""

    def __init__(
        self, words: Words, titles: Titles, holders: dict[str, tuple[OfficeHolder, ...]], verbs: frozenset[str]
    ) -> None:
        super().__init__(words, titles)
        self._holders = holders
        self._verbs = verbs
        self._surnames = Surnames(holders)
        self._namesakes = Namesakes(words, titles, verbs)

    def person(self, tokens: list[Token], first: int, at: int, discourse: Discourse) -> Actor:
        """A person of the table at ``at``, whose title began at ``first``."""
        mention = tokens[at].mention
        assert mention is not None
        rows = self._holders[mention.code]
        if first == at and self._namesakes.is_namesake(tokens, at, self.name_end(tokens, at + 1), rows):
            return Actor(ActorKind.OTHER, at, max(at + 1, self.name_end(tokens, at + 1)))
        former = is_former(tokens, first) or (first == at and was_former(tokens[at], rows, discourse))
        row = next((r for r in rows if r.held_on(discourse.published)), None)
        chosen = row or max(rows, key=lambda r: r.since)
        untitled = row is None and first == at and all(r.since - discourse.published > _LONG_BEFORE for r in rows)
        if untitled and not is_possessive(tokens, at + 1):  # "Nelson Mandela", in 1992
            return Actor(ActorKind.OTHER, first, at + 1)
        last = max(at + 1, self.name_end(tokens, at + 1))  # "Kuol Manyang Juuk" goes by two of the three
        title = tuple(token.low for token in tokens[first:at])
        told = self._titles.channel(title, chosen.level) if chosen.level is Level.MINISTER and title else None
        return Actor(
            ActorKind.OFFICIAL, first, last, (chosen.party,), chosen.level, told or chosen.channel,
            Person(name=chosen.name, party=chosen.party, office=chosen.office), rows, former,
            possessive=is_possessive(tokens, last), told_channel=told,
        )  # fmt: skip

    def is_first_name(self, tokens: list[Token], at: int) -> bool:
        """Whether a state's name right after a title is somebody's first name."""
        mention = tokens[at].mention if at + 1 < len(tokens) else None
        after = tokens[at + 1] if mention is not None and mention.kind is NameKind.STATE else None
        if after is None or after.mention is not None or not after.text[1:].islower():
            return False
        common = self._titles.words | self._words.starters | self._words.calendar | self._verbs
        return after.is_name_like and after.low not in common and not is_possessive(tokens, at + 1)

    def of_bodies(
        self, tokens: list[Token], at: int, end: int, discourse: Discourse, words: tuple[str, ...]
    ) -> list[Actor]:
        """As in "officials of the A and B foreign ministries", "the head of the A intelligence service"."""
        found: list[int] = []
        body = end + 1
        while body < len(tokens) and (tokens[body].mention is not None or tokens[body].low in _BODY_LEADS):
            found += [body] if tokens[body].mention is not None else []
            body += 1
        last = self.title_end(tokens, body)
        while last < len(tokens) and tokens[last].low in _SERVICES | self._titles.words:
            last += 1
        mentions = [mention for index in found if (mention := tokens[index].mention) is not None]
        if last == body or not found or any(mention.kind is not NameKind.DEMONYM for mention in mentions):
            return []
        whole = (*words, *(token.low for token in tokens[body:last]))
        sent = not _SENT.isdisjoint(whole)
        level = self._titles.level(whole if sent or words not in _HEADS else ("chief", *whole))
        if level is None:
            return []
        firsts, lasts = (at, *found[1:]), (*(index + 1 for index in found[:-1]), last)
        actors = [
            self.official(tokens, at, end=to, parties=(mention.code,), level=level, words=whole, first=first)
            for first, to, mention in zip(firsts, lasts, mentions, strict=True)
        ]
        return self.with_name(tokens, actors, discourse)

    def with_body(self, tokens: list[Token], actor: Actor) -> Actor:
        """As in "the commander of B's navy": the body after the party is part of the title."""
        if not actor.possessive:
            return actor
        body = actor.last + 1
        end = self.title_end(tokens, body)
        if end == body and body < len(tokens) and tokens[body].text.islower():  # "the head of B's ruling council"
            end = self.title_end(tokens, body + 1)
            body += 1
        if end <= body:
            return actor
        return replace(actor, last=end, possessive=is_possessive(tokens, end))

    def official(self, tokens: list[Token], first_title: int, *, end: int, parties: tuple[str, ...], level: Level | None,
                  words: tuple[str, ...], first: int) -> Actor:  # fmt: skip
        """An actor with that title, or nobody if the title is none of the state's."""
        if level is None:
            return Actor(ActorKind.OTHER, first, end)
        return Actor(
            ActorKind.OFFICIAL, first, end, parties, level, self._titles.channel(words, level),
            former=is_former(tokens, first_title), possessive=is_possessive(tokens, end), plural=is_plural(words),
        )  # fmt: skip

    def sent_by(self, tokens: list[Token], person: Actor, discourse: Discourse) -> list[Actor]:
        """As in "Trump's Middle East envoy Steve Witkoff": somebody who acts for the state of a person of the table."""
        first = person.last + 1
        in_office = any(row.held_on(discourse.published) for row in person.holders)
        if not (person.possessive and person.is_party and in_office) or first >= len(tokens):
            return []
        title = first
        while title < first + _REGION_WORDS and title < len(tokens) and tokens[title].is_name_like:
            title += 1  # "Middle East"
        end = self.title_end(tokens, title)
        level, words = self.title(tokens, title, end)
        if end == title or level in (None, Level.UNKNOWN, Level.HEAD) or is_plural(words):
            return []
        actor = self.official(
            tokens, title, end=end, parties=person.parties, level=level, words=words, first=person.first
        )
        return self.with_name(tokens, [replace(actor, former=actor.former or person.former)], discourse)

    def with_name(self, tokens: list[Token], found: list[Actor], discourse: Discourse) -> list[Actor]:
        """The last of them with the name that follows, if one does."""
        actor = found[-1]
        if actor.kind is not ActorKind.OFFICIAL or actor.possessive:
            return found
        at = actor.last + 1 if actor.last < len(tokens) and tokens[actor.last].text == "," else actor.last
        if at >= len(tokens):
            return found
        mention = tokens[at].mention
        if mention is not None and mention.kind is NameKind.PERSON:
            return [*found[:-1], *self._with_person(tokens, actor, at, discourse)]
        end = self.name_end(tokens, at)
        closed = at == actor.last or end >= len(tokens) or tokens[end].text in (",", ".", ")")
        if end == at or not closed or actor.plural or tokens[at].low in self._words.starters:
            return found
        name = " ".join(token.text for token in tokens[at:end])
        named = Person(name=name, party=actor.parties[0], office=office_of(tokens, actor))
        return [*found[:-1], replace(actor, last=end, person=named, possessive=is_possessive(tokens, end))]

    def _with_person(self, tokens: list[Token], actor: Actor, at: int, discourse: Discourse) -> list[Actor]:
        """The official with the person of the table whose name follows at ``at``, if it can be the same."""
        person = self.person(tokens, actor.first, at, discourse)
        if person.parties == actor.parties:
            return [replace(person, former=actor.former)]
        held = any(row.held_on(discourse.published) for row in person.holders)
        if at > actor.last or person.person is None or held:
            return [actor]
        named = Person(name=person.person.name, party=actor.parties[0], office=office_of(tokens, actor))
        return [
            replace(actor, last=person.last, person=named, possessive=person.possessive)
        ]  # "envoy Goodluck Jonathan"
