"""``detente archive``: topics into compressed files and back."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from kafka.errors import KafkaError

from archives.archive_file import SUFFIX, ArchiveError, read_archive
from archives.topics_to_files import export_topic, import_archive
from cli.kafka_settings import kafka_settings
from cli.output import fail
from cli.replay_progress import shown
from detente.topics import Topic
from runtime.topic_admin import ensure_topics
from runtime.topic_range import plan_range
from runtime.topic_reader import NoSuchTopicError

app = typer.Typer(
    help="Keep topics in compressed files, and bring them back.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command("export")
def export(
    topic: Annotated[Topic, typer.Argument(help="The topic, without the prefix.")],
    out: Annotated[Path, typer.Option(help=f"The file; its name ends in {SUFFIX}.")],
    since: Annotated[dt.datetime | None, typer.Option("--from", help="From when (UTC); else the beginning.")] = None,
    until: Annotated[dt.datetime | None, typer.Option("--to", help="Until before when (UTC); else the end.")] = None,
) -> None:
    """Write a topic's records to a file: order, keys, headers and times are kept. Touches no group's offsets.

    Example: detente archive export articles --out 2023.archive.gz --from 2023-01-01 --to 2024-01-01
    """
    if not out.name.endswith(SUFFIX):
        fail(f"--out: a name that ends in {SUFFIX}, so that other commands know what it is", 2)
    kafka = kafka_settings()
    try:
        wanted = plan_range(kafka, topic.named(kafka.topic_prefix), _utc(since), _utc(until))
        with shown(wanted.size) as watch:
            count = export_topic(kafka, wanted, out, lambda at: watch(_moment(at)))
    except (KafkaError, NoSuchTopicError, OSError) as error:
        fail(str(error))
    typer.echo(f"{count:,} records of {wanted.topic} in {out}", err=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The archive.")],
    topic: Annotated[Topic | None, typer.Option(help="The topic; else the one that the archive is of.")] = None,
    append: Annotated[bool, typer.Option("--append", help="Add to a topic that has records.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an import that was interrupted.")] = False,
) -> None:
    """Write an archive's records to a topic, with their times, keys and headers.

    Example: detente archive import 2023.archive.gz
    """
    kafka = kafka_settings()
    try:
        with read_archive(file) as (header, _):
            chosen = topic or next((t for t in Topic if header.topic.endswith(f".{t}") or header.topic == t), None)
        if chosen is None:
            fail(f"the archive is of {header.topic}; name a topic with --topic", 2)
        name = chosen.named(kafka.topic_prefix)
        ensure_topics(kafka)
        total = sum(end - start for start, end in header.offsets.values())
        with shown(total) as watch:
            count = import_archive(kafka, file, name, append=append, resume=resume, watch=lambda at: watch(_moment(at)))
    except (KafkaError, NoSuchTopicError, ArchiveError, OSError) as error:
        fail(str(error))
    typer.echo(f"{count:,} records in {name}", err=True)


def _moment(milliseconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.replace(tzinfo=dt.UTC) if moment is not None and moment.tzinfo is None else moment
