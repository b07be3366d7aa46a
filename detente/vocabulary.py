"""The closed word lists of the field, so that every stage and every reader means the same by them.

The engagement and rupture modes group CAMEO roots 03-06 and 12, 16; ``lexicon`` data gives the exact codes.
"""

from enum import StrEnum


class Channel(StrEnum):
    """Who talks."""

    LEADERS = "leaders"
    DIPLOMATIC = "diplomatic"
    MILITARY = "military"
    ECONOMIC = "economic"
    INTELLIGENCE = "intelligence"
    OTHER = "other"


class Level(StrEnum):
    """The rank of the people who meet; for a rupture, of the contact that is cut."""

    HEAD = "head"
    MINISTER = "minister"
    SENIOR = "senior"
    WORKING = "working"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether a signal brings two parties together or apart."""

    ENGAGEMENT = "engagement"
    RUPTURE = "rupture"


class Mode(StrEnum):
    """What kind of engagement or rupture it is."""

    MEETING = "meeting"
    VISIT = "visit"
    CALL = "call"
    VIDEO = "video"
    LETTER = "letter"
    TALKS = "talks"
    AGREEMENT = "agreement"
    EXCHANGE = "exchange"
    RESTORATION = "restoration"

    SEVERANCE = "severance"
    SUSPENSION = "suspension"
    CLOSURE = "closure"
    EXPULSION = "expulsion"
    RECALL = "recall"
    CANCELLATION = "cancellation"
    REFUSAL = "refusal"
    WALKOUT = "walkout"

    @property
    def polarity(self) -> Polarity:
        """Each mode has one polarity."""
        return Polarity.RUPTURE if self in RUPTURE_MODES else Polarity.ENGAGEMENT

    @property
    def family(self) -> "ModeFamily":
        """The modes under which different reporters file the same event."""
        return _FAMILY[self]


class ModeFamily(StrEnum):
    """Modes that reporters use for one another: a video meeting is a call to one and a meeting to the next."""

    CONVERSATION = "conversation"
    ACCORD = "accord"
    RESTORATION = "restoration"
    CUT = "cut"
    DIPLOMATS = "diplomats"
    REBUFF = "rebuff"


_FAMILY = {
    Mode.MEETING: ModeFamily.CONVERSATION,
    Mode.VISIT: ModeFamily.CONVERSATION,
    Mode.CALL: ModeFamily.CONVERSATION,
    Mode.VIDEO: ModeFamily.CONVERSATION,
    Mode.LETTER: ModeFamily.CONVERSATION,
    Mode.TALKS: ModeFamily.CONVERSATION,
    Mode.EXCHANGE: ModeFamily.CONVERSATION,
    Mode.AGREEMENT: ModeFamily.ACCORD,
    Mode.RESTORATION: ModeFamily.RESTORATION,
    Mode.SEVERANCE: ModeFamily.CUT,
    Mode.SUSPENSION: ModeFamily.CUT,
    Mode.CLOSURE: ModeFamily.CUT,
    Mode.EXPULSION: ModeFamily.DIPLOMATS,
    Mode.RECALL: ModeFamily.DIPLOMATS,
    Mode.CANCELLATION: ModeFamily.REBUFF,
    Mode.REFUSAL: ModeFamily.REBUFF,
    Mode.WALKOUT: ModeFamily.REBUFF,
}

CHANNEL_CUTS = frozenset({Mode.SEVERANCE, Mode.SUSPENSION, Mode.CLOSURE})
"""Ruptures of the channel itself: they count for both tiers, whatever the level of the people involved."""

SUSPENDING_MODES = CHANNEL_CUTS | {Mode.WALKOUT}
STRAINING_MODES = frozenset({Mode.EXPULSION, Mode.RECALL, Mode.REFUSAL, Mode.CANCELLATION})
RUPTURE_MODES = SUSPENDING_MODES | STRAINING_MODES


class Status(StrEnum):
    """Whether the event happened, is announced (for a rupture: threatened), or is denied."""

    OCCURRED = "occurred"
    PLANNED = "planned"
    DENIED = "denied"


class Precision(StrEnum):
    """How exactly an event is dated."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Tier(StrEnum):
    """High is head or minister; working is everybody else. Each has a state of its own."""

    HIGH = "high"
    WORKING = "working"


def tier_of(level: Level) -> Tier:
    """Head and minister are the high tier; senior, working and unknown the working tier."""
    return Tier.HIGH if level in (Level.HEAD, Level.MINISTER) else Tier.WORKING


class State(StrEnum):
    """What a tier of a contact is at a moment."""

    UNKNOWN = "unknown"
    OPEN = "open"
    STRAINED = "strained"
    SUSPENDED = "suspended"
    DORMANT = "dormant"


class TransitionKind(StrEnum):
    """What changed in a contact."""

    RESUMED = "resumed"
    BROKEN_OFF = "broken_off"
    STRAINED = "strained"
    LAPSED = "lapsed"
    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    RETRACTED = "retracted"


class Confirmation(StrEnum):
    """How well an event is supported; a ladder, from the foot up."""

    ONE_OUTLET = "one_outlet"
    INDEPENDENT_OUTLETS = "independent_outlets"
    ONE_READOUT = "one_readout"
    """The government of one of the two says so itself."""
    BOTH_READOUTS = "both_readouts"

    def reaches(self, wanted: "Confirmation") -> bool:
        """Whether this is the wanted rung or a higher one."""
        rungs = list(Confirmation)
        return rungs.index(self) >= rungs.index(wanted)


class Severity(StrEnum):
    """How loudly an alert speaks."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class AlertStatus(StrEnum):
    """How well an alert is supported by its sources."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    RETRACTED = "retracted"


class ArticleFlag(StrEnum):
    """What a stage had to mend in an article."""

    CLAMPED = "clamped"
    """The publication time lay over an hour ahead of the reader's clock and was set back to that clock."""
    UNDATED = "undated"
    """The source gave no publication time; the time of reading stands in for it."""
