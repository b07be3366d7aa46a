"""``detente demo``: broker, worker, deliverer and timeline put together, and taken apart again whatever happens."""

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
from broker.jars import Progress
from cli.demo.cluster import Cluster, Says, cluster
from cli.demo.expected import Check, Expected, read_expected
from cli.demo.follower import Follower
from cli.demo.play import UnfinishedError, play
from cli.demo.processes import ProcessError, started
from cli.demo.report import print_kept, print_next, print_report
from cli.demo.screen import Screen, contacts_table
from cli.demo.sender import Sender
from cli.demo.summary import checks_of, latency_of
from cli.demo.timeline import read_timeline
from cli.output import USAGE, fail
from runtime.topic_admin import MissingTopicsError

PACE = 0.3
"""Seconds between articles, so that a person can follow."""
VOLATILE_PACE = 0.1
"""Of a burst through a broker that does not keep the order of articles."""


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
    signal.signal(signal.SIGTERM, _as_interrupt)
    console = Console()
    folder = Path(tempfile.mkdtemp(prefix="detente-demo-"))
    try:
        checks = _run(console, expected, folder, fast=fast, keep=keep)
    except ProcessError as error:
        console.print(str(error), soft_wrap=True, highlight=False, markup=False)
        fail(f"the demo could not go on; its logs are in {folder}")
    except (BrokerError, KafkaError, MissingTopicsError, UnfinishedError) as error:
        fail(f"{error}; logs are in {folder}")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if any(not check.ok for check in checks):
        fail(f"the result is not what was expected; logs are in {folder}")
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)


def _run(console: Console, expected: Expected, folder: Path, *, fast: bool, keep: bool) -> list[Check]:
    begun = time.monotonic()
    with cluster(folder, keep=keep, progress=_jars(console), says=_says(console)) as made:
        checks = _play(console, expected, folder, made, pace=_pace(made, fast=fast))
        console.print(f"took {time.monotonic() - begun:.0f} s", highlight=False)
        if keep:
            print_kept(console, made, folder)
    print_next(console)
    return checks


def _play(console: Console, expected: Expected, folder: Path, made: Cluster, pace: float) -> list[Check]:
    timeline = read_timeline()
    environment = made.environment | {
        "DETENTE_STATE_DIR": str(folder / "state"),
        "DETENTE_SILENCE_CHECK_SECONDS": "0",  # to the worker's clock all of the timeline is years of silence
    }
    with closing(Follower(made.kafka)) as follower:
        with (
            started({"worker": ["worker"], "deliverer": ["deliver"]}, environment, folder) as running,
            closing(Sender(made.kafka)) as sender,
            Screen(console, len(timeline)) as screen,
        ):
            sent_at = play(timeline, sender.send, follower, screen, running, pace)
        if not console.is_terminal:
            console.print(contacts_table(follower.seen.contacts.values()))
        checks = checks_of(expected, follower.seen)
        latency = latency_of(follower.seen, sent_at)
        print_report(console, expected, checks, follower.seen, len(timeline), latency)
    return checks


def _pace(made: Cluster, *, fast: bool) -> float:
    if not fast:
        return PACE
    return 0.0 if made.keeps_order else VOLATILE_PACE


def _says(console: Console) -> Says:
    return lambda words: console.print(words, soft_wrap=True, highlight=False, markup=False)


def _jars(console: Console) -> Progress:
    def told(done: int, total: int) -> None:
        if done in (0, total) or console.is_terminal:
            console.print(f"fetching Kafka's jars, once: {done} of {total}", highlight=False)

    return told


def _as_interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
