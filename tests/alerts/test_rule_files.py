"""Rule files that are right, and one clear line for each thing that is wrong with the others."""

from pathlib import Path

import pytest

from alerts.rule_files import RuleError, load_rules

GOOD = """\
name: a_rule
description: For a test.
match:
  transitions: [resumed]
severity: info
summary: "{{ dyad }}"
"""


def problems(folder: Path) -> list[str]:
    with pytest.raises(RuleError) as error:
        load_rules(folder)
    return str(error.value).splitlines()


def test_six_rules_are_shipped() -> None:
    assert [(rule.name, rule.severity.value) for rule in load_rules(None)] == [
        ("envoys_sent_home", "warning"),
        ("high_level_contact_announced", "info"),
        ("high_level_contact_broken_off", "critical"),
        ("high_level_contact_lapsed", "warning"),
        ("high_level_contact_resumed", "critical"),
        ("high_level_contact_strained", "warning"),
    ]


def test_rules_of_a_folder_come_in_the_order_of_its_file_names(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(GOOD)
    (tmp_path / "a.yml").write_text(GOOD.replace("a_rule", "first"))
    (tmp_path / "a.test.yaml").write_text("is not a rule")
    (tmp_path / "notes.txt").write_text("neither")
    assert [rule.name for rule in load_rules(tmp_path)] == ["first", "a_rule"]


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("resumed", "resumd"), 4, "match.transitions.0"),
        (("severity: info", "severty: info"), 5, "severty: Extra inputs"),
        (("severity: info", "severity: info\nseverity: critical"), 6, "the key severity is there twice"),
        (("{{ dyad }}", "{{ dyed }}"), 6, "'dyed' is undefined"),
        (("  transitions", "    transitions: [x]\n  transitions"), 5, "expected"),
        (("name: a_rule", "name: &x a_rule\nrunbook: *x"), 2, "an alias is not available"),
        (("name: a_rule", "name: !!python/name:os.system x"), 1, "could not determine a constructor"),
        (("name: a_rule", "name: \x00"), 1, "special characters"),
        (("[resumed]", "[[[["), 6, "expected"),
    ],
)
def test_a_problem_is_told_with_its_file_and_line(
    tmp_path: Path, change: tuple[str, str], line: int, says: str
) -> None:
    file = tmp_path / "rule.yaml"
    file.write_text(GOOD.replace(*change))
    told = [problem for problem in problems(tmp_path) if says in problem]
    assert told
    assert told[0].startswith(f"{file}:{line}: ")


def test_every_problem_of_every_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("info", "loud").replace("resumed", "x"))
    (tmp_path / "b.yaml").write_text("")
    (tmp_path / "c.yaml").write_text(GOOD)
    (tmp_path / "d.yaml").write_text(GOOD)
    told = problems(tmp_path)
    assert [line.split(":")[0].rpartition("/")[2] for line in told] == ["a.yaml", "a.yaml", "b.yaml", "d.yaml"]
    assert "the name a_rule is taken by c.yaml" in told[-1]


@pytest.mark.parametrize(("text", "says"), [("[" * 3_000, "1:"), ("a" * 300_000, "longer than"), ("- 1", "valid dict")])
def test_what_is_no_rule_at_all_is_told_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "rule.yaml").write_text(text)
    (told,) = problems(tmp_path)
    assert says in told


def test_an_empty_or_missing_folder_is_told(tmp_path: Path) -> None:
    assert "no rule is here" in problems(tmp_path)[0]
    assert "no folder of rules" in problems(tmp_path / "nowhere")[0]


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "rule.yaml").write_bytes(b"\xff\xfe\xfa")
    assert "cannot be read" in problems(tmp_path)[0]
