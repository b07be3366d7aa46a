"""The history of one dyad and channel, bounded, and the state of each of its tiers; the value of ``contacts``."""

import datetime as dt

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
    State,
    Status,
    Tier,
    TransitionKind,
    tier_of,
)


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

    @property
    def tier(self) -> Tier:
        """The tier of the people in it."""
        return tier_of(self.level)

    @property
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
    """The rung of the ladder that was last said."""
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
