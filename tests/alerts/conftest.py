"""Alerts made by hand, a receiver that does what a test tells it, and a clock that stands still."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from alerts.delivery.outbox import Outbox
from alerts.delivery.outbox_file import open_outbox
from alerts.delivery.receiver import Accepted, Manner, Outcome
from detente.alerts.alert import Alert, Resolution
from detente.contacts.transitions import Reason, Source
from detente.event_dates import EventDate
from detente.signals import Evidence
from detente.vocabulary import Channel, Level, Mode, Severity, State, Tier, TransitionKind

NOW = dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)


class MakeAlert(Protocol):
    def __call__(self, name: str = ..., **changes: Any) -> Alert: ...


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **step: float) -> None:
        self.now += dt.timedelta(**step)


class FakeReceiver:
    """Answers as it was told to, then always accepts; remembers what it was sent."""

    def __init__(self, manner: Manner, *answers: Outcome) -> None:
        self.manner = manner
        self.answers = list(answers)
        self.sent: list[tuple[str, int]] = []

    async def send(self, alert: Alert, now: dt.datetime) -> Outcome:  # noqa: ARG002
        self.sent.append((alert.id, alert.version))
        return self.answers.pop(0) if self.answers else Accepted()

    async def close(self) -> None:
        return


@pytest.fixture(scope="session")
def make_alert() -> MakeAlert:
    """An active alert of NOW; ``resolved_after`` and ``fired_before`` are in minutes."""

    def make(name: str = "one", **changes: Any) -> Alert:
        fired_at = changes.pop("fired_at", NOW)
        fields = {
            "id": name,
            "rule": "high_level_contact_resumed",
            "severity": Severity.CRITICAL,
            "contact": "CHN-USA:military",
            "dyad": "CHN-USA",
            "channel": Channel.MILITARY,
            "tier": Tier.HIGH,
            "level": Level.MINISTER,
            "mode": Mode.VIDEO,
            "transition": TransitionKind.RESUMED,
            "from_state": State.SUSPENDED,
            "reason": Reason.ENGAGED_AFTER_RUPTURE,
            "event_date": EventDate.day(fired_at.date()),
            "summary": f"China and United States: alert {name}",
            "evidence": (Evidence(text="The ministers spoke.", start=0, end=20),),
            "articles": (Source(article_id="a1", published_at=fired_at, url="https://wire.example/1"),),
            "publishers": ("wire.example",),
            "encounter_id": f"encounter of {name}",
            "transition_ids": (f"transition of {name}",),
            "fired_at": fired_at,
            "updated_at": fired_at,
            "active_until": fired_at + dt.timedelta(days=2),
        }
        if changes.pop("resolved", False):
            fields |= {"version": 2, "resolved_at": fired_at, "resolved_by": Resolution.OPPOSITE_TRANSITION}
        return Alert.model_validate(fields | changes)

    return make


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with open_outbox(tmp_path / "outbox.sqlite") as opened:
        yield opened


@pytest.fixture(scope="session")
def fake_receiver() -> type[FakeReceiver]:
    return FakeReceiver
