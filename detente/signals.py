"""One article's claims about the contacts between states: what the coder makes and the fold takes."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Literal, Self

from pydantic import Field, model_validator

from detente.articles import Article
from detente.event_dates import UNKNOWN_DATE, EventDate
from detente.model import UtcTime, Value
from detente.vocabulary import ArticleFlag, Channel, Level, Mode, Polarity, Status


def dyad_of(one: str, other: str) -> str:
    """The two party codes, sorted and joined: ``CHN-USA``. A party has no contact with itself."""
    if one == other:
        raise ValueError(f"a dyad needs two parties, not {one} twice")
    return "-".join(sorted((one, other)))


def contact_key(dyad: str, channel: Channel) -> str:
    """The key of a contact and of all its messages: ``CHN-USA:military``."""
    return f"{dyad}:{channel.value}"


class Evidence(Value):
    """The sentence that proves a signal: ``text == getattr(article, field)[start:end]``."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    field: Literal["title", "body"] = "body"


class Person(Value):
    """Somebody who took part, with the office that the article or the table of office-holders gives."""

    name: str
    party: str | None = None
    office: str | None = None


class GapClaim(Value):
    """An article's claim of how long there was no such contact: "first in nearly two years", "first since 2016"."""

    text: str
    days: int | None = Field(default=None, ge=0)
    since: EventDate = UNKNOWN_DATE

    def length(self, until: date) -> timedelta:
        """The claimed silence before ``until``; zero when the claim cannot be measured."""
        if self.days is not None:
            return timedelta(days=self.days)
        return until - self.since.latest if self.since.latest else timedelta(0)


class Signal(Value):
    """One claim of one article about one dyad and channel."""

    article_id: str
    dyad: str
    channel: Channel
    polarity: Polarity
    level: Level
    mode: Mode
    status: Status
    event_date: EventDate
    evidence: Evidence
    confidence: float = Field(ge=0, le=1)
    people: tuple[Person, ...] = ()
    cameo: str = ""
    plover: str = ""
    gap_claim: GapClaim | None = None
    ceremonial: bool = False
    """A handshake or a greeting in passing: recorded, but it opens no high tier."""

    @model_validator(mode="after")
    def _mode_has_this_polarity(self) -> Self:
        if self.mode.polarity is not self.polarity:
            raise ValueError(f"{self.mode} is no {self.polarity}")
        return self


class ArticleSignals(Value):
    """All that one article says of one contact, in event-date order; the value of the ``signals`` topic."""

    article_id: str
    contact: str
    dyad: str
    channel: Channel
    published_at: UtcTime
    publisher: str | None = None
    url: str | None = None
    title: str = ""
    flags: tuple[ArticleFlag, ...] = ()
    signals: tuple[Signal, ...] = Field(min_length=1)


def by_contact(article: Article, signals: Iterable[Signal]) -> list[ArticleSignals]:
    """Group an article's signals into one message a contact, contacts in key order, signals in event-date order."""

    def order(signal: Signal) -> tuple[str, date, int]:
        return (
            contact_key(signal.dyad, signal.channel),
            signal.event_date.earliest or article.published_at.date(),
            signal.evidence.start,
        )

    messages = []
    for key, group in groupby(sorted(signals, key=order), key=lambda s: contact_key(s.dyad, s.channel)):
        members = tuple(group)
        messages.append(
            ArticleSignals(
                article_id=article.id,
                contact=key,
                dyad=members[0].dyad,
                channel=members[0].channel,
                published_at=article.published_at,
                publisher=article.publisher,
                url=article.url,
                title=article.title,
                flags=article.flags,
                signals=members,
            )
        )
    return messages
