"""``detente demo``: broker, worker, deliverer and timeline put together, and taken apart again whatever happens."""

import datetime as dt
import shutil
import signal
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import yaml
from kafka.errors import KafkaError
from pydantic import ValidationError
from rich.console import Console

from broker.errors import BrokerError
from cli.broker import fetching_bar
from cli.demo.cluster import Cluster, Says, cluster
from cli.demo.delivered import check_delivered, is_complete
from cli.demo.expected import Check, Expected, read_expected
from cli.demo.follower import Follower
from cli.demo.play import UnfinishedError, play, settle
from cli.demo.processes import ProcessError, started
from cli.demo.report import print_kept, print_next, print_report
from cli.demo.screen import Screen, contacts_table
from cli.demo.summary import checks_of, latency_of
from cli.demo.timeline import read_timeline
from cli.output import USAGE, fail
from detente.articles import Article
from producers.articles_to_kafka import ArticleProducer, ProduceError
from runtime.topic_admin import MissingTopicsError

PACE = 0.3
"""Seconds between articles, so that a person can follow."""


def demo(
    fast: Annotated[bool, typer.Option("--fast", help="Send the articles as fast as Kafka takes them.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave broker, topics and logs, and say how to look.")] = False,
    expect: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Check against this file instead of the bundled one."),
    ] = None,
) -> None:
    """Play a bundled timeline through a real Kafka, print alerts as they fire, and check the result.

    Example: detente demo --fast
    """
    try:
        expected = read_expected(expect)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        fail(f"{expect}: {error}", USAGE)
    for number in (signal.SIGTERM, signal.SIGHUP):  # told to stop, or its terminal closed
        signal.signal(number, _as_interrupt)
    console = Console()
    folder = Path(tempfile.mkdtemp(prefix="detente-demo-"))
    worth_keeping = True
    try:
        checks = _run(console, expected, folder, fast=fast, keep=keep)
        worth_keeping = keep or not all(check.ok for check in checks)
    except KeyboardInterrupt:
        worth_keeping = False
        raise
    except ProcessError as error:
        console.print(str(error), soft_wrap=True, highlight=False, markup=False)
        fail(f"the demo could not go on; its logs are in {folder}")
    except (BrokerError, KafkaError, MissingTopicsError, ProduceError, UnfinishedError) as error:
        fail(f"{error}; logs are in {folder}")
    finally:
        if not worth_keeping:
            shutil.rmtree(folder, ignore_errors=True)
    if not all(check.ok for check in checks):
        fail(f"the result is not what was expected; logs are in {folder}")


def _run(console: Console, expected: Expected, folder: Path, *, fast: bool, keep: bool) -> list[Check]:
    begun, says = time.monotonic(), _says(console)
    says("detente demo: nine years of news through Kafka, a worker and a deliverer, started for this run")
    with fetching_bar() as progress, cluster(folder, keep=keep, progress=progress, says=says) as made:
        checks = _play(console, expected, folder, made, pace=0.0 if fast else PACE)
        console.print(f"took {time.monotonic() - begun:.0f} s", highlight=False)
        if keep:
            print_kept(console, made, folder)
    if all(check.ok for check in checks):
        print_next(console)
    return checks


def _play(console: Console, expected: Expected, folder: Path, made: Cluster, pace: float) -> list[Check]:
    timeline, delivered = read_timeline(), folder / "delivered.jsonl"
    commands = {"worker": ["worker"], "deliverer": ["deliver", "--no-terminal", "--log", str(delivered)]}
    environment = made.environment | {
        "DETENTE_STATE_DIR": str(folder / "state"),
        "DETENTE_SILENCE_CHECK_SECONDS": "0",  # to the worker's clock all of the timeline is years of silence
    }
    with closing(Follower(made.kafka)) as follower, _producer(made) as producer:
        seen = follower.seen
        with started(commands, environment, folder) as running, Screen(console, len(timeline)) as screen:

            def send(article: Article) -> None:
                producer.send(article)
                producer.flush()

            sent_at = play(timeline, send, follower, screen, running, pace)
            settle(follower.worker_is_done, follower, screen, running)
            settle(lambda: is_complete(delivered, seen.alerts), follower, screen, running)
    if not console.is_terminal:
        console.print(contacts_table(seen.contacts.values()))
    checks = [*checks_of(expected, seen), *check_delivered(delivered, seen.alerts)]
    print_report(console, expected, checks, seen, len(timeline), latency_of(seen, sent_at))
    return checks


def _producer(made: Cluster) -> ArticleProducer:
    """All into one partition: nine years pass in half a minute, and would overtake one another in several."""
    return ArticleProducer(made.kafka, lambda: dt.datetime.now(dt.UTC), partition=0)


def _says(console: Console) -> Says:
    return lambda words: console.print(words, soft_wrap=True, highlight=False, markup=False)


def _as_interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
