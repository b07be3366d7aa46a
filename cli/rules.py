"""``detente rules``: whether rules are right, whether they do what their tests say, and the schema they follow."""

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from alerts.rule_files import RuleError, load_rules
from alerts.rule_test_runs import CaseResult, run_rule_tests, untested
from cli.explain import explain
from cli.output import FOUND, Format, emit, fail
from detente.alerts.rule import Rule
from detente.coder.article_to_signals import load_coder

RULE_COLUMNS = {"name": "rule", "severity": "severity", "transitions": "on", "hold": "holds", "description": "says"}
TEST_COLUMNS = {"rule": "rule", "case": "case", "outcome": "outcome", "failures": "because"}

app = typer.Typer(help="Check rules, run their tests, print their schema, explain what they did.", no_args_is_help=True)
app.command()(explain)

Folder = Annotated[Path | None, typer.Argument(help="A folder of rules; the shipped ones if left out.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]


@app.command()
def check(folder: Folder = None, fmt: FormatOption = Format.TABLE) -> None:
    """List the rules of a folder; where any is wrong, say what and in which line, and end with 1.

    Example: detente rules check my-rules/
    """
    emit((_rule_row(rule) for rule in _loaded(folder)), RULE_COLUMNS, fmt)


@app.command("test")
def run_tests(
    folder: Folder = None,
    rule: Annotated[str | None, typer.Option(help="Only the tests of this rule.")] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Run the tests that lie beside the rules; ends with 1 if any fails.

    Example: detente rules test my-rules/
    """
    try:
        without = untested(folder)
        results = [done for done in run_rule_tests(folder, load_coder().code) if rule in (None, done.rule)]
    except RuleError as error:
        _complain(error)
    emit((_test_row(result) for result in results), TEST_COLUMNS, fmt)
    for name in without:
        typer.echo(f"detente: no test is about the rule {name}", err=True)
    failed = sum(bool(result.failures) for result in results)
    if not results:
        fail("no tests: a rule's tests are in a file *.test.yaml beside it")
    typer.echo(f"{len(results) - failed} passed, {failed} failed", err=True)
    if failed:
        raise typer.Exit(FOUND)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a rule file, for editors.

    Example: detente rules schema > rule.schema.json
    """
    typer.echo(json.dumps(Rule.model_json_schema(), indent=2))


def _loaded(folder: Path | None) -> tuple[Rule, ...]:
    try:
        return load_rules(folder)
    except RuleError as error:
        _complain(error)


def _complain(error: RuleError) -> NoReturn:
    for problem in error.problems:
        typer.echo(f"detente: {problem}", err=True)
    raise typer.Exit(FOUND)


def _rule_row(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json") | {"transitions": [kind.value for kind in rule.match.transitions]}


def _test_row(result: CaseResult) -> dict[str, Any]:
    return result._asdict() | {
        "file": str(result.file),
        "outcome": "failed" if result.failures else "passed",
        "failures": list(result.failures),
    }
