"""``detente backtest``: articles from files into the alerts that they would have fired, in event-time order, no Kafka."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from alerts.rule_files import RuleError, load_rules
from archives.archive_file import SUFFIX, ArchiveError
from archives.archived_articles import read_items
from cli.alert_tables import CHANGES, COLUMNS, alert_row, change_row
from cli.article_files import read_or_complain
from cli.output import FOUND, USAGE, Format, emit, fail
from detente.alert_changes import compare as compare_alerts
from detente.alerts.alert import Alert
from detente.alerts.rule import Rule
from detente.articles import Article
from detente.backtest import Code, run
from detente.coder.article_to_signals import load_coder
from detente.signals import ArticleSignals
from detente.wire import PoisonError


def backtest(
    files: Annotated[
        list[str], typer.Argument(help="JSON Lines, text or HTML files, folders, archives of a topic, or - for stdin.")
    ],
    rules: Annotated[Path | None, typer.Option(help="A folder of rules; the shipped ones if left out.")] = None,
    compare: Annotated[Path | None, typer.Option(help="Other rules: show only what they would change.")] = None,
    published_at: Annotated[
        dt.datetime | None, typer.Option(help="The publication time (UTC) of texts that have none.")
    ] = None,
    fmt: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Print the alerts that the articles would have fired, each in its last version. An empty system at the start.

    With --compare the exit code is 1 if any alert of --rules differs from those of the other rules.

    Example: detente backtest articles.jsonl --rules my-rules/
    """
    try:
        chosen = load_rules(rules)
        others = load_rules(compare) if compare else None
    except RuleError as error:
        fail(str(error), USAGE)
    archives = [name for name in files if name.endswith(SUFFIX)]
    articles, complained = _read([name for name in files if name not in archives], archives, published_at)
    code = _once(load_coder().code)
    alerts = last_versions(articles, code, chosen)
    if others is None:
        emit((alert_row(alert, fmt) for alert in alerts.values()), COLUMNS, fmt)
        if not alerts:
            typer.echo(f"no alerts from {len(articles)} articles", err=True)
    else:
        changes = compare_alerts(last_versions(articles, code, others), alerts)
        emit((change_row(change, fmt) for change in changes), CHANGES, fmt)
        if changes:
            raise typer.Exit(FOUND)
        typer.echo(f"the same {len(alerts)} alerts from {len(articles)} articles", err=True)
    if complained:
        raise typer.Exit(FOUND)


def _read(
    files: list[str], archives: list[str], published_at: dt.datetime | None
) -> tuple[list[Article | ArticleSignals], bool]:
    """All articles, and the signals of archives, in the order of publication; and whether something could not be read."""
    found, complained = read_or_complain(files, published_at)
    items: list[Article | ArticleSignals] = list(found)
    try:
        for item in (item for name in archives for item in read_items(Path(name))):
            if isinstance(item, PoisonError):
                complained = True
                typer.echo(f"detente: a record that cannot be read: {item}", err=True)
            else:
                items.append(item)
    except (ArchiveError, OSError) as error:
        fail(str(error))
    return sorted(items, key=lambda i: (i.published_at, i.id if isinstance(i, Article) else i.article_id)), complained


def last_versions(
    articles: Sequence[Article | ArticleSignals], code: Code, rules: tuple[Rule, ...]
) -> dict[str, Alert]:
    """Every alert in its last version, by id, in the order of firing."""
    console = Console(stderr=True)
    shown = track(articles, "backtest", console=console, transient=True, disable=not console.is_terminal)
    return {alert.id: alert for outcome in run(shown, code, rules) for alert in outcome.alerts}


def _once(code: Code) -> Code:
    """Code each article once, however many sets of rules look at it."""
    done: dict[str, Any] = {}

    def remembered(article: Article) -> Any:  # noqa: ANN401  # whatever ``code`` returns
        if article.id not in done:
            done[article.id] = code(article)
        return done[article.id]

    return remembered
