"""``detente replay``: what would have paged, and when, had these rules watched a topic's past."""

import datetime as dt
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from kafka.errors import KafkaError
from rich.console import Console

from alerts.rule_files import RuleError, load_rules
from cli.alert_tables import CHANGES, COLUMNS, COUNTS, alert_row, change_row, count_rows
from cli.kafka_settings import kafka_settings
from cli.output import FOUND, USAGE, Format, emit, fail
from cli.replay_progress import shown
from detente.alert_changes import Change, compare
from detente.alerts.alert import Alert
from detente.alerts.rule import Rule
from detente.topics import Topic
from replay.contact_pictures import report_of
from replay.live_alerts import read_live_alerts
from replay.manifest import Manifest, manifest_of
from replay.openmetrics import write_openmetrics
from replay.report import render
from replay.results import COMPARED, read_alerts, read_manifest, read_places, write_whole
from replay.run import Coding, Watch, coding_of
from replay.run import replay as run
from replay.to_topics import NamespaceTakenError, namespace, play, write_results
from runtime.settings import KafkaSettings, Settings
from runtime.topic_range import Known, TopicRange, plan_range, read_range
from runtime.topic_reader import NoSuchTopicError

LIVE = "live"
LIVE_TOLERANCE = dt.timedelta(hours=1)
"""Live, an alert is stamped when it fired; in a replay, when its article was known."""
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
    since, until = _utc(since), _utc(until)
    try:
        chosen = load_rules(rules)
        others = load_rules(Path(compare_with)) if compare_with not in (None, LIVE) else ()
    except RuleError as error:
        fail(str(error), USAGE)
    kafka = kafka_settings()
    try:
        wanted = plan_range(kafka, topic.named(kafka.topic_prefix), since, until)
        manifest = manifest_of(wanted, since, until, chosen, others)
        if pace is not None:
            _drill(kafka, wanted, manifest, _pace(pace), shift=shift)
            return
        folder = out or Settings().state_dir / "replays" / manifest.id
        done = _results(
            kafka, wanted, manifest, folder, coding=coding_of(topic, processes), rules=chosen, others=others
        )
        live = read_live_alerts(kafka, since, until) if compare_with == LIVE else None
        if topics:
            _say(f"results are in topics under {write_results(kafka, folder, manifest.id)}")
    except (KafkaError, NoSuchTopicError, NamespaceTakenError) as error:
        fail(str(error))
    alerts = read_alerts(folder)
    before = read_alerts(folder, COMPARED) if live is None else live
    if report is not None:
        counts = count_rows(alerts.values())
        pictures = report_of(folder, alerts, before, _places(wanted, folder))
        write_whole(report, render(pictures, done, compared=compare_with is not None, counts=counts))
    if openmetrics is not None:
        with openmetrics.open("w") as file:
            write_openmetrics(folder, file)
    if compare_with is None:
        _print_alerts(alerts, fmt)
    else:
        changes = compare(before, alerts, LIVE_TOLERANCE if live is not None else dt.timedelta(0))
        _print_changes(changes, wanted, folder, fmt)
    _say(f"{_counted(done)}; results in {folder}")
    if compare_with is not None and changes:
        raise typer.Exit(FOUND)


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
        _say("this replay was made before; its results are shown")
        return there
    if wanted.expired:
        _say(f"partitions {', '.join(map(str, wanted.expired))} begin later than --from: older records are gone")
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


def _pace(told: str) -> float:
    factor = re.fullmatch(r"(\d+(?:\.\d+)?)x?", told)
    if factor is None or not float(factor[1]):
        fail(f"--pace: a factor such as 600x, not {told!r}", USAGE)
    return float(factor[1])


def _drill(kafka: KafkaSettings, wanted: TopicRange, manifest: Manifest, pace: float, *, shift: bool) -> None:
    """Play the articles again; worker, deliverer and Alertmanager see them as if live."""
    if not wanted.topic.endswith(Topic.ARTICLES):
        fail("--pace plays articles; leave --topic out", USAGE)
    prefix = namespace(kafka, manifest.id).topic_prefix
    _say("In other terminals, each with a state folder of its own, since outbox and resume points live there:")
    _say(
        f"  DETENTE_KAFKA_TOPIC_PREFIX={prefix} DETENTE_STATE_DIR=drill DETENTE_SILENCE_CHECK_SECONDS=0 detente worker"
    )
    _say(f"  DETENTE_KAFKA_TOPIC_PREFIX={prefix} DETENTE_STATE_DIR=drill detente deliver")
    last = max((known.at for known in read_range(kafka, wanted)), default=None) if shift else None
    with shown(wanted.size) as watch:
        count = play(
            kafka,
            manifest.id,
            _watched(read_range(kafka, wanted), watch),
            pace,
            last=last,
            clock=lambda: dt.datetime.now(dt.UTC),
            sleep=time.sleep,
        )
    _say(f"{count:,} articles played into {prefix}{Topic.ARTICLES}")


def _watched(records: Iterator[Known], watch: Watch) -> Iterator[Known]:
    for record in records:
        yield record
        watch(record.at)


def _print_alerts(alerts: Mapping[str, Alert], fmt: Format) -> None:
    emit((alert_row(alert, fmt) for alert in alerts.values()), COLUMNS, fmt)
    if fmt is Format.TABLE:
        emit(count_rows(alerts.values()), COUNTS, fmt, title="Alerts by month, dyad and rule")


def _print_changes(changes: Sequence[Change], wanted: TopicRange, folder: Path, fmt: Format) -> None:
    places = _places(wanted, folder)
    emit((change_row(change, fmt, places) for change in changes), CHANGES, fmt)
    if not changes:
        _say("no alert differs")


def _places(wanted: TopicRange, folder: Path) -> dict[str, str]:
    return {key: f"{wanted.topic}/{place.partition}/{place.offset}" for key, place in read_places(folder).items()}


def _counted(done: Manifest) -> str:
    counts = done.counts
    unread = f", {counts['unreadable']:,} unreadable" if counts["unreadable"] else ""
    return f"{counts['records']:,} records{unread}, {counts['signals']:,} signals, {counts['alerts']:,} alerts"


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.replace(tzinfo=dt.UTC) if moment is not None and moment.tzinfo is None else moment


def _say(line: str) -> None:
    Console(stderr=True, highlight=False).print(line, soft_wrap=True, markup=False)
