"""``detente classify``: articles to signals on this machine, without Kafka; ``--explain`` shows why and why not."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from cli.article_files import ArticleFiles
from cli.output import FOUND, USAGE, Format, emit, fail
from detente.articles import Article
from detente.coder.article_to_signals import Coder, load_coder
from detente.coder.explanation import ExplainedSentence, Explanation
from detente.signals import Signal

COLUMNS = {
    "dyad": "dyad",
    "channel": "channel",
    "level": "level",
    "mode": "mode",
    "status": "status",
    "date": "date",
    "gap": "claimed gap",
    "confidence": "sure",
    "evidence": "sentence",
}


def classify(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="JSON Lines, text or HTML, or a folder; - is JSON Lines on standard input."
        ),
    ],
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show parties, dates and candidates, and why each was taken or left.")
    ] = False,
    output: Annotated[Format, typer.Option("--format", help="A table, or one JSON record a line.")] = Format.TABLE,
    published_at: Annotated[
        datetime | None,
        typer.Option(
            "--published-at",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"],
            help="When a text or HTML file was published (UTC).",
        ),
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published a text or HTML file.")] = None,
) -> None:
    """Read articles and print the contacts between states that they tell of.

    A text file without --published-at is dated by now. Records that are no article are named on standard error; the
    exit code is then 1.

    Example: detente classify --explain --published-at 2024-04-16 article.txt
    """
    for name in files:
        if name != "-" and not Path(name).exists():
            fail(f"{name}: no such file", USAGE)
    coder = load_coder()
    articles = ArticleFiles(files, published_at, publisher)
    if explain:
        _explain(coder, _counted(articles), output)
    else:
        emit(
            (_row(signal, output) for article in _counted(articles) for signal in coder.code(article)), COLUMNS, output
        )
    if articles.complained:
        raise typer.Exit(FOUND)


def _counted(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles as they come; on a terminal a bar counts them."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("reading", total=None)
        for article in articles:
            progress.advance(task)
            yield article


def _row(signal: Signal, output: Format) -> dict[str, Any]:
    record: dict[str, Any] = signal.model_dump(mode="json")
    if output is Format.JSONL:
        return record
    gap = signal.gap_claim.text if signal.gap_claim else None
    return record | {"date": str(signal.event_date), "gap": gap, "evidence": signal.evidence.text}


# -- explaining --------------------------------------------------------------------------------------------------------


def _explain(coder: Coder, articles: Iterable[Article], output: Format) -> None:
    for article in articles:
        explanation = coder.explain(article)
        if output is Format.JSONL:
            sys.stdout.write(explanation.model_dump_json() + "\n")
        else:
            sys.stdout.write("\n".join(_pages(explanation)) + "\n")


def _pages(explanation: Explanation) -> Iterator[str]:
    yield f"article {explanation.article_id}: {len(explanation.signals)} signals"
    for sentence in explanation.sentences:
        yield from _lines(sentence)


def _lines(sentence: ExplainedSentence) -> Iterator[str]:
    skipped = f"  [{sentence.skipped}]" if sentence.skipped else ""
    yield f"\n{sentence.field} {sentence.start}-{sentence.end}{skipped}: {sentence.text}"
    for actor in sentence.parties:
        yield f"    party      {actor.text} = {' '.join(actor.parties)} ({actor.kind}, {actor.level}{', former' if actor.former else ''})"
    for clause in sentence.clauses:
        yield f"    group      {clause}"
    for date in sentence.dates:
        yield f"    date       {date.text} = {date.date}"
    for candidate in sentence.candidates:
        told = f"{candidate.mode} {candidate.status} {' '.join(candidate.parties) or '?'} {candidate.date}"
        yield f"    candidate  {candidate.trigger!r} ({candidate.frame}) {told}: {candidate.verdict}"
