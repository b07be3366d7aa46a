"""What a rule may not say."""

from typing import Any

import pytest
from pydantic import ValidationError


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"match": {"transitions": ["confirmed"]}}, "transitions"),
        ({"match": {"transitions": []}}, "at least 1"),
        ({"match": {"dyads": ["USA-CHN"]}}, "sorted: CHN-USA"),
        ({"match": {"dyads": ["CHN-CHN"]}}, "needs two parties"),
        ({"match": {"dyads": ["CHN-USS"]}}, "no party that we know has the code USS"),
        ({"match": {"parties": ["ABC"]}}, "no party that we know has the code ABC"),
        ({"match": {"level": ["head"]}}, "Extra inputs"),
        ({"severity": "loud"}, "severity"),
        ({"hold": "P0D"}, "greater than 0"),
        ({"name": "With Spaces"}, "match pattern"),
        ({"summary": "{{ nonsense }}"}, "nonsense"),
        ({"summary": "{{ dyad"}, "template"),
        ({"runbook": "not a link"}, "URL"),
        ({"labels": {"dyad": "mine"}}, "set by detente itself"),
        ({"labels": {"Bad-Name": "x"}}, "match pattern"),
    ],
)
def test_a_rule_that_cannot_mean_anything_is_refused(rule: Any, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        rule(**wrong)
