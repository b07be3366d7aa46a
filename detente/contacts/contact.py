"""The history of one dyad and channel, bounded, and the state of each of its tiers; the value of ``contacts``."""

import datetime as dt
from functools import cached_property

from pydantic import Field

from detente.contacts.independence import source_of
from detente.event_dates import EventDate
from detente.ids import stable_id
from detente.model import UtcTime, Value
from detente.signals import GapClaim
from detente.vocabulary import (
    CHANNEL_CUTS,
    Channel,
    Confirmation,
    Level,
    Mode,
    ModeFamily,
    Polarity,
    Precision,
    State,
    Status,
    Tier,
    TransitionKind,
    tier_of,
)

Kind = tuple[str, str, str]
Slot = tuple[Kind, str, dt.date, str]
"""Tier, polarity and status; then family, date and precision: as plain strings, whose hash costs a tenth of an enum member's."""

Published = tuple[dt.datetime, str, str, str, str, bool]


class Report(Value):
    """What one article said of one event; ``evidence`` is the beginning of its sentence."""

    article_id: str
    published_at: UtcTime
    publisher: str | None = None
    status: Status
    mode: Mode
    level: Level
    event_date: EventDate
    confidence: float
    evidence: str = Field(default="", max_length=200)
    gap_claim: GapClaim | None = None
    ceremonial: bool = False

    # What is asked for with every article of a contact is worked out once: a report never changes.

    @cached_property
    def tier(self) -> Tier:
        """The tier of the people in it."""
        return tier_of(self.level)

    @cached_property
    def slot(self) -> Slot:
        """What it speaks of: reports of one kind, family and date are kept by the few; undated ones come first."""
        kind = (self.tier.value, self.mode.polarity.value, self.status.value)
        date = self.event_date
        return kind, self.mode.family.value, date.date or dt.date.min, date.precision.value

    @cached_property
    def is_exact(self) -> bool:
        """Whether it is known to the day what is claimed, and nothing is denied."""
        return self.event_date.precision is Precision.DAY and self.status is not Status.DENIED

    @cached_property
    def published(self) -> Published:
        """A total order: publication time first, then what tells two reports apart."""
        return (self.published_at, self.article_id, self.mode, self.level, self.evidence, self.ceremonial)

    @cached_property
    def claim(self) -> tuple[object, ...]:
        """What tells it from other reports of the same article."""
        date = self.event_date
        what = (self.mode.value, self.level.value, self.status.value, self.ceremonial)
        return (self.article_id, *what, date.date, date.precision.value, self.evidence)

    @cached_property
    def outlet(self) -> str:
        """Who stands behind it; an article without a publisher speaks for itself alone."""
        return source_of(self.publisher) if self.publisher else f"article:{self.article_id}"


class Encounter(Value):
    """What happened once, however many articles report it. The id is given when it is first made and never changes."""

    id: str
    polarity: Polarity
    family: ModeFamily
    tier: Tier
    mode: Mode
    level: Level
    status: Status
    event_date: EventDate
    ceremonial: bool = False
    reports: tuple[Report, ...] = Field(min_length=1)
    """By publication time, the first few of each date and status."""

    @cached_property
    def began(self) -> dt.date:
        """The earliest date that any of its reports gives; the first of all days if one gives none."""
        return min(report.slot[2] for report in self.reports)

    @cached_property
    def article_ids(self) -> frozenset[str]:
        """Which articles tell of it."""
        return frozenset(report.article_id for report in self.reports)

    @cached_property
    def decides(self) -> tuple[Tier, ...]:
        """The tiers on whose state it bears: none if it is undated, or did not occur."""
        if self.status is not Status.OCCURRED or self.event_date.date is None:
            return ()
        return tuple(tier for tier in Tier if self.counts_for(tier))

    @cached_property
    def last_day(self) -> dt.date | None:
        """The last day on which it can have been: no later than its first report; None if it is undated."""
        return self.event_date.latest_by(self.reports[0].published_at.date())

    @cached_property
    def in_time(self) -> tuple[dt.date, Precision, Published]:
        """The order of events: by the first day that is possible; those of unknown date last."""
        date = self.event_date
        return (date.earliest or dt.date.max, date.precision, self.reports[0].published)

    @cached_property
    def in_effect(self) -> tuple[dt.date | None, bool, Published]:
        """The order in which dated events decide a state: ruptures as late as can be, engagements as early; the graver wins."""
        if self.polarity is Polarity.RUPTURE:
            return (self.last_day, True, self.reports[0].published)
        return (self.event_date.earliest, False, self.reports[0].published)

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who says that it is as ``status`` says, in the order of publication."""
        return tuple(dict.fromkeys(r.publisher for r in self.reports if r.publisher and r.status is self.status))

    def counts_for(self, tier: Tier) -> bool:
        """Whether the encounter bears on that tier's state.

        A cut of the channel, or a break or restoration of unknown level, bears on both tiers; a high engagement on the
        working tier too; a handshake opens the working tier alone.
        """
        if self.polarity is Polarity.RUPTURE:
            return self.tier is tier or self.mode in CHANNEL_CUTS or self.level is Level.UNKNOWN
        if self.ceremonial:
            return tier is Tier.WORKING
        whole_channel = self.mode is Mode.RESTORATION and self.level is Level.UNKNOWN
        return self.tier is tier or self.tier is Tier.HIGH or whole_channel


class TierState(Value):
    """The state of one tier and the encounter that decided it."""

    state: State = State.UNKNOWN
    since: EventDate | None = None
    encounter_id: str | None = None


class Raised(Value):
    """A transition that was emitted: what later reports confirm or retract, and what keeps it from being emitted twice."""

    transition_id: str
    kind: TransitionKind
    tier: Tier
    encounter_id: str
    pages: bool
    update: TransitionKind | None = None
    """The last thing said of it: confirmed, retracted, or nothing yet."""
    confirmation: Confirmation = Confirmation.ONE_OUTLET
    independent: int = 1
    """The rung of the ladder, and the number of independent publishers, that were last said."""
    from_state: State = State.UNKNOWN
    previous: EventDate | None = None
    before: str | None = None
    """The state before, the date of the encounter that had decided it, and that encounter."""


SILENCE_LIMIT = dt.timedelta(days=180)
"""An open tier is dormant after this long without an engagement, unless a rule says otherwise."""


class SilenceLimits(Value):
    """How long each tier may be silent before it is dormant."""

    high: dt.timedelta = SILENCE_LIMIT
    working: dt.timedelta = SILENCE_LIMIT

    def of(self, tier: Tier) -> dt.timedelta:
        """The tier's limit."""
        return self.high if tier is Tier.HIGH else self.working


class Contact(Value):
    """All that is known of one dyad and channel. Its size is bounded whatever comes in."""

    key: str
    dyad: str
    channel: Channel
    watermark: UtcTime
    """The newest publication time seen."""
    encounters: tuple[Encounter, ...] = ()
    """In event-date order; those of unknown date last."""
    high: TierState = TierState()
    working: TierState = TierState()
    raised: tuple[Raised, ...] = ()
    """The newest last."""
    limits: SilenceLimits = SilenceLimits()
    """What the rules that watch the contact call a silence."""

    def tier(self, tier: Tier) -> TierState:
        """The state of that tier when the last article was folded."""
        return self.high if tier is Tier.HIGH else self.working

    def encounter(self, wanted: str | None) -> Encounter | None:
        """The encounter of that id, if it is still kept."""
        return next((e for e in self.encounters if e.id == wanted), None)


def encounter_id(contact: str, first: Report, number: int = 0) -> str:
    """The id of an encounter, made from the report that it was first made of; ``number`` tells its namesakes apart."""
    told = (first.article_id, str(first.event_date), str(number))
    return stable_id("encounter", contact, first.tier, first.mode.polarity, first.mode.family, *told)
