"""Transitions and rules built by hand, so that evaluation is tested without the coder and the fold."""

import datetime as dt
from typing import Any, Protocol

import pytest

from detente.alerts.rule import Rule
from detente.contacts.transitions import Paging, Reason, Source, Transition, transition_id
from detente.event_dates import EventDate
from detente.signals import Evidence, Signal
from detente.vocabulary import Channel, Level, Mode, Polarity, State, Status, Tier, TransitionKind

NOON = dt.datetime(2024, 4, 16, 12, tzinfo=dt.UTC)


class MakeTransition(Protocol):
    def __call__(self, kind: TransitionKind = ..., **changes: Any) -> Transition: ...


class MakeRule(Protocol):
    def __call__(self, *kinds: TransitionKind, **changes: Any) -> Rule: ...


@pytest.fixture(scope="session")
def noon() -> dt.datetime:
    return NOON


@pytest.fixture(scope="session")
def transition() -> MakeTransition:
    return make_transition


@pytest.fixture(scope="session")
def rule() -> MakeRule:
    return make_rule


def make_transition(kind: TransitionKind = TransitionKind.RESUMED, **changes: Any) -> Transition:
    encounter = changes.get("encounter_id", "encounter-1")
    tier = changes.get("tier", Tier.HIGH)
    fields = {
        "id": transition_id("CHN-USA:military", tier, kind, encounter),
        "contact": "CHN-USA:military",
        "dyad": "CHN-USA",
        "channel": Channel.MILITARY,
        "tier": tier,
        "kind": kind,
        "from_state": State.SUSPENDED,
        "to_state": State.OPEN,
        "reason": Reason.ENGAGED_AFTER_RUPTURE,
        "paging": Paging.PAGES,
        "encounter_id": encounter,
        "event_date": EventDate.day(dt.date(2024, 4, 16)),
        "mode": Mode.VIDEO,
        "level": Level.MINISTER,
        "confidence": 0.9,
        "publishers": ("example.com",),
        "articles": (Source(article_id="a1", published_at=NOON, publisher="example.com", title="Ministers speak"),),
        "signals": (signal(),),
        "at": NOON,
    }
    return Transition.model_validate(fields | changes)


def signal(text: str = "The ministers spoke by video.", article_id: str = "a1") -> Signal:
    return Signal(
        article_id=article_id,
        dyad="CHN-USA",
        channel=Channel.MILITARY,
        polarity=Polarity.ENGAGEMENT,
        level=Level.MINISTER,
        mode=Mode.VIDEO,
        status=Status.OCCURRED,
        event_date=EventDate.day(dt.date(2024, 4, 16)),
        evidence=Evidence(text=text, start=0, end=len(text)),
        confidence=0.9,
    )


def make_rule(*kinds: TransitionKind, **changes: Any) -> Rule:
    match = {"transitions": kinds or (TransitionKind.RESUMED,)} | changes.pop("match", {})
    fields = {
        "name": "a_rule",
        "description": "A rule of a test.",
        "match": match,
        "severity": "critical",
        "summary": "{{ pair }}: {{ transition }}",
    }
    return Rule.model_validate(fields | changes)
