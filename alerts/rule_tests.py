"""The schema of a rule's tests: articles or signals in the order of their arrival, and the alerts that must come of them."""

import datetime as dt
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from detente.articles import Article, ArticleRecord
from detente.event_dates import UNKNOWN_DATE, EventDate
from detente.model import UtcTime
from detente.signals import Evidence, GapClaim, Signal
from detente.vocabulary import (
    AlertStatus,
    Channel,
    Level,
    Mode,
    Severity,
    Status,
    Tier,
    TransitionKind,
)


def _noon(moment: Any) -> Any:  # noqa: ANN401
    """A plain date stands for its noon, UTC."""
    if isinstance(moment, dt.datetime) or not isinstance(moment, dt.date):
        return moment
    return dt.datetime.combine(moment, dt.time(12), dt.UTC)


def _event_date(written: Any) -> Any:  # noqa: ANN401
    """``2024-04-16``, ``2024-04`` or ``2024``, as YAML reads them."""
    if isinstance(written, EventDate) or written is None:
        return written or UNKNOWN_DATE
    parts = [int(part) for part in str(written).split("-")]
    if len(parts) == 3:  # noqa: PLR2004
        return EventDate.day(dt.date(*parts))
    return EventDate.month(*parts) if len(parts) == 2 else EventDate.year(*parts)  # noqa: PLR2004


Moment = Annotated[UtcTime, BeforeValidator(_noon)]
When = Annotated[EventDate, BeforeValidator(_event_date)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Saying(_Strict):
    """One signal, short: what a test does not say is as usual."""

    dyad: str
    channel: Channel
    mode: Mode
    level: Level = Level.UNKNOWN
    status: Status = Status.OCCURRED
    date: When = UNKNOWN_DATE
    gap: str = ""
    gap_days: int | None = Field(default=None, ge=0)
    confidence: float = Field(default=0.9, ge=0, le=1)
    ceremonial: bool = False
    text: str = "A sentence of a test."

    def signal(self, article_id: str) -> Signal:
        """The signal whole."""
        return Signal(
            article_id=article_id,
            polarity=self.mode.polarity,
            event_date=self.date,
            evidence=Evidence(text=self.text, start=0, end=len(self.text)),
            gap_claim=GapClaim(text=self.gap, days=self.gap_days) if self.gap or self.gap_days else None,
            **self.model_dump(include={"dyad", "channel", "mode", "level", "status", "confidence", "ceremonial"}),
        )


class Given(_Strict):
    """One article: either its text, which is then coded, or the signals that it ``says`` (none moves the clock)."""

    published_at: Moment
    publisher: str | None = None
    url: str | None = None
    title: str = ""
    body: str | None = None
    says: tuple[Saying, ...] | None = None

    @model_validator(mode="after")
    def _text_or_signals(self) -> Self:
        if (self.body is None) == (self.says is None):
            raise ValueError("an article has either a body or what it says")
        return self

    def article(self, number: int) -> Article:
        """The article; one that is given by its signals has their place in the test as its text."""
        fields = self.model_dump(exclude={"says"}) | {"body": self.body or f"signals {number}"}
        return ArticleRecord.model_validate(fields).to_article()


class AlertPattern(_Strict):
    """What an alert must be, in its last version; what is left out may be anything."""

    rule: str | None = None
    severity: Severity | None = None
    status: AlertStatus | None = None
    dyad: str | None = None
    channel: Channel | None = None
    tier: Tier | None = None
    level: Level | None = None
    mode: Mode | None = None
    transition: TransitionKind | None = None
    event_date: Annotated[EventDate | None, BeforeValidator(_event_date)] = None
    resolved: bool | None = None
    summary: str | None = None
    """A part of it."""


class Case(_Strict):
    """One story: what arrives, the alerts of the rule that come of it (these and no other), and what no rule may fire."""

    name: str = Field(min_length=1)
    given: tuple[Given, ...] = Field(min_length=1)
    expect: tuple[AlertPattern, ...] = ()
    forbid: tuple[AlertPattern, ...] = ()


class RuleTests(_Strict):
    """The tests of one rule; a file ``*.test.yaml`` beside it holds them."""

    rule: str
    cases: tuple[Case, ...]

    @model_validator(mode="after")
    def _fires_and_does_not(self) -> Self:
        if not any(case.expect for case in self.cases) or all(case.expect for case in self.cases):
            raise ValueError("a rule needs a case in which it fires and one in which it does not")
        return self
