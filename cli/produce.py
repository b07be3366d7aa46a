"""``detente produce``: articles from feeds, files, folders and standard input into Kafka."""

import asyncio
import datetime as dt
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Annotated, NamedTuple

import aiohttp
import typer
from kafka.errors import KafkaError
from rich.console import Console
from rich.progress import Progress

from cli.kafka_settings import kafka_settings
from cli.output import FOUND, USAGE, fail
from detente.articles import Article
from detente.sources import Heartbeat
from producers.articles_to_kafka import ArticleProducer, ProduceError
from producers.feed_lists import FeedListError, load_feed_list
from producers.feeds import Destination, FeedReader, Options
from producers.files import STDIN, read_located
from producers.pages_to_articles import Given
from producers.rejections import Rejected
from producers.resume_points import ResumePoints
from runtime import logs, metrics
from runtime.health import Health, serve
from runtime.public_addresses import connector
from runtime.settings import Settings
from runtime.topic_admin import MissingTopicsError, ensure_topics

DEFAULT_PORT = 9461


class _StopReading(Exception):  # noqa: N818  # no error: the user said stop
    """SIGTERM or SIGINT came while the next article was waited for."""


class Printer:
    """Prints articles as JSON Lines instead of sending them."""

    def send(self, article: Article, _source_kind: str = "") -> None:
        """Print it."""
        sys.stdout.write(article.model_dump_json(exclude_none=True, exclude={"flags"}) + "\n")

    def flush(self) -> None:
        """Let a pipe have what was printed."""
        sys.stdout.flush()

    def beat(self, heartbeat: Heartbeat) -> None:
        """Say nothing."""


class Work(NamedTuple):
    """What is to be read, and how."""

    feeds: list[str]
    files: list[str]
    given: Given
    every: float | None
    allow_private: bool
    full_text: bool
    points: Path


def produce(
    *,
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="A feed's URL, a file, a folder, or - for stdin.")
    ] = None,
    feeds: Annotated[Path | None, typer.Option(help="A YAML or OPML file that lists feeds.")] = None,
    every: Annotated[float | None, typer.Option(min=1, help="Read the feeds again after so many seconds.")] = None,
    published_at: Annotated[dt.datetime | None, typer.Option(help="When texts without a date appeared (UTC).")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published what does not say so itself.")] = None,
    full_text: Annotated[bool, typer.Option("--full-text", help="Fetch the page behind each entry of a feed.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let feeds be read from private addresses.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be sent; no Kafka.")] = False,
    http_port: Annotated[int | None, typer.Option(help="Where /live, /ready and /metrics are served.")] = None,
) -> None:
    """Send articles to Kafka; input that is no article is named on standard error, and the exit code is then 1.

    Example: detente produce news/ https://example.org/feed.xml --every 300
    """
    settings = Settings()
    logs.configure(settings.log_level, settings.log_format)
    try:
        urls = load_feed_list(feeds) if feeds else []
    except FeedListError as error:
        fail(str(error), USAGE)
    names = sources or []
    urls += [name for name in names if _is_url(name)]
    if not names and not urls:
        fail("nothing to read: name a feed, a file, a folder or -", USAGE)
    if every and not urls:
        fail("--every is for feeds", USAGE)
    moment = published_at.replace(tzinfo=published_at.tzinfo or dt.UTC) if published_at else None
    work = Work(
        feeds=urls,
        files=[name for name in names if not _is_url(name)],
        given=Given(utc_now(), moment, publisher),
        every=every,
        allow_private=allow_private,
        full_text=full_text,
        points=settings.state_dir / "feeds",
    )
    if dry_run:
        with TemporaryDirectory() as forgotten:
            raise typer.Exit(_run(work._replace(points=Path(forgotten), every=None), Printer()))
    if every or STDIN in names:
        _serve(settings, http_port)
    raise typer.Exit(_to_kafka(work))


def utc_now() -> dt.datetime:
    """The one clock of the producer."""
    return dt.datetime.now(dt.UTC)


def _to_kafka(work: Work) -> int:
    kafka = kafka_settings()
    try:
        ensure_topics(kafka)
        with ArticleProducer(kafka, utc_now) as outlet:
            code = _run(work, outlet)
            outlet.flush()
    except MissingTopicsError as error:
        fail(str(error), USAGE)
    except ProduceError as error:
        fail(str(error))
    except KafkaError as error:
        fail(f"no Kafka at {kafka.bootstrap_servers}: {error}")
    print(f"{outlet.confirmed:,} articles are in Kafka", file=sys.stderr)  # noqa: T201
    return code


def _run(work: Work, outlet: Destination) -> int:
    bad = _files(work, outlet)
    if work.feeds and not _stop.asked:
        bad += asyncio.run(_feeds(work, outlet))
    return FOUND if bad else 0


# -- files ---------------------------------------------------------------------------------------------------------------


class _Stop:
    """Ends the reading of files on a signal: at once while waiting for input, else after the article at hand."""

    def __init__(self) -> None:
        self.asked = False
        self._waiting = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        if self._waiting:
            raise _StopReading

    def until(self, items: Iterator[tuple[str, Article | Rejected]]) -> Iterator[tuple[str, Article | Rejected]]:
        while True:
            try:
                self._waiting = True
                if self.asked:
                    return
                item = next(items)
            except (StopIteration, _StopReading):
                return
            finally:
                self._waiting = False
            yield item


_stop = _Stop()


def _files(work: Work, outlet: Destination) -> int:
    """Send the articles of files, each file's confirmed before its sign of life; returns how many were rejected."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop.ask)
    bad = 0
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("articles", total=None)
        for name in work.files:
            newest: dt.datetime | None = None
            publishers: dict[str, None] = {}
            for _, item in _stop.until(read_located([name], work.given)):
                progress.advance(task)
                if isinstance(item, Rejected):
                    bad += 1
                    metrics.ARTICLES_DROPPED.labels("file", item.reason.value).inc()
                    print(f"detente: {item}", file=sys.stderr)  # noqa: T201
                    continue
                outlet.send(item)
                newest = max(newest or item.published_at, item.published_at)
                publishers |= {item.publisher: None} if item.publisher else {}
            outlet.flush()
            if not _stop.asked:
                told = tuple(publishers)[-200:]
                outlet.beat(Heartbeat(source=name, fetched_at=utc_now(), newest_article_at=newest, publishers=told))
    return bad


# -- feeds ---------------------------------------------------------------------------------------------------------------


async def _feeds(work: Work, outlet: Destination) -> int:
    """Read the feeds once, or again and again; returns how many failed in the last round."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    options = Options(work.given.publisher, work.full_text)
    async with aiohttp.ClientSession(connector=connector(allow_private=work.allow_private)) as session:
        reader = FeedReader(session, outlet, ResumePoints(work.points), utc_now, options)
        while True:
            failed = 0
            for url in work.feeds:
                if stop.is_set():
                    return failed
                failed += await reader.read_all([url])
            if not work.every:
                return failed
            try:
                await asyncio.wait_for(stop.wait(), work.every)
            except TimeoutError:
                continue
            return 0


def _is_url(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def _serve(settings: Settings, http_port: int | None) -> None:
    port = next(p for p in (http_port, settings.http_port, DEFAULT_PORT) if p is not None)
    try:
        serve(Health(), settings.http_host, port)
    except OSError as error:
        fail(f"cannot serve health on {settings.http_host}:{port}: {os.strerror(error.errno or 0)}")
