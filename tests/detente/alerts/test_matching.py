"""Each thing that a rule can ask for, met and not met."""

import datetime as dt
from typing import Any

import pytest

from detente.alerts.matching import verdict_of
from detente.alerts.verdicts import Verdict
from detente.event_dates import EventDate
from detente.signals import GapClaim
from detente.vocabulary import State, TransitionKind


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ({}, Verdict.FIRED),
        ({"transitions": ["broken_off"]}, Verdict.OTHER_TRANSITION),
        ({"dyads": ["CHN-USA", "KOR-PRK"]}, Verdict.FIRED),
        ({"dyads": ["KOR-PRK"]}, Verdict.OTHER_DYAD),
        ({"parties": ["USA"]}, Verdict.FIRED),
        ({"parties": ["FRA"]}, Verdict.OTHER_PARTY),
        ({"channels": ["military", "leaders"]}, Verdict.FIRED),
        ({"channels": ["leaders"]}, Verdict.OTHER_CHANNEL),
        ({"tiers": ["high"]}, Verdict.FIRED),
        ({"tiers": ["working"]}, Verdict.OTHER_TIER),
        ({"levels": ["minister"]}, Verdict.FIRED),
        ({"levels": ["head"]}, Verdict.OTHER_LEVEL),
        ({"modes": ["video", "call"]}, Verdict.FIRED),
        ({"modes": ["meeting"]}, Verdict.OTHER_MODE),
        ({"from_states": ["suspended"]}, Verdict.FIRED),
        ({"from_states": ["strained"]}, Verdict.OTHER_STATE),
        ({"groups": ["G7"]}, Verdict.FIRED),
        ({"groups": ["GCC", "BRICS"]}, Verdict.FIRED),
        ({"groups": ["GCC"]}, Verdict.NOT_IN_GROUP),
        ({"between": ["USA", "BRICS"]}, Verdict.FIRED),
        ({"between": ["P5", "P5"]}, Verdict.FIRED),
        ({"between": ["G7", "G7"]}, Verdict.NOT_BETWEEN),
        ({"min_publishers": 2}, Verdict.TOO_FEW_PUBLISHERS),
        ({"confirmation": "independent_outlets"}, Verdict.NOT_CONFIRMED_YET),
        ({"confirmation": "one_outlet"}, Verdict.FIRED),
        ({"min_confidence": 0.9}, Verdict.FIRED),
        ({"min_confidence": 0.91}, Verdict.LOW_CONFIDENCE),
    ],
)
def test_a_rule_fires_when_all_that_it_asks_for_is_there(
    rule: Any, transition: Any, match: dict[str, Any], expected: Verdict
) -> None:
    assert verdict_of(rule(match=match).match, transition()) is expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (GapClaim(text="first in nearly two years", days=600), Verdict.FIRED),
        (GapClaim(text="first since 2022", since=EventDate.year(2022)), Verdict.FIRED),
        (GapClaim(text="first in a month", days=30), Verdict.OTHER_STATE),
        (None, Verdict.OTHER_STATE),
    ],
)
def test_a_claimed_silence_makes_an_unknown_tier_dormant(
    rule: Any, transition: Any, gap: GapClaim | None, expected: Verdict
) -> None:
    wanted = rule(TransitionKind.ANNOUNCED, match={"from_states": ["dormant"]}).match
    made = transition(TransitionKind.ANNOUNCED, from_state=State.UNKNOWN, gap_claim=gap)
    assert verdict_of(wanted, made) is expected


def test_a_planned_event_without_a_date_is_measured_from_its_report(rule: Any, transition: Any) -> None:
    wanted = rule(TransitionKind.ANNOUNCED, match={"from_states": ["dormant"]}).match
    gap = GapClaim(text="first since March", since=EventDate.day(dt.date(2024, 3, 1)))
    made = transition(TransitionKind.ANNOUNCED, from_state=State.UNKNOWN, gap_claim=gap, event_date=EventDate())
    assert verdict_of(wanted, made) is Verdict.OTHER_STATE
