"""The history of one dyad and channel, bounded, and the state of each of its tiers; the value of ``contacts``."""

from pydantic import Field

from detente.event_dates import EventDate
from detente.ids import stable_id
from detente.model import UtcTime, Value
from detente.signals import GapClaim
from detente.vocabulary import (
    CHANNEL_CUTS,
    Channel,
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
    """What one article said of one event; ``evidence`` is its sentence, cut at 400 characters."""

    article_id: str
    published_at: UtcTime
    publisher: str | None = None
    status: Status
    mode: Mode
    level: Level
    event_date: EventDate
    confidence: float
    evidence: str = ""
    gap_claim: GapClaim | None = None
    ceremonial: bool = False


class Encounter(Value):
    """What happened once, however many articles report it.

    ``reports`` keeps the first few by publication; ``publishers`` names up to sixteen that reported it.
    The id is given when the encounter is first made and never changes.
    """

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
    publishers: tuple[str, ...] = ()

    def counts_for(self, tier: Tier) -> bool:
        """Whether the encounter bears on that tier's state."""
        if self.polarity is Polarity.RUPTURE:
            return self.tier is tier or self.mode in CHANNEL_CUTS or self.level is Level.UNKNOWN
        if self.ceremonial:
            return tier is Tier.WORKING
        return self.tier is tier or tier is Tier.WORKING


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
    status: TransitionKind | None = None
    """The last update: confirmed, retracted, or none yet."""


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
    seen: tuple[str, ...] = ()
    """The ids of the articles folded last, so that a duplicate changes nothing."""

    def tier(self, tier: Tier) -> TierState:
        """The state of that tier."""
        return self.high if tier is Tier.HIGH else self.working


def encounter_id(contact: str, tier: Tier, polarity: Polarity, family: ModeFamily, first_article: str) -> str:
    """The id of an encounter, made from what it is and the article that first reported it."""
    return stable_id("encounter", contact, tier, polarity, family, first_article)


__all__ = ["Contact", "Encounter", "Raised", "Report", "TierState", "encounter_id", "tier_of"]
