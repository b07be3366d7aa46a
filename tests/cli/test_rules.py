"""``detente rules``: what it prints, and its exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from detente.alerts.rule import Rule

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
    expect: [{dyad: CHN-USA}]
  - name: does not fire
    given: [{published_at: 2024-05-01, says: []}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "breaks.yaml").write_text(RULE)
    (tmp_path / "breaks.test.yaml").write_text(TESTS)
    return tmp_path


def detente(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_check_lists_the_shipped_rules() -> None:
    result = detente("rules", "check", "--format", "jsonl")
    assert result.exit_code == 0
    assert len([json.loads(line)["name"] for line in result.stdout.splitlines()]) == 6


def test_check_names_every_problem_with_its_line_and_ends_with_1(folder: Path) -> None:
    (folder / "breaks.yaml").write_text(RULE.replace("info", "loud").replace("broken_off", "broke"))
    result = detente("rules", "check", str(folder))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert [line.startswith(f"detente: {folder}/breaks.yaml:") for line in lines] == [True, True]


def test_test_says_what_passed(folder: Path) -> None:
    result = detente("rules", "test", str(folder), "--format", "jsonl")
    assert result.exit_code == 0
    assert [json.loads(line)["outcome"] for line in result.stdout.splitlines()] == ["passed", "passed"]
    assert result.stderr == "2 passed, 0 failed\n"


def test_test_ends_with_1_and_says_why_if_a_case_fails(folder: Path) -> None:
    (folder / "breaks.test.yaml").write_text(TESTS.replace("[{dyad: CHN-USA}]", "[{dyad: KOR-PRK}]"))
    result = detente("rules", "test", str(folder))
    assert result.exit_code == 1
    assert "no alert like dyad KOR-PRK" in " ".join(result.stdout.split())
    assert result.stderr == "1 passed, 1 failed\n"


def test_test_ends_with_1_if_there_is_nothing_to_run(folder: Path) -> None:
    (folder / "breaks.test.yaml").unlink()
    result = detente("rules", "test", str(folder))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "detente: no test is about the rule breaks",
        "detente: no tests: a rule's tests are in a file *.test.yaml beside it",
    ]


def test_schema_prints_the_schema_of_a_rule() -> None:
    result = detente("rules", "schema")
    assert json.loads(result.stdout) == Rule.model_json_schema()
