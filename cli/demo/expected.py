"""What the timeline must lead to, and how a result differs from it."""

from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NamedTuple

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from detente.alerts.alert import Alert
from detente.vocabulary import AlertStatus, TransitionKind

ContactKey = Annotated[str, Field(pattern=r"^[A-Z]{2,12}-[A-Z]{2,12}:[a-z]+$")]
EventDay = Annotated[str, BeforeValidator(str), Field(pattern=r"^\d{4}(-\d\d){0,2}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExpectedAlert(_Strict):
    """One alert that must be raised, once."""

    contact: ContactKey
    transition: TransitionKind
    event_date: EventDay | None = None
    """None where the article gives no day, as for talks that are merely agreed on."""
    confirmed: bool = False
    because: str

    def __str__(self) -> str:
        """As the summary names it."""
        return f"{self.contact} {self.transition}{f' on {self.event_date}' if self.event_date else ''}"


class QuietEvent(_Strict):
    """An event that must page nobody."""

    contact: ContactKey
    event_date: EventDay
    because: str


class Expected(_Strict):
    """The bundled expectation."""

    alerts: tuple[ExpectedAlert, ...] = Field(min_length=1)
    quiet: tuple[QuietEvent, ...] = ()


class Check(NamedTuple):
    """One thing compared, in words; ``ok`` says whether it is as expected."""

    ok: bool
    words: str


def read_expected(path: Path | None = None) -> Expected:
    """The expectation in that file, or the bundled one; raises pydantic's ValidationError or yaml's YAMLError."""
    text = path.read_text(encoding="utf-8") if path else (files("cli.demo") / "expected.yaml").read_text("utf-8")
    return Expected.model_validate(yaml.safe_load(text))


def compare(expected: Expected, versions: Iterable[Alert]) -> list[Check]:
    """Compare every version of every alert, in the order in which they were made, with the expectation."""
    seen = list(versions)
    latest = {alert.id: alert for alert in seen}
    repeated = [f"{alert_id} v{version}" for (alert_id, version), times in _version_counts(seen).items() if times > 1]
    left = list(latest.values())
    checks = []
    for wanted in sorted(expected.alerts, key=lambda wanted: wanted.event_date is None):
        found = next((alert for alert in left if _is(wanted, alert)), None)
        if found is not None:
            left.remove(found)
        checks.append(_check(wanted, found))
    checks += [Check(ok=False, words=f"not expected: {describe(alert)}") for alert in left]
    checks += [Check(ok=False, words=f"made more than once: {version}") for version in repeated]
    return checks


def describe(alert: Alert) -> str:
    """An alert in the words of an expectation."""
    return f"{alert.contact} {alert.transition} on {alert.event_date}"


def _version_counts(alerts: list[Alert]) -> Counter[tuple[str, int]]:
    return Counter((alert.id, alert.version) for alert in alerts)


def _is(wanted: ExpectedAlert, alert: Alert) -> bool:
    same_day = wanted.event_date in (None, str(alert.event_date))
    return (wanted.contact, wanted.transition) == (alert.contact, alert.transition) and same_day


def _check(wanted: ExpectedAlert, found: Alert | None) -> Check:
    if found is None:
        return Check(ok=False, words=f"missing: {wanted}")
    if wanted.confirmed != (found.status is AlertStatus.CONFIRMED):
        return Check(ok=False, words=f"{wanted} is {found.status}")
    return Check(ok=True, words=str(wanted))
