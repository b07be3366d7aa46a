"""The schema of a rule file: which transitions page, how loudly, and in what words."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, model_validator

from detente.alerts.expression import checked_expression
from detente.alerts.groups import groups
from detente.alerts.mute import MuteWindow
from detente.alerts.party_names import is_party
from detente.alerts.templates import checked_template
from detente.contacts.contact import SILENCE_LIMIT
from detente.contacts.updates import COUNTED_PUBLISHERS
from detente.vocabulary import Channel, Confirmation, Level, Mode, Severity, State, Tier, TransitionKind


def _not_reserved(name: str) -> str:
    if name in RESERVED_LABELS:
        raise ValueError(f"the label {name} is set by detente itself")
    return name


def _known(code: str) -> str:
    if not is_party(code):
        raise ValueError(f"no party that we know has the code {code}")
    return code


def _group(name: str) -> str:
    if name not in groups():
        raise ValueError(f"no group is named {name}; there are {', '.join(groups())}")
    return name


def _known_or_group(name: str) -> str:
    return name if name in groups() else _known(name)


def _sorted_dyad(dyad: str) -> str:
    one, other = dyad.split("-")
    if one == other:
        raise ValueError(f"a dyad needs two parties, not {one} twice")
    _known(one)
    _known(other)
    if one > other:
        raise ValueError(f"a dyad's parties are sorted: {other}-{one}")
    return dyad


PartyCode = Annotated[str, Field(pattern=r"^[A-Z]{2,12}$"), AfterValidator(_known)]
Dyad = Annotated[str, Field(pattern=r"^[A-Z]{2,12}-[A-Z]{2,12}$"), AfterValidator(_sorted_dyad)]
GroupName = Annotated[str, AfterValidator(_group)]
PartyOrGroup = Annotated[str, AfterValidator(_known_or_group)]
Expression = Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(checked_expression)]
LabelName = Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]*$"), AfterValidator(_not_reserved)]
LabelValue = Annotated[str, Field(min_length=1, max_length=200)]
RESERVED_LABELS = frozenset(
    {"alertname", "rule", "alert_id", "dyad", "channel", "tier", "transition", "severity", "paging"}
)
"""Labels that every alert has of itself; they tell receivers which alert it is, so a rule cannot set them."""

Template = Annotated[str, AfterValidator(checked_template)]

FiringKind = Literal[
    TransitionKind.RESUMED,
    TransitionKind.BROKEN_OFF,
    TransitionKind.STRAINED,
    TransitionKind.LAPSED,
    TransitionKind.ANNOUNCED,
]
"""Confirmations and retractions fire nothing: they update the alert that is there."""


class Match(BaseModel):
    """What a transition must be for the rule to fire.

    A field that is left out matches anything; all that are given must match.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    transitions: tuple[FiringKind, ...] = Field(min_length=1)
    from_states: tuple[State, ...] = ()
    """The tier's state before. ``dormant`` includes a tier not known to us of which the article claims a long silence."""
    dyads: tuple[Dyad, ...] = ()
    parties: tuple[PartyCode, ...] = ()
    """At least one of the dyad's parties is among them."""
    groups: tuple[GroupName, ...] = ()
    """At least one of the dyad's parties is a member of one of them."""
    between: tuple[PartyOrGroup, PartyOrGroup] | None = None
    """One party is, or is a member of, the first; the other of the second."""
    watchlist: str | None = Field(default=None, pattern=r"^[\w-]+\.watchlist\.ya?ml$")
    """A file beside the rule that lists dyads; they are added to ``dyads``."""
    channels: tuple[Channel, ...] = ()
    tiers: tuple[Tier, ...] = ()
    """``high`` is what high-level means: heads and ministers, and cuts that concern them."""
    levels: tuple[Level, ...] = ()
    modes: tuple[Mode, ...] = ()
    min_confidence: float = Field(default=0.0, ge=0, le=1)
    min_publishers: int = Field(default=1, ge=1, le=COUNTED_PUBLISHERS)
    """How many independent publishers there must be; the rule fires when there are."""
    confirmation: Confirmation = Confirmation.ONE_OUTLET
    """The rung of the ladder that must be reached; the rule fires when it is."""
    when: Expression | None = None
    """A condition in CEL over the fields that templates have."""
    silence: Annotated[timedelta, Field(ge=timedelta(days=1), le=timedelta(days=3660))] | Literal["cadence"] | None = (
        None
    )
    """For ``lapsed``: after how long a silence (180 days unless given), or ``cadence``: four times the contact's usual gap."""
    blind: bool = False
    """Fire on a silence even if the sources that used to report the contact are silent too; the alert is labelled so."""

    @property
    def waits_for_support(self) -> bool:
        """Whether the rule fires only when more than a first report is there: then confirmations can fire it."""
        return self.min_publishers > 1 or self.confirmation is not Confirmation.ONE_OUTLET

    @property
    def limit(self) -> timedelta | None:
        """The silence that the rule is about; None for the contact's own cadence."""
        return None if self.silence == "cadence" else self.silence or SILENCE_LIMIT

    @model_validator(mode="after")
    def _silence_is_of_lapses(self) -> Self:
        if self.silence is not None and TransitionKind.LAPSED not in self.transitions:
            raise ValueError("silence is for rules on lapsed contacts")
        return self


class Watchlist(BaseModel):
    """Dyads that several rules may name by their file."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    dyads: tuple[Dyad, ...] = Field(min_length=1, max_length=20_000)


class Rate(BaseModel):
    """At most so many alerts of a rule on one contact within a time."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    alerts: int = Field(ge=1, le=20)
    per: timedelta = Field(gt=timedelta(0), le=timedelta(days=366))


class Rule(BaseModel):
    """One rule; a file holds one."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
    description: str = Field(min_length=1)
    match: Match
    severity: Severity
    hold: timedelta = Field(default=timedelta(days=2), gt=timedelta(0), le=timedelta(days=366))
    """How long the alert stays active unless it is resolved before; ISO 8601 (``P2D``) or seconds."""
    mute: tuple[MuteWindow, ...] = Field(default=(), max_length=20)
    """While one of these is open, alerts are made but people are told only when it is over, if the alert is active then."""
    rate: Rate | None = None
    """What is above the rate fires nothing; the verdict says so."""
    labels: dict[LabelName, LabelValue] = Field(default_factory=dict, max_length=20)
    summary: Template = Field(min_length=1, max_length=1_000)
    """A Jinja2 template over the documented fields of a transition."""
    body: Template = Field(default="", max_length=4_000)
    runbook: HttpUrl | None = None
