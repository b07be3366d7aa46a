"""``detente replay``: what would have paged, and when, had these rules watched a topic's past."""

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from kafka.errors import KafkaError

from alerts.rule_files import RuleError, load_rules
from cli.kafka_settings import kafka_settings
from cli.output import FOUND, USAGE, Format, fail, say
from cli.replay_drill import drill, pace_of
from cli.replay_output import Replayed, counted, print_alerts, print_changes, write_files
from cli.replay_progress import shown
from detente.alerts.rule import Rule
from detente.topics import Topic
from detente.wire import PoisonError
from replay.coding_processes import ChildEndedError
from replay.live_alerts import read_live_alerts
from replay.manifest import Manifest, manifest_of
from replay.results import read_manifest
from replay.run import Coding, coding_of, collect_seldom
from replay.run import replay as run
from replay.to_topics import NamespaceTakenError, write_results
from runtime.settings import KafkaSettings, Settings
from runtime.topic_range import TopicRange, plan_range, read_range
from runtime.topic_reader import NoSuchTopicError

LIVE = "live"
REPLAYED = (Topic.ARTICLES, Topic.SIGNALS)


def replay(  # noqa: PLR0917  # options, all given by name
    since: Annotated[dt.datetime | None, typer.Option("--from", help="From when (UTC); else the beginning.")] = None,
    until: Annotated[dt.datetime | None, typer.Option("--to", help="Until before when (UTC); else the end.")] = None,
    topic: Annotated[
        Topic, typer.Option(help="articles, coded anew, or signals, as they were coded.")
    ] = Topic.ARTICLES,
    rules: Annotated[Path | None, typer.Option(help="A folder of rules; the shipped ones if left out.")] = None,
    compare_with: Annotated[
        str | None, typer.Option("--compare", metavar="live|DIR", help="Show what differs from these alerts.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of results; replays/ID in the state folder.")] = None,
    report: Annotated[Path | None, typer.Option(help="Also write a page with a timeline of each contact.")] = None,
    openmetrics: Annotated[Path | None, typer.Option(help="Also write the history for Prometheus.")] = None,
    topics: Annotated[
        bool, typer.Option("--topics", help="Also write the results into topics under replay.ID.")
    ] = False,
    pace: Annotated[
        str | None,
        typer.Option(metavar="600x", help="A drill: play the articles again, so much faster, under replay.ID."),
    ] = None,
    shift: Annotated[
        bool, typer.Option("--shift", help="Of a drill: move all times by whole weeks, to end now.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes that code.")] = os.cpu_count() or 1,
    fmt: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Replay a topic's past through the rules. Nothing that is live is touched: no group, no topic, no receiver.

    Results are files; a replay that was interrupted goes on when it is started again. With --compare the exit code is 1
    if any alert differs.

    Example: detente replay --from 2022-08-01 --to 2024-05-01 --compare live
    """
    if topic not in REPLAYED:
        fail(f"--topic: {' or '.join(REPLAYED)}, not {topic}", USAGE)
    for path in (report, openmetrics):
        if path is not None and not path.absolute().parent.is_dir():
            fail(f"{path}: there is no such folder", USAGE)
    since, until = _utc(since), _utc(until)
    kafka = kafka_settings()
    with _told_in_one_line():
        chosen = load_rules(rules)
        others = load_rules(Path(compare_with)) if compare_with not in (None, LIVE) else ()
        wanted = plan_range(kafka, topic.named(kafka.topic_prefix), since, until)
        manifest = manifest_of(wanted, since, until, chosen, others)
        if pace is not None:
            drill(kafka, wanted, manifest, pace_of(pace), shift=shift)
            return
        folder = out or Settings().state_dir / "replays" / manifest.id
        made = _results(
            kafka, wanted, manifest, folder, coding=coding_of(topic, processes), rules=chosen, others=others
        )
        live = read_live_alerts(kafka, since, until) if compare_with == LIVE else None
        if topics:
            say(f"results are in topics under {write_results(kafka, folder, manifest.id)}")
        done = Replayed(made, folder, wanted.topic, compare_with is not None, live)
        write_files(done, report, openmetrics)
    if compare_with is None:
        print_alerts(done, fmt)
    differs = compare_with is not None and print_changes(done, fmt)
    say(f"{counted(made)}; results in {folder}")
    if differs:
        raise typer.Exit(FOUND)


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    """What can go wrong outside the program ends it with one line."""
    try:
        yield
    except RuleError as error:
        fail(str(error), USAGE)
    except ChildEndedError as how:
        fail(f"a process that codes {how}; start the replay again, and it goes on where it was")
    except (KafkaError, NoSuchTopicError, NamespaceTakenError, PoisonError, OSError) as error:
        fail(str(error))


def _results(
    kafka: KafkaSettings,
    wanted: TopicRange,
    manifest: Manifest,
    folder: Path,
    *,
    coding: Coding,
    rules: Sequence[Rule],
    others: Sequence[Rule],
) -> Manifest:
    """The manifest of the finished replay: run now, or found as it was."""
    there = read_manifest(folder)
    if there is not None and there.id != manifest.id:
        fail(f"{folder} holds another replay ({there.id}); name another --out", USAGE)
    if there is not None:
        say("this replay was made before; its results are shown")
        return there
    if wanted.expired:
        say(f"partitions {', '.join(map(str, wanted.expired))} begin later than --from: older records are gone")
    collect_seldom()
    with shown(wanted.size) as watch:
        return run(
            read_range(kafka, wanted),
            manifest,
            folder,
            coding=coding,
            rules=rules,
            compared=others,
            watch=watch,
        )


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.replace(tzinfo=dt.UTC) if moment is not None and moment.tzinfo is None else moment
