"""What a rule makes of a transition: a living record under one id; the value of ``alerts``."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from detente.contacts.record_check import RecordCheck
from detente.contacts.transitions import Paging, Reason, Source
from detente.event_dates import EventDate
from detente.ids import stable_id
from detente.model import UtcTime, Value
from detente.signals import Evidence
from detente.vocabulary import AlertStatus, Channel, Confirmation, Level, Mode, Severity, State, Tier, TransitionKind


class Resolution(StrEnum):
    """Why an alert is no longer active."""

    OPPOSITE_TRANSITION = "opposite_transition"
    GRAVER_TRANSITION = "graver_transition"
    """What was strained or silent is broken off."""
    RETRACTED = "retracted"


class Alert(Value):
    """One alert an event, rule and contact; each confirmation, retraction and resolution is a new version under its id."""

    id: str
    version: int = Field(default=1, ge=1)
    rule: str
    severity: Severity
    status: AlertStatus = AlertStatus.UNCONFIRMED
    contact: str
    dyad: str
    channel: Channel
    tier: Tier
    level: Level
    mode: Mode | None = None
    transition: TransitionKind
    from_state: State
    reason: Reason
    paging: Paging = Paging.PAGES
    event_date: EventDate
    summary: str
    description: str = ""
    evidence: tuple[Evidence, ...] = ()
    articles: tuple[Source, ...] = ()
    publishers: tuple[str, ...] = ()
    confidence: float = Field(default=1.0, ge=0, le=1)
    labels: dict[str, str] = Field(default_factory=dict)
    runbook: str | None = None
    encounter_id: str
    transition_ids: tuple[str, ...] = ()
    fired_at: UtcTime
    updated_at: UtcTime
    active_until: UtcTime
    """When the rule's hold time ends: from then on the alert counts as over unless something resolved it before."""
    muted_until: UtcTime | None = None
    """The rule is muted until then: the alert is on record, and people are told of it when the mute ends."""
    confirmation: Confirmation = Confirmation.ONE_OUTLET
    record: RecordCheck | None = None
    """What our own record says of the article's "first since" claim."""
    resolved_at: UtcTime | None = None
    resolved_by: Resolution | None = None
    ended_by: str | None = None
    """The encounter behind the transition that resolved it; were that retracted, the alert would hold again."""

    def is_active(self, now: datetime) -> bool:
        """Whether the alert still holds at ``now``."""
        return self.resolved_at is None and now < self.active_until


def alert_id(rule: str, contact: str, tier: Tier, kind: TransitionKind, encounter: str) -> str:
    """The id of an alert: re-processing can never make a second one."""
    return stable_id("alert", rule, contact, tier, kind, encounter)
