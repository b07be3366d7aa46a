"""Conditions in CEL: tried when a rule is loaded, and never a silent failure."""

from typing import Any

import pytest
from pydantic import ValidationError

from detente.alerts.expression import ExpressionError, checked_expression, holds
from detente.alerts.matching import verdict_of
from detente.alerts.template_fields import SAMPLES
from detente.alerts.verdicts import Verdict
from detente.contacts.record_check import RecordCheck, RecordVerdict


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("'CHN' in codes && level == 'minister'", True),
        ("claimed_days > 365", True),
        ("claimed_days > 0 && record_days < claimed_days", True),
        ("publishers.exists(p, p.endsWith('.org'))", True),
        ("channel in ['leaders', 'economic']", False),
        ("evidence.matches('(?i)nuclear')", False),
        ("confidence >= 0.9", True),
    ],
)
def test_an_expression_says_what_fields_cannot(text, answer):
    assert holds(checked_expression(text), SAMPLES[0]) is answer


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("level = 'minister'", "no answer"),
        ("no_such_field == 1", "no answer"),
        ("size(publishers)", "not true or false"),
        ("publishers[0] == 'example.com'", "no answer"),
        ("codes.all(a, codes.all(b, codes.all(c, true)))", "at most 2 loops"),
        ("1 / silence_days > 0 || true", None),
    ],
)
def test_an_expression_without_an_answer_is_refused_when_the_rule_is_loaded(rule: Any, text, complaint):
    if complaint is None:
        rule(match={"when": text})
        return
    with pytest.raises(ValidationError, match=complaint):
        rule(match={"when": text})


def test_a_rule_fires_if_its_condition_holds_and_not_else(rule: Any, transition: Any):
    record = RecordCheck(verdict=RecordVerdict.SHORTER, claimed_days=730, record_days=511)
    wanted = rule(match={"when": "record_days > 0 && record_days < claimed_days"}).match
    assert verdict_of(wanted, transition(record=record)) is Verdict.FIRED
    assert verdict_of(wanted, transition()) is Verdict.EXPRESSION_FALSE


def test_a_condition_without_an_answer_fires_and_says_so(rule: Any, transition: Any, monkeypatch):
    def fails(*_: object) -> bool:
        raise ExpressionError("no answer")

    wanted = rule(match={"when": "true"}).match
    monkeypatch.setattr("detente.alerts.matching.holds", fails)
    assert verdict_of(wanted, transition()) is Verdict.EXPRESSION_FAILED
