"""The shipped rules do what their tests say, and their schema is published as it is."""

import json
from pathlib import Path

import pytest

from alerts.rule_files import SHIPPED, load_rules
from alerts.rule_test_runs import CaseResult, run_rule_tests, untested
from detente.alerts.rule import Rule
from detente.coder.article_to_signals import load_coder

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "rule.schema.json"
RESULTS = list(run_rule_tests(None, load_coder().code))


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.rule}: {result.case}")
def test_a_case_of_a_shipped_rule_goes_as_it_says(result: CaseResult) -> None:
    assert result.failures == ()


def test_every_shipped_rule_has_tests() -> None:
    assert untested(None) == ()
    assert {result.rule for result in RESULTS} == {rule.name for rule in load_rules(SHIPPED)}


def test_the_published_schema_is_that_of_the_code() -> None:
    assert json.loads(SCHEMA.read_text()) == Rule.model_json_schema(), (
        "run: detente rules schema > docs/schemas/rule.schema.json"
    )
