"""``detente alerts``: what is alerted now, who has taken it up, and what is silenced."""

import asyncio
import datetime as dt
import getpass
from collections.abc import Iterator
from typing import Annotated, Any

import aiohttp
import typer
from kafka import KafkaProducer
from kafka.errors import KafkaError
from pydantic import TypeAdapter, ValidationError

from alerts.delivery.silences import Silence, Silences
from cli.kafka_settings import kafka_settings
from cli.output import FOUND, USAGE, Format, emit, fail
from detente import wire
from detente.alerts.acknowledgement import Ack, standing_of
from detente.alerts.alert import Alert
from detente.topics import Topic
from detente.vocabulary import Channel, Severity
from runtime.kafka_clients import kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_admin import MissingTopicsError, ensure_topics
from runtime.topic_reader import NoSuchTopicError, read_latest

LIST = {
    "id": "id",
    "fired_at": "fired",
    "severity": "severity",
    "dyad": "dyad",
    "channel": "channel",
    "standing": "stands",
    "acknowledged": "taken up by",
    "summary": "summary",
}
SILENCES = {"id": "id", "matchers": "silences", "ends_at": "until", "created_by": "by", "comment": "comment"}
TIMEOUT = aiohttp.ClientTimeout(total=10)

app = typer.Typer(help="Look at alerts, take them up, and silence them.", no_args_is_help=True)

FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]
By = Annotated[str | None, typer.Option(help="Who does it; the user of this machine if left out.")]
Comment = Annotated[str, typer.Option(help="Why.")]


@app.command("list")
def list_alerts(
    *,
    active: Annotated[bool, typer.Option("--active", help="Only those that still hold.")] = False,
    severity: Annotated[Severity | None, typer.Option(help="Only this severity.")] = None,
    dyad: Annotated[str | None, typer.Option(help="Only this dyad.")] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show alerts in their newest version, the newest last.

    Example: detente alerts list --active
    """
    alerts, acks = _read(kafka_settings())
    now = dt.datetime.now(dt.UTC)
    chosen = [
        alert
        for alert in sorted(alerts.values(), key=lambda alert: (alert.fired_at, alert.id))
        if (not active or alert.is_active(now)) and severity in (None, alert.severity) and dyad in (None, alert.dyad)
    ]
    emit((_row(alert, acks, now, fmt) for alert in chosen), LIST, fmt)


@app.command()
def show(
    alert: Annotated[str, typer.Argument(help="An alert's id, or its beginning.")], fmt: FormatOption = Format.TABLE
) -> None:
    """Show one alert with all that is known of it.

    Example: detente alerts show 3f2a
    """
    alerts, acks = _read(kafka_settings())
    found = _one(alerts, alert)
    row = _row(found, acks, dt.datetime.now(dt.UTC), Format.JSONL)
    if fmt is Format.JSONL:
        emit([row], {}, fmt)
        return
    row["event_date"] = str(found.event_date)
    row["evidence"] = "\n".join(sentence.text for sentence in found.evidence)
    row["articles"] = "\n".join(
        f"{article.publisher or ''} {article.url or article.title}" for article in found.articles
    )
    fields = ({"field": name, "value": value} for name, value in row.items() if value not in (None, "", [], {}))
    emit(fields, {"field": "field", "value": "value"}, fmt)


@app.command()
def ack(
    alert: Annotated[str, typer.Argument(help="An alert's id, or its beginning.")],
    *,
    by: By = None,
    comment: Comment = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the acknowledgement back.")] = False,
) -> None:
    """Take an alert up: nobody is notified of it again until it changes state.

    Example: detente alerts ack 3f2a --by desk --comment "calling the embassy"
    """
    kafka = kafka_settings()
    alerts, _ = _read(kafka)
    found = _one(alerts, alert)
    try:
        made = Ack(
            alert_id=found.id,
            standing=standing_of(found),
            by=by or getpass.getuser(),
            comment=comment,
            at=dt.datetime.now(dt.UTC),
        )
    except ValidationError as error:
        fail(error.errors(include_input=False)[0]["msg"], USAGE)
    _store(kafka, found.id, None if undo else made)
    typer.echo(f"{'no longer taken up' if undo else f'taken up by {made.by}'}: {found.summary}", err=True)


@app.command()
def silence(
    alertmanager: Annotated[
        str, typer.Option(envvar="DETENTE_DELIVER_ALERTMANAGER", help="The Alertmanager's address.")
    ],
    *,
    dyad: Annotated[str | None, typer.Option(help="Silence this dyad.")] = None,
    channel: Annotated[Channel | None, typer.Option(help="Silence this channel.")] = None,
    rule: Annotated[str | None, typer.Option(help="Silence this rule.")] = None,
    severity: Annotated[Severity | None, typer.Option(help="Silence this severity.")] = None,
    label: Annotated[list[str] | None, typer.Option(help="Silence this label: name=value.")] = None,
    hours: Annotated[float, typer.Option("--for", min=0.01, max=24 * 366, help="For so many hours.")] = 2.0,
    by: By = None,
    comment: Comment = "",
    expire: Annotated[str | None, typer.Option(help="End the silence of this id instead.")] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Make a silence in Alertmanager, or end one; with neither, list them.

    Example: detente alerts silence --alertmanager http://localhost:9093 --dyad CHN-USA --for 4 --comment "summit week"
    """
    matchers = {"dyad": dyad, "channel": channel, "rule": rule, "severity": severity} | _labels(label or [])
    given = {name: str(value) for name, value in matchers.items() if value is not None}
    now = dt.datetime.now(dt.UTC)

    async def work() -> list[Silence]:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
            silences = Silences(session, alertmanager)
            if expire is not None:
                await silences.expire(expire)
            elif given:
                ends = now + dt.timedelta(hours=hours)
                await silences.create(given, now, ends, by or getpass.getuser(), comment)
            return await silences.listed()

    try:
        listed = asyncio.run(work())
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        fail(f"Alertmanager at {alertmanager}: {error or type(error).__name__}")
    emit((one._asdict() | _matchers(one, fmt) for one in listed), SILENCES, fmt)


def _read(kafka: KafkaSettings) -> tuple[dict[str, Alert], dict[str, Ack]]:
    try:
        alerts = _values(kafka, Topic.ALERTS, Alert)
        return {alert.id: alert for alert in alerts}, {one.alert_id: one for one in _values(kafka, Topic.ACKS, Ack)}
    except (KafkaError, NoSuchTopicError) as error:
        fail(str(error))


def _values(kafka: KafkaSettings, topic: Topic, kind: type[wire.V]) -> Iterator[wire.V]:
    for record in read_latest(kafka, topic.named(kafka.topic_prefix)).values():
        try:
            yield wire.decode(record.value, kind)
        except wire.PoisonError as poison:
            typer.echo(f"detente: a record of {topic} is left out: {poison}", err=True)


def _one(alerts: dict[str, Alert], beginning: str) -> Alert:
    found = [alert for alert in alerts.values() if alert.id.startswith(beginning)]
    if len(found) != 1:
        fail(f"{len(found) or 'no'} alerts have an id that begins with {beginning!r}", FOUND)
    return found[0]


def _row(alert: Alert, acks: dict[str, Ack], now: dt.datetime, fmt: Format) -> dict[str, Any]:
    taken = acks.get(alert.id)
    row = alert.model_dump(mode="json") | {
        "active": alert.is_active(now),
        "standing": f"{alert.status.value}, {'active' if alert.is_active(now) else 'over'}",
        "acknowledged": taken.by if taken is not None and taken.holds_for(alert) else None,
    }
    if fmt is Format.TABLE:
        row |= {"id": alert.id[:8], "fired_at": f"{alert.fired_at:%Y-%m-%d %H:%M}"}
    return row


def _store(kafka: KafkaSettings, alert_id: str, made: Ack | None) -> None:
    try:
        ensure_topics(kafka)
        producer = KafkaProducer(acks="all", **kafka_python_options(kafka))
        try:
            value = None if made is None else wire.encode(made)
            producer.send(Topic.ACKS.named(kafka.topic_prefix), key=alert_id.encode(), value=value).get(timeout=30)
        finally:
            producer.close(timeout=10)
    except (KafkaError, MissingTopicsError) as error:
        fail(str(error))


def _labels(pairs: list[str]) -> dict[str, str]:
    try:
        return TypeAdapter(dict[str, str]).validate_python(dict(pair.split("=", 1) for pair in pairs))
    except ValueError:
        fail("a label is given as name=value", USAGE)


def _matchers(one: Silence, fmt: Format) -> dict[str, Any]:
    if fmt is Format.JSONL:
        return {}
    return {"matchers": ", ".join(f"{name}={value}" for name, value in one.matchers.items())}
