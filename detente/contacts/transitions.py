"""A change of a contact's state, with the reason for it and the signals behind it; the value of ``transitions``."""

from datetime import timedelta
from enum import StrEnum

from pydantic import Field

from detente.contacts.record_check import RecordCheck
from detente.event_dates import EventDate
from detente.ids import stable_id
from detente.model import UtcTime, Value
from detente.signals import GapClaim, Signal
from detente.vocabulary import Channel, Confirmation, Level, Mode, State, Tier, TransitionKind


class Reason(StrEnum):
    """Why the state changed."""

    ENGAGED_AFTER_RUPTURE = "engaged_after_rupture"
    ENGAGED_AFTER_SILENCE = "engaged_after_silence"
    RESTORED = "restored"
    CLAIMED_GAP = "claimed_gap"
    CUT = "cut"
    REBUFFED = "rebuffed"
    PLANNED_WHILE_NOT_OPEN = "planned_while_not_open"
    SILENCE = "silence"
    SILENCE_AGAINST_CADENCE = "silence_against_cadence"
    """Longer than the two used to be silent."""
    SECOND_PUBLISHER = "second_publisher"
    MORE_PUBLISHERS = "more_publishers"
    """A third, fourth or fifth independent publisher: for rules that wait for so many."""
    OFFICIAL_READOUT = "official_readout"
    BOTH_READOUTS = "both_readouts"
    DENIED = "denied"


class Paging(StrEnum):
    """Whether a transition may page somebody, and if not, why not."""

    PAGES = "pages"
    OLD_EVENT = "old_event"
    """The event lies over 14 days before the article that reports it."""
    LATE_ARTICLE = "late_article"
    """The article is over 3 days older than the contact's watermark."""
    BLIND = "blind"
    """Silence, but the sources that used to report this contact are silent too."""


class Source(Value):
    """An article behind a transition."""

    article_id: str
    published_at: UtcTime
    publisher: str | None = None
    url: str | None = None
    title: str = ""


class Transition(Value):
    """A change of one tier's state; for confirmed and retracted, of what is known of an earlier change.

    ``at`` is the moment of folding (the shell's clock; in a replay the event time); all else depends on the articles alone.
    ``also_working`` says that the working tier made the same change with the high one.
    """

    id: str
    contact: str
    dyad: str
    channel: Channel
    tier: Tier
    kind: TransitionKind
    of: TransitionKind | None = None
    """For confirmed and retracted: which change this is about."""
    from_state: State
    to_state: State
    also_working: bool = False
    reason: Reason
    paging: Paging
    encounter_id: str
    event_date: EventDate
    mode: Mode | None = None
    level: Level
    previous: EventDate | None = None
    """The date of the encounter that had decided the state before."""
    encounter_ids: tuple[str, ...] = ()
    """The encounters behind it: the one that made the change, and the one that had decided the state before."""
    gap_claim: GapClaim | None = None
    silence: timedelta | None = None
    """Of a lapse: the limit that was passed."""
    record: RecordCheck | None = None
    """What our own record says of the claimed gap."""
    confidence: float = Field(default=1.0, ge=0, le=1)
    publishers: tuple[str, ...] = ()
    independent: int = Field(default=1, ge=0)
    """How many of the publishers are independent of each other."""
    confirmation: Confirmation = Confirmation.ONE_OUTLET
    articles: tuple[Source, ...] = ()
    signals: tuple[Signal, ...] = ()
    at: UtcTime


def transition_id(contact: str, tier: Tier, kind: TransitionKind, encounter: str, called_off_by: str = "") -> str:
    """The id of a transition: the same change through the same encounter is the same transition.

    Of an announcement, ``called_off_by`` is the rupture that it is made against.
    """
    return stable_id("transition", contact, tier, kind, encounter, *filter(None, [called_off_by]))
