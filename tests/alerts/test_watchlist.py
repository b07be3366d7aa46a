"""Dyads in a file of their own, named by rules beside it."""

from pathlib import Path

import pytest

from alerts.rule_files import RuleError, load_rules

RULE = """
name: watched
description: Watched dyads lapse.
match: {transitions: [lapsed], watchlist: desk.watchlist.yaml, dyads: [CHN-USA]}
severity: info
summary: "{{ pair }}"
"""


def test_the_dyads_of_the_file_are_added_to_those_of_the_rule(tmp_path: Path):
    (tmp_path / "rule.yaml").write_text(RULE)
    (tmp_path / "desk.watchlist.yaml").write_text("dyads: [KOR-PRK, CHN-USA]")
    (rule,) = load_rules(tmp_path)
    assert rule.match.dyads == ("CHN-USA", "KOR-PRK")


@pytest.mark.parametrize(("listed", "complaint"), [("dyads: [PRK-KOR]", "sorted"), (None, "cannot be read")])
def test_a_watchlist_that_cannot_be_used_is_told_by_its_file(tmp_path: Path, listed: str | None, complaint: str):
    (tmp_path / "rule.yaml").write_text(RULE)
    if listed is not None:
        (tmp_path / "desk.watchlist.yaml").write_text(listed)
    with pytest.raises(RuleError, match=rf"desk\.watchlist\.yaml:1: .*{complaint}"):
        load_rules(tmp_path)
