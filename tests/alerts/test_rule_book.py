"""Rules are read anew when their files change, all of them or none."""

from pathlib import Path

import pytest

from alerts.rule_book import RuleBook
from alerts.rule_files import RuleError
from runtime import metrics

RULE = """
name: {name}
description: A rule of a test.
match: {{transitions: [resumed]}}
severity: info
summary: "{{{{ pair }}}}"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_text(RULE.format(name="one"))
    return tmp_path


def names(book: RuleBook) -> list[str]:
    return [rule.name for rule in book.rules]


def test_a_new_file_and_a_file_that_is_gone_are_noticed(folder: Path):
    book = RuleBook(folder, lambda: 1.0)
    assert not book.refresh()
    (folder / "two.yaml").write_text(RULE.format(name="two"))
    assert book.refresh()
    assert names(book) == ["one", "two"]
    (folder / "one.yaml").unlink()
    assert book.refresh()
    assert names(book) == ["two"]


def test_a_broken_file_keeps_all_the_old_rules_and_says_so_until_it_is_mended(folder: Path):
    book = RuleBook(folder, lambda: 7.0)
    (folder / "one.yaml").write_text(RULE.format(name="renamed"))
    (folder / "two.yaml").write_text("name: [")
    assert not book.refresh()
    assert names(book) == ["one"]
    assert metrics.RULES_RELOAD_FAILED._value.get() == 1
    (folder / "two.yaml").write_text(RULE.format(name="two"))
    assert book.refresh()
    assert names(book) == ["renamed", "two"]
    assert metrics.RULES_RELOAD_FAILED._value.get() == 0
    assert metrics.RULES_RELOADED_AT._value.get() == 7


def test_a_folder_that_is_gone_keeps_the_old_rules(folder: Path):
    book = RuleBook(folder, lambda: 1.0)
    (folder / "one.yaml").unlink()
    folder.rmdir()
    assert not book.refresh()
    assert names(book) == ["one"]


def test_a_broken_file_at_the_start_is_an_error(folder: Path):
    (folder / "one.yaml").write_text("name: [")
    with pytest.raises(RuleError):
        RuleBook(folder, lambda: 1.0)
