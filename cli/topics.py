"""``detente topics``: make the topics, and check that they are as they must be."""

import datetime as dt
from typing import Annotated

import typer
from kafka.errors import KafkaError

from cli.kafka_settings import kafka_settings
from cli.output import FOUND, Format, emit, fail
from runtime.topic_admin import MissingTopicsError, ensure_topics
from runtime.topic_check import Finding, check_topics, fix_topics

app = typer.Typer(
    help="Make the topics, and check partitions, retention, compaction and replication.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COLUMNS = {"topic": "topic", "fault": "fault", "setting": "setting", "found": "found", "wanted": "wanted"}


@app.command()
def create(
    partitions: Annotated[int | None, typer.Option(min=1, max=1024, help="Of each partitioned topic.")] = None,
    replication_factor: Annotated[int | None, typer.Option(min=1, help="Copies of each partition.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Set what is set otherwise, where that loses nothing.")] = False,
) -> None:
    """Make the topics that are missing. What is there is left as it is, unless --fix is given.

    Example: detente topics create --partitions 8 --replication-factor 3
    """
    given = {"partitions": partitions, "replication_factor": replication_factor}
    kafka = kafka_settings().model_copy(update={key: value for key, value in given.items() if value is not None})
    try:
        for name in ensure_topics(kafka):
            typer.echo(f"made {name}")
        if fix:
            for mended in fix_topics(kafka, check_topics(kafka)):
                typer.echo(f"set {mended.setting} of {mended.topic} to {mended.wanted}; it was {mended.found}")
        left = check_topics(kafka)
    except (KafkaError, MissingTopicsError) as error:
        fail(str(error))
    _end(left, Format.TABLE)


@app.command()
def check(
    since: Annotated[
        dt.datetime | None, typer.Option("--from", help="Also: whether a replay from then on finds all it needs.")
    ] = None,
    fmt: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """List what is not as it must be; the exit code is then 1.

    Example: detente topics check --from 2022-08-01
    """
    if since is not None and since.tzinfo is None:
        since = since.replace(tzinfo=dt.UTC)
    try:
        found = check_topics(kafka_settings(), since)
    except KafkaError as error:
        fail(str(error))
    _end(found, fmt)


def _end(found: list[Finding], fmt: Format) -> None:
    emit((finding.model_dump(mode="json") for finding in found), COLUMNS, fmt)
    if found:
        raise typer.Exit(FOUND)
    typer.echo("all topics are as they must be", err=True)
