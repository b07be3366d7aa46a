"""Which receivers hear of an alert: the first route that fits it, and those after it if that one says ``continue``."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from detente.alerts.alert import Alert
from detente.vocabulary import Severity, TransitionKind


class Routed(StrEnum):
    """Why a receiver hears of an alert, or why not."""

    BY_ROUTE = "by_route"
    BY_DEFAULT = "by_default"
    """No route fits the alert."""
    NOT_ROUTED = "not_routed"


class RouteMatch(BaseModel):
    """What an alert must be; all that is named must fit, what is left out may be anything."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    severity: tuple[Severity, ...] = ()
    rules: tuple[str, ...] = ()
    transitions: tuple[TransitionKind, ...] = ()
    dyads: tuple[str, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    """Labels of the alert's rule, with exactly these values."""

    def fits(self, alert: Alert) -> bool:
        """Whether the alert is so. None of this changes during an alert's life, so all its versions go one way."""
        return (
            (not self.severity or alert.severity in self.severity)
            and (not self.rules or alert.rule in self.rules)
            and (not self.transitions or alert.transition in self.transitions)
            and (not self.dyads or alert.dyad in self.dyads)
            and self.labels.items() <= alert.labels.items()
        )


class Route(BaseModel):
    """Alerts that fit go to these receivers."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True)

    match: RouteMatch = RouteMatch()
    to: tuple[str, ...] = Field(min_length=1)
    goes_on: bool = Field(default=False, alias="continue")
    """Whether the routes after this one are tried too."""


class Routes(BaseModel):
    """The routes in their order; with none, every receiver hears of everything."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    routes: tuple[Route, ...] = ()
    default: tuple[str, ...] = ()

    def routed(self, alert: Alert, receiver: str) -> Routed:
        """Whether the receiver hears of the alert, and why."""
        if not self.routes:
            return Routed.BY_DEFAULT if not self.default or receiver in self.default else Routed.NOT_ROUTED
        fitting = [route for route in self.routes if route.match.fits(alert)]
        if not fitting:
            return Routed.BY_DEFAULT if receiver in self.default else Routed.NOT_ROUTED
        for route in fitting:
            if receiver in route.to:
                return Routed.BY_ROUTE
            if not route.goes_on:
                break
        return Routed.NOT_ROUTED
