"""``detente worker``: the composition root of the stream stages, in one Faust process."""

import datetime as dt
import gc
import os
import time
from io import StringIO
from pathlib import Path
from typing import Annotated

import faust
import typer
from faust.worker import Worker

from alerts import transitions_to_alerts
from alerts.rule_book import RuleBook
from alerts.rule_files import RuleError
from cli.kafka_settings import kafka_settings
from cli.output import USAGE, fail
from detente.alerts.watch import silence_limits
from detente.coder.article_to_signals import load_coder
from runtime import logs
from runtime.faust_app import build_app
from runtime.health import Health, serve
from runtime.settings import KafkaSettings, Settings
from runtime.topic_admin import MissingTopicsError, ensure_topics
from runtime.worker_health import WorkerHealth
from streams import pipeline

DEFAULT_PORT = 9462
RULES_CHECK_SECONDS = 3.0


def worker(
    rules: Annotated[Path | None, typer.Option(help="A folder of rules; the shipped ones if left out.")] = None,
    http_port: Annotated[int | None, typer.Option(help="Where /live, /ready and /metrics are served.")] = None,
) -> None:
    """Code articles, track contacts and evaluate rules, until it is told to stop. Start as many as there is work for.

    Example: detente worker --rules my-rules/
    """
    settings, kafka = Settings(), kafka_settings()
    logs.configure(settings.log_level, settings.log_format)
    try:
        book = RuleBook(rules or settings.rules_dir, time.time)
        ensure_topics(kafka)
    except (RuleError, MissingTopicsError) as error:
        fail(str(error), USAGE)
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    app = compose(kafka, settings, book)
    health = Health()
    watch = WorkerHealth(app)
    watch.watch(health)
    watch.end_when_stalled()
    _serve(health, settings, http_port)
    # Faust draws a spinner on standard output, even into a file; there is nothing else that it would say there.
    Worker(
        app, loglevel=settings.log_level, quiet=True, override_logging=False, stdout=StringIO()
    ).execute_from_commandline()


def compose(kafka: KafkaSettings, settings: Settings, book: RuleBook) -> faust.App:
    """The app with all its stages."""
    coder = load_coder()
    # The lexicon lives as long as the process: the collector need not walk through it again and again.
    gc.freeze()
    app = build_app(kafka, settings.state_dir)
    streams = pipeline.register(
        app,
        kafka,
        code=coder.code,
        clock=utc_now,
        limits=lambda contact: silence_limits(book.rules, contact),
        silence_check=dt.timedelta(seconds=settings.silence_check_seconds),
    )
    transitions_to_alerts.register(app, kafka, lambda: book.rules, utc_now)

    async def _rules() -> None:
        book.refresh()

    app.timer(RULES_CHECK_SECONDS, name="rules")(_rules)

    @app.on_rebalance_complete.connect
    async def _count(*_: object, **__: object) -> None:
        streams.contacts.count_all()

    return app


def utc_now() -> dt.datetime:
    """The one clock of the worker."""
    return dt.datetime.now(dt.UTC)


def _serve(health: Health, settings: Settings, http_port: int | None) -> None:
    port = next(p for p in (http_port, settings.http_port, DEFAULT_PORT) if p is not None)
    try:
        serve(health, settings.http_host, port)
    except OSError as error:
        fail(f"cannot serve health on {settings.http_host}:{port}: {os.strerror(error.errno or 0)}")
