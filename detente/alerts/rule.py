"""The schema of a rule file: which transitions page, how loudly, and in what words."""

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from detente.vocabulary import Channel, Level, Mode, Severity, State, TransitionKind

PartyCode = Annotated[str, Field(pattern=r"^[A-Z]{2,12}$")]
Dyad = Annotated[str, Field(pattern=r"^[A-Z]{2,12}-[A-Z]{2,12}$")]


class Match(BaseModel):
    """What a transition must be for the rule to fire. A field that is left out matches anything; all that are given must match."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    transitions: tuple[TransitionKind, ...] = Field(min_length=1)
    from_states: tuple[State, ...] = ()
    dyads: tuple[Dyad, ...] = ()
    parties: tuple[PartyCode, ...] = ()
    """At least one of the dyad's parties is among them."""
    channels: tuple[Channel, ...] = ()
    levels: tuple[Level, ...] = ()
    modes: tuple[Mode, ...] = ()
    min_confidence: float = Field(default=0.0, ge=0, le=1)


class Rule(BaseModel):
    """One rule; a file holds one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
    description: str = Field(min_length=1)
    match: Match
    severity: Severity
    hold: timedelta = Field(default=timedelta(days=2), gt=timedelta(0), le=timedelta(days=366))
    """How long the alert stays active unless it is resolved before; ISO 8601 (``P2D``) or seconds."""
    labels: dict[Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]*$")], str] = Field(default_factory=dict)
    summary: str = Field(min_length=1, max_length=1_000)
    """A Jinja2 template over the documented fields of a transition."""
    body: str = Field(default="", max_length=4_000)
    runbook: str | None = None
