"""Tests of rules that fail say what is missing, what is too much and what is forbidden."""

from pathlib import Path

import pytest

from alerts.rule_files import RuleError
from alerts.rule_test_runs import run_rule_tests, untested

RULE = """\
name: breaks
description: For a test.
match: {transitions: [broken_off]}
severity: info
summary: "{{ dyad }} broke off"
"""
TESTS = """\
rule: breaks
cases:
  - name: fires
    given: [{published_at: 2024-05-01, says: [{dyad: CHN-USA, channel: military, mode: severance, date: 2024-05-01}]}]
    expect: [{EXPECT}]
    forbid: [{FORBID}]
  - name: does not fire
    given: [{published_at: 2024-05-01, body: Nothing happened at all.}]
"""


def results(folder: Path, expect: str = "dyad: CHN-USA", forbid: str = "severity: critical") -> list[tuple[str, ...]]:
    (folder / "breaks.yaml").write_text(RULE)
    (folder / "breaks.test.yaml").write_text(TESTS.replace("EXPECT", expect).replace("FORBID", forbid))
    return [result.failures for result in run_rule_tests(folder, lambda _: ())]


def test_a_test_that_passes_has_no_failures(tmp_path: Path) -> None:
    assert results(tmp_path, "event_date: 2024-05-01, summary: broke off, status: unconfirmed, resolved: false") == [
        (),
        (),
    ]


def test_an_alert_that_does_not_come_is_told_and_so_is_the_one_that_came_instead(tmp_path: Path) -> None:
    (failures, _) = results(tmp_path, "dyad: KOR-PRK")
    assert failures == (
        "no alert like dyad KOR-PRK",
        "not expected: breaks CHN-USA military high broken_off 2024-05-01 (unconfirmed)",
    )


def test_a_forbidden_alert_is_told(tmp_path: Path) -> None:
    (failures, _) = results(tmp_path, forbid="dyad: CHN-USA")
    assert failures[0].startswith("forbidden: breaks CHN-USA")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (TESTS.replace("rule: breaks", "rule: brakes"), "no rule here is named brakes"),
        (TESTS.replace("    expect: [{EXPECT}]\n", ""), "a case in which it fires"),
        (TESTS.replace("dyad: CHN-USA", "dyed: CHN-USA"), "4: cases.0.given.0.says.0.dyad"),
        (TESTS.replace("body: Nothing happened at all.", "title: x"), "either a body or what it says"),
    ],
)
def test_a_test_file_that_is_wrong_is_told_with_its_line(tmp_path: Path, wrong: str, says: str) -> None:
    (tmp_path / "breaks.yaml").write_text(RULE)
    (tmp_path / "breaks.test.yaml").write_text(wrong.replace("EXPECT", "dyad: CHN-USA").replace("{FORBID}", ""))
    with pytest.raises(RuleError, match=says):
        list(run_rule_tests(tmp_path, lambda _: ()))


def test_a_rule_without_tests_is_named(tmp_path: Path) -> None:
    (tmp_path / "breaks.yaml").write_text(RULE)
    assert untested(tmp_path) == ("breaks",)
