"""A severance covers the strains in the dyad's other channels, while it holds."""

import datetime as dt
from typing import Any

import pytest

from detente.alerts.acknowledgement import Ack, standing_of
from detente.alerts.evaluate import evaluate
from detente.alerts.inhibition import inhibitor_of
from detente.vocabulary import AlertStatus, TransitionKind


@pytest.fixture
def alerts(rule: Any, transition: Any, noon: dt.datetime) -> Any:
    cut = transition(TransitionKind.BROKEN_OFF, contact="CHN-USA:diplomatic", channel="diplomatic", mode="severance")
    strain = transition(TransitionKind.STRAINED, mode="refusal")
    return [evaluate([rule(made.kind)], None, made, noon).alerts[0] for made in (cut, strain)]


def test_a_strain_is_covered(alerts: Any, noon: dt.datetime):
    cut, strain = alerts
    assert inhibitor_of(strain, [strain, cut], noon) == cut


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "suspension"},
        {"dyad": "KOR-PRK"},
        {"contact": "CHN-USA:military"},
        {"status": AlertStatus.RETRACTED},
        {"resolved_at": dt.datetime(2024, 4, 16, tzinfo=dt.UTC)},
        {"active_until": dt.datetime(2024, 4, 16, tzinfo=dt.UTC)},
    ],
)
def test_nothing_else_covers_it(alerts: Any, noon: dt.datetime, change: dict[str, Any]):
    cut, strain = alerts
    assert inhibitor_of(strain, [cut.model_copy(update=change)], noon) is None


def test_nothing_but_a_strain_is_covered(alerts: Any, noon: dt.datetime):
    cut, strain = alerts
    assert inhibitor_of(strain.model_copy(update={"transition": TransitionKind.BROKEN_OFF}), [cut], noon) is None


def test_an_acknowledgement_holds_until_the_alert_changes_state(alerts: Any, noon: dt.datetime):
    alert = alerts[0]
    ack = Ack(alert_id=alert.id, standing=standing_of(alert), by="desk", at=noon)
    assert ack.holds_for(alert.model_copy(update={"version": 2, "publishers": ("a", "b")}))
    assert not ack.holds_for(alert.model_copy(update={"status": AlertStatus.CONFIRMED}))
    assert not ack.holds_for(alert.model_copy(update={"resolved_at": noon}))
