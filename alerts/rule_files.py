"""A folder of YAML files into rules, or into every problem that they have, each with its file and line."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from alerts import yaml_lines
from detente.alerts.rule import Rule, Watchlist

SHIPPED = Path(__file__).parent / "rules"
TEST_SUFFIX = ".test.yaml"
WATCHLIST_SUFFIXES = (".watchlist.yaml", ".watchlist.yml")
NO_RULES = (TEST_SUFFIX, *WATCHLIST_SUFFIXES)
ENUM_MEMBER = re.compile(r"<\w+\.\w+: ('\w+')>")
"""How pydantic writes a member; people write the value."""

M = TypeVar("M", bound=BaseModel)


class Problem(NamedTuple):
    """What is wrong with a file, and in which line."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        """As compilers say it, so that editors can jump there."""
        return f"{self.file}:{self.line}: {self.message}"


class RuleError(ValueError):
    """Rules that cannot be used; one problem a line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems: who mends the first wants to know of the next."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def load_rules(directory: Path | None) -> tuple[Rule, ...]:
    """The rules of a folder, or the shipped ones for None, by file name; tests beside them are left out.

    All or nothing: raises RuleError with every problem that was found.
    """
    folder = directory or SHIPPED
    files = rule_files(folder)
    rules: list[tuple[Path, Rule]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            rules.append((file, _with_watchlist(file, read(file, Rule))))
        except RuleError as error:
            problems += error.problems
    problems += _names_used_twice(rules)
    if problems:
        raise RuleError(problems)
    return tuple(rule for _, rule in rules)


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder; raises RuleError if there are none."""
    if not folder.is_dir():
        raise RuleError([Problem(folder, 1, "this is no folder of rules")])
    files = [file for file in sorted(folder.iterdir()) if _is_yaml(file) and not file.name.endswith(NO_RULES)]
    if not files:
        raise RuleError([Problem(folder, 1, "no rule is here: a rule is a .yaml file")])
    return files


def read(file: Path, model: type[M]) -> M:
    """One file as a rule or as the tests of a rule; raises RuleError."""
    try:
        document = yaml_lines.load(file.read_text(encoding="utf-8"))
    except yaml_lines.YamlError as error:
        raise RuleError([Problem(file, error.line, str(error))]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError([Problem(file, 1, f"the file cannot be read: {error}")]) from error
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        within = {one["loc"][:depth] for one in found for depth in range(len(one["loc"]))}
        problems = [_problem(file, document, one) for one in found if one["loc"] not in within]
        raise RuleError(problems) from error


def _with_watchlist(file: Path, rule: Rule) -> Rule:
    """The rule with the dyads of its watchlist; raises RuleError."""
    if rule.match.watchlist is None:
        return rule
    listed = read(file.with_name(rule.match.watchlist), Watchlist)
    dyads = tuple(dict.fromkeys((*rule.match.dyads, *listed.dyads)))
    return rule.model_copy(update={"match": rule.match.model_copy(update={"dyads": dyads})})


def _problem(file: Path, document: yaml_lines.Document, error: ErrorDetails) -> Problem:
    path = [step for step in error["loc"] if step != "[key]"]
    message = ENUM_MEMBER.sub(r"\1", error["msg"].removeprefix("Value error, "))
    where = ".".join(str(step) for step in path)
    return Problem(file, document.line_of(path), f"{where}: {message}" if where else message)


def _names_used_twice(rules: Iterable[tuple[Path, Rule]]) -> list[Problem]:
    first: dict[str, Path] = {}
    problems = []
    for file, rule in rules:
        if rule.name in first:
            problems.append(Problem(file, 1, f"the name {rule.name} is taken by {first[rule.name].name}"))
        first.setdefault(rule.name, file)
    return problems


def _is_yaml(file: Path) -> bool:
    return file.suffix in (".yaml", ".yml") and file.is_file()
