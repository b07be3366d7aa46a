"""What the stages between tokens and signals hand to one another: actors, and what an article has told of them so far."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from detente.coder.sentence_to_tokens import Token
from detente.event_dates import EventDate
from detente.parties.gazetteer import OfficeHolder
from detente.signals import Person, Signal
from detente.vocabulary import Channel, Level, Precision

if TYPE_CHECKING:
    from detente.coder.date_words import DateExpression
    from detente.coder.events import Event

_OPENING = 1
"""Where a date stands that opens a sentence ("On Sunday the three states ...")."""
PAIR = 2
"""How many parties a contact has."""
SURNAME_FIRST = frozenset({"CHN", "TWN", "PRK", "KOR", "VNM", "KHM", "HUN", "SGP"})
"""Parties whose people are called by the first part of their name."""
FIRST_NAME = frozenset(
    {"SAU", "ARE", "QAT", "BHR", "KWT", "OMN", "JOR", "MAR", "ETH", "ERI", "ISL", "MMR", "THA", "MYS", "IDN", "BTN"}
)
"""Parties whose people are called by their own name, which comes first."""


class ActorKind(StrEnum):
    """What a stretch of a sentence is to the events in it."""

    OFFICIAL = "official"
    """People who act for a party."""
    STATE = "state"
    """A party by its name, capital or seat of government."""
    MODIFIER = "modifier"
    """A party's name that only describes what follows ("Chinese exports")."""
    PAIR = "pair"
    """Two parties at once ("the two sides", "US-China")."""
    PRONOUN = "pronoun"
    OTHER = "other"
    """Somebody or something that is no party."""


@dataclass(slots=True, frozen=True)
class Actor:
    """Tokens ``first`` up to ``last`` (exclusive) that stand for parties, or for somebody who keeps others from being the subject."""

    kind: ActorKind
    first: int
    last: int
    parties: tuple[str, ...] = ()
    level: Level = Level.UNKNOWN
    channel: Channel | None = None
    person: Person | None = None
    holders: tuple[OfficeHolder, ...] = ()
    """The rows of the table for a person who is known from there."""
    former: bool = False
    possessive: bool = False
    plural: bool = False
    counterpart: bool = False
    """Of the rank of whom they meet, unless their own is told."""
    told_channel: Channel | None = None
    """The portfolio that the text itself gives a person of the table."""

    @property
    def is_party(self) -> bool:
        """Whether the actor can take part in a contact."""
        return bool(self.parties) and self.kind not in (ActorKind.MODIFIER, ActorKind.OTHER)

    @property
    def is_people(self) -> bool:
        """Whether the actor is people rather than a state as a whole."""
        return self.kind is ActorKind.OFFICIAL

    def on(self, day: date) -> "Actor":
        """The actor with the office held on that day, for a person known from the table."""
        row = next((row for row in self.holders if row.held_on(day)), None)
        if row is None:
            return self
        person = Person(name=row.name, party=row.party, office=row.office)
        return replace(
            self, parties=(row.party,), level=row.level, channel=self.told_channel or row.channel, person=person
        )


@dataclass(slots=True)
class Discourse:
    """What the article has told so far: the people it has introduced, and who was last spoken of."""

    published: date
    body: str = ""
    names: dict[str, Actor] = field(default_factory=dict)
    last_pair: tuple[Actor, ...] = ()
    """The two parties last spoken of together."""
    last_told: tuple[Actor, ...] = ()
    """The two parties of the last contact that was told."""
    last_subject: Actor | None = None
    mentions: Counter[str] = field(default_factory=Counter)
    """How often the article names each state, counted before it is read."""
    last_deed: "Event | None" = None
    """What one party was last told to have done to another."""
    first_deed: "Event | None" = None
    """What one party was first told to have done to another: others who join in turn on the same."""
    told_date: EventDate | None = None
    """The date of what the sentence before told, if it gave one."""
    named_day: EventDate | None = None
    """The last date to the day that the article named, for whatever."""
    opening_day: EventDate | None = None
    """The day that the sentence before opened with."""
    named_date: EventDate | None = None
    """The last date that it named."""
    of_sentence: list["Actor"] = field(default_factory=list)
    """The actors of the sentence that is being read, so far."""
    last_tokens: list[Token] = field(default_factory=list)
    """Those of the sentence that is being read."""
    _sporting: bool | None = None
    place: str | None = None
    """The state from whose city the article is filed, which "here" means."""
    spoke_of_ties: bool = False
    """Whether the sentence before spoke of ties, which "them" may mean."""
    diplomatic: bool = False
    """Whether the article has spoken of diplomats or a mission."""
    parties: set[str] = field(default_factory=set)
    """Whom the article has named so far."""

    def introduce(self, actor: Actor) -> None:
        """Remember a person by the name by which later sentences will call them."""
        if actor.person is None or not actor.parties:
            return
        parts = actor.person.name.split()
        keys = {parts[-1], actor.person.name}
        if actor.parties[0] in SURNAME_FIRST | FIRST_NAME:
            keys.add(parts[0])
        for key in keys:
            if len(key) > 1:
                self.names[key.lower()] = actor

    def sporting(self, words: frozenset[str]) -> bool:
        """Whether the article has any of those words."""
        if self._sporting is None:
            self._sporting = not words.isdisjoint(self.body.lower().replace(",", " ").replace(".", " ").split())
        return self._sporting

    def name_dates(self, dates: "list[DateExpression]") -> None:
        """Keep the dates that a sentence names; later ones are counted from them."""
        named = [expression.date for expression in dates]
        days = [day for day in named if day.precision is Precision.DAY]
        self.opening_day = days[0] if days and dates[0].first <= _OPENING and named[0] == days[0] else None
        self.named_day = days[-1] if days else self.named_day
        self.named_date = named[-1] if named else self.named_date

    def remember(self, actors: list[Actor], signals: list[Signal] | None) -> None:
        """Keep who was spoken of in a sentence: the subject for later pronouns, the pair for "the two sides"."""
        parties = [actor for actor in actors if actor.is_party and actor.kind is not ActorKind.PAIR]
        if parties:
            self.last_subject = parties[0]
        if signals and len({signal.dyad for signal in signals}) == 1:
            codes = signals[0].dyad.split("-")
            pair = [next((actor for actor in parties if code in actor.parties), None) for code in codes]
            known = [actor for actor in pair if actor is not None]
            if len(known) == len(codes):
                self.last_pair = self.last_told = _ranked_alike(known)
            elif {party for actor in self.last_pair for party in actor.parties} == set(codes):
                self.last_told = self.last_pair
        elif not self.last_pair:
            distinct = list({actor.parties[0]: actor for actor in parties}.values())
            if len(distinct) == PAIR:
                self.last_pair = tuple(distinct)

    def named(self, token: Token) -> Actor | None:
        """The person whom a capitalised word names, if the article has introduced them."""
        return self.names.get(token.low) if token.is_name_like else None


def _ranked_alike(pair: list[Actor]) -> tuple[Actor, ...]:
    """The pair, a counterpart with the rank of the one whose counterpart it is."""
    ranked = next((actor for actor in pair if actor.level is not Level.UNKNOWN), None)
    return tuple(
        replace(actor, level=ranked.level, channel=ranked.channel)
        if ranked is not None and actor.counterpart and actor.level is Level.UNKNOWN
        else actor
        for actor in pair
    )
