"""``detente classify``: articles to signals on this machine, without Kafka; ``--explain`` shows why and why not."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import trafilatura
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress

from cli.output import FOUND, USAGE, Format, emit, fail
from detente.articles import MAX_TEXT_CHARS, Article, ArticleRecord
from detente.coder.article_to_signals import Coder, load_coder
from detente.coder.explanation import ExplainedSentence, Explanation
from detente.vocabulary import ArticleFlag

MAX_RECORD_CHARS = 8 * MAX_TEXT_CHARS
"""A longer line or file is no article and is not parsed; the factor leaves room for mark-up and escapes."""

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


class Problem(NamedTuple):
    """A record that is no article: where it stands and what is wrong with it."""

    place: str
    cause: str


def classify(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="JSON Lines, text or HTML; - is standard input.")
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
    moment = published_at.replace(tzinfo=UTC) if published_at else None
    coder = load_coder()
    problems: list[Problem] = []
    articles = _told(_articles(files, moment, publisher), problems)
    if explain:
        _explain(coder, articles, output)
    else:
        emit((_row(record, output) for article in articles for record in coder.code(article)), COLUMNS, output)
    if problems:
        raise typer.Exit(FOUND)


def _told(found: Iterator[Article | Problem], problems: list[Problem]) -> Iterator[Article]:
    """The articles; problems go to standard error as they come. A bar on a terminal counts what was read."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("reading", total=None)
        for item in found:
            progress.advance(task)
            if isinstance(item, Problem):
                problems.append(item)
                print(f"detente: {item.place}: {item.cause}", file=sys.stderr)  # noqa: T201
            else:
                yield item


def _row(signal: Any, output: Format) -> dict[str, Any]:  # noqa: ANN401
    record: dict[str, Any] = signal.model_dump(mode="json")
    if output is Format.JSONL:
        return record
    gap = signal.gap_claim.text if signal.gap_claim else None
    return record | {"date": str(signal.event_date), "gap": gap, "evidence": signal.evidence.text}


# -- reading -----------------------------------------------------------------------------------------------------------


def _articles(files: list[str], moment: datetime | None, publisher: str | None) -> Iterator[Article | Problem]:
    for name in files:
        path = Path(name)
        if name != "-" and not path.is_file():
            fail(f"{name}: no such file", USAGE)
    for name in files:
        path = Path(name)
        try:
            yield from _read(name, path, moment, publisher)
        except UnicodeDecodeError:
            yield Problem(name, "not UTF-8 text")
        except OSError as error:
            yield Problem(name, error.strerror or "cannot be read")


def _read(name: str, path: Path, moment: datetime | None, publisher: str | None) -> Iterator[Article | Problem]:
    with sys.stdin.buffer if name == "-" else path.open("rb") as stream:
        first = stream.readline(MAX_RECORD_CHARS)
        start = first.decode(errors="replace").lstrip("\ufeff \t\r\n")[:1]
        if path.suffix.lower() in (".jsonl", ".ndjson", ".json") or start == "{":
            yield from _json_lines(name, first, stream)
            return
        text = (first + stream.read(MAX_RECORD_CHARS)).decode()
    if len(text) >= MAX_RECORD_CHARS:
        yield Problem(name, f"longer than {MAX_RECORD_CHARS} characters")
        return
    is_html = path.suffix.lower() in (".html", ".htm") or start == "<"
    yield _from_page(name, text, moment, publisher) if is_html else _from_text(name, "", text, moment, publisher)


def _json_lines(name: str, first: bytes, stream: Any) -> Iterator[Article | Problem]:  # noqa: ANN401
    number = 0
    line = first
    while line:
        number += 1
        whole = line.endswith(b"\n") or len(line) < MAX_RECORD_CHARS
        if line.strip():
            yield _from_json(f"{name}:{number}", line) if whole else Problem(f"{name}:{number}", "the line is too long")
        while not whole and line and not line.endswith(b"\n"):
            line = stream.readline(MAX_RECORD_CHARS)
        line = stream.readline(MAX_RECORD_CHARS)


def _from_json(place: str, line: bytes) -> Article | Problem:
    try:
        return ArticleRecord.model_validate_json(line.removeprefix(b"\xef\xbb\xbf")).to_article()
    except ValidationError as error:
        return Problem(place, _first_cause(error))


def _from_page(name: str, html: str, moment: datetime | None, publisher: str | None) -> Article | Problem:
    page = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    if page is None or isinstance(page, dict) or not page.text:
        return Problem(name, "no article text in this page")
    if moment is None and page.date:
        moment = datetime.fromisoformat(page.date).replace(tzinfo=UTC)
    return _from_text(name, page.title or "", page.text, moment, publisher or page.sitename)


def _from_text(name: str, title: str, text: str, moment: datetime | None, publisher: str | None) -> Article | Problem:
    if moment is None:
        print(f"detente: {name}: no publication time given, so it counts as published now", file=sys.stderr)  # noqa: T201
    try:
        record = ArticleRecord(title=title, body=text, published_at=moment or datetime.now(UTC), publisher=publisher)
        article = record.to_article()
    except ValidationError as error:
        return Problem(name, _first_cause(error))
    return article if moment else article.model_copy(update={"flags": (ArticleFlag.UNDATED,)})


def _first_cause(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"no article: {where + ': ' if where else ''}{' '.join(first['msg'].split())}"


# -- explaining --------------------------------------------------------------------------------------------------------


def _explain(coder: Coder, articles: Iterator[Article], output: Format) -> None:
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
