"""``detente backtest``: articles from files into the alerts that they would have fired, in event-time order, no Kafka."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from alerts.rule_files import RuleError, load_rules
from cli.article_files import read_or_complain
from cli.output import FOUND, USAGE, Format, emit, fail
from detente.alerts.alert import Alert
from detente.alerts.rule import Rule
from detente.articles import Article
from detente.backtest import Code, run
from detente.coder.article_to_signals import load_coder

COLUMNS = {
    "fired_at": "fired",
    "severity": "severity",
    "dyad": "dyad",
    "channel": "channel",
    "level": "level",
    "transition": "transition",
    "event_date": "event",
    "status": "status",
    "summary": "summary",
}

ADDED, REMOVED, MOVED = "added", "removed", "moved"


def backtest(
    files: Annotated[list[str], typer.Argument(help="JSON Lines, text or HTML files, folders, or - for stdin.")],
    rules: Annotated[Path | None, typer.Option(help="A folder of rules; the shipped ones if left out.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Other rules: show only what they would change.")] = None,
    published_at: Annotated[
        dt.datetime | None, typer.Option(help="The publication time (UTC) of texts that have none.")
    ] = None,
    fmt: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Print the alerts that the articles would have fired, each in its last version. An empty system at the start.

    With --compare the exit code is 1 if the two sets of rules differ in any alert.

    Example: detente backtest articles.jsonl --rules my-rules/
    """
    try:
        chosen = load_rules(rules)
        others = load_rules(compare) if compare else None
    except RuleError as error:
        fail(str(error), USAGE)
    articles, complained = read_or_complain(files, published_at)
    articles.sort(key=lambda article: (article.published_at, article.id))
    code = _once(load_coder().code)
    alerts = last_versions(articles, code, chosen)
    if others is None:
        emit((_row(alert, fmt) for alert in alerts.values()), COLUMNS, fmt)
        if not alerts:
            typer.echo(f"no alerts from {len(articles)} articles", err=True)
    else:
        changes = compared(last_versions(articles, code, others), alerts)
        emit(changes, {"change": "change"} | COLUMNS, fmt)
        if changes:
            raise typer.Exit(FOUND)
        typer.echo(f"the same {len(alerts)} alerts from {len(articles)} articles", err=True)
    if complained:
        raise typer.Exit(FOUND)


def last_versions(articles: Sequence[Article], code: Code, rules: tuple[Rule, ...]) -> dict[str, Alert]:
    """Every alert in its last version, by id, in the order of firing."""
    console = Console(stderr=True)
    shown = track(articles, "backtest", console=console, transient=True, disable=not console.is_terminal)
    return {alert.id: alert for outcome in run(shown, code, rules) for alert in outcome.alerts}


def compared(before: dict[str, Alert], after: dict[str, Alert]) -> list[dict[str, Any]]:
    """The alerts that only one of the two has, and those that fire at another time."""
    changes = []
    for key in sorted(before.keys() | after.keys(), key=lambda k: (after.get(k) or before[k]).fired_at):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            shown = new or old
            assert shown is not None
            changes.append({"change": REMOVED if new is None else ADDED, **shown.model_dump(mode="json")})
        elif old.fired_at != new.fired_at:
            changes.append({"change": f"{MOVED} by {new.fired_at - old.fired_at}", **new.model_dump(mode="json")})
    return changes


def _once(code: Code) -> Code:
    """Code each article once, however many sets of rules look at it."""
    done: dict[str, Any] = {}

    def remembered(article: Article) -> Any:  # noqa: ANN401  # whatever ``code`` returns
        if article.id not in done:
            done[article.id] = code(article)
        return done[article.id]

    return remembered


def _row(alert: Alert, fmt: Format) -> dict[str, Any]:
    row = alert.model_dump(mode="json")
    if fmt is Format.TABLE:
        row |= {"event_date": alert.event_date, "fired_at": f"{alert.fired_at:%Y-%m-%d %H:%M}"}
    return row
