"""A result against the expectation: what is missing, what is too much, what was said twice."""

import datetime as dt
from typing import Any

import pytest
from builders import when
from pydantic import ValidationError

from cli.demo.expected import Expected, compare, read_expected
from detente.alerts.alert import Alert

EXPECTED = Expected.model_validate(
    {
        "alerts": [
            {"contact": "CHN-USA:military", "transition": "announced", "because": "no day was named"},
            {
                "contact": "CHN-USA:military",
                "transition": "announced",
                "event_date": "2022-11-22",
                "confirmed": True,
                "because": "two reports",
            },
        ]
    }
)


def alert(alert_id: str, on: str | None, **fields: Any) -> Alert:
    noon = dt.datetime(2022, 11, 21, 12, tzinfo=dt.UTC)
    made = {
        "id": alert_id,
        "rule": "high_level_contact_announced",
        "severity": "info",
        "contact": "CHN-USA:military",
        "dyad": "CHN-USA",
        "channel": "military",
        "tier": "high",
        "level": "minister",
        "transition": "announced",
        "from_state": "suspended",
        "reason": "planned_while_not_open",
        "event_date": when(on),
        "summary": "They are to meet",
        "encounter_id": alert_id,
        "fired_at": noon,
        "updated_at": noon,
        "active_until": noon,
    }
    return Alert.model_validate(made | fields)


def failures(*alerts: Alert) -> list[str]:
    return [check.words for check in compare(EXPECTED, alerts) if not check.ok]


DATED = (alert("a", "2022-11-22"), alert("a", "2022-11-22", version=2, status="confirmed"))
UNDATED = alert("b", None)


def test_what_is_expected_passes_in_any_order():
    assert failures(*DATED, UNDATED) == []
    assert failures(UNDATED, *DATED) == []


def test_an_expectation_without_a_day_leaves_the_dated_alert_to_the_expectation_that_names_the_day():
    assert failures(*DATED) == ["missing: CHN-USA:military announced"]


def test_a_missing_alert_is_named():
    assert failures(UNDATED) == ["missing: CHN-USA:military announced on 2022-11-22"]


def test_an_alert_too_many_is_named():
    extra = alert("c", "2022-12-01")
    assert failures(*DATED, UNDATED, extra) == ["not expected: CHN-USA:military announced on 2022-12-01"]


def test_an_alert_raised_under_a_second_id_is_too_many():
    again = alert("c", "2022-11-22", status="confirmed")
    assert failures(*DATED, UNDATED, again) == ["not expected: CHN-USA:military announced on 2022-11-22"]


def test_the_same_version_twice_is_named():
    assert failures(*DATED, UNDATED, UNDATED) == ["made more than once: b v1"]


def test_an_alert_that_nobody_confirmed_is_named():
    assert failures(DATED[0], UNDATED) == ["CHN-USA:military announced on 2022-11-22 is unconfirmed"]


def test_the_bundled_expectation_is_valid_and_says_why():
    assert all(wanted.because for wanted in read_expected().alerts)


def test_a_typo_in_an_expectation_is_refused(tmp_path):
    file = tmp_path / "expected.yaml"
    file.write_text("alerts: [{contact: CHN-USA:military, transition: announced, becuase: typo}]")
    with pytest.raises(ValidationError):
        read_expected(file)
