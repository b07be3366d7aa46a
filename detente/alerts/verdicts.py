"""Why a rule fired on a transition, or did not: the answer to "why did this page?" as a value."""

from enum import StrEnum


class Verdict(StrEnum):
    """What one rule made of one transition."""

    FIRED = "fired"
    UPDATED = "updated"
    """A confirmation or a retraction became a new version of an alert."""
    RESOLVED = "resolved"
    """The transition ended an alert that an earlier one had fired."""
    ALREADY_FIRED = "already_fired"
    """The same event had fired before, or the same transition was seen before."""
    NOTHING_TO_UPDATE = "nothing_to_update"
    """A confirmation or a retraction of an event on which the rule had not fired."""
    TEMPLATE_FAILED = "template_failed"
    """The rule fired, but its words could not be rendered: the alert has plain words instead."""

    OTHER_TRANSITION = "other_transition"
    OTHER_TIER = "other_tier"
    OTHER_STATE = "other_state"
    OTHER_DYAD = "other_dyad"
    OTHER_PARTY = "other_party"
    OTHER_CHANNEL = "other_channel"
    OTHER_LEVEL = "other_level"
    OTHER_MODE = "other_mode"
    OTHER_SILENCE = "other_silence"
    """A silence by another limit than the rule's."""
    LOW_CONFIDENCE = "low_confidence"

    OLD_EVENT = "old_event"
    LATE_ARTICLE = "late_article"
    BLIND = "blind"
    """Silence that nobody listened to; a rule has to ask for it by ``blind: true``."""
