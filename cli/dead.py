"""``detente dead``: look at what could not be read, and send it back once the reason is gone."""

import base64
import datetime as dt
from typing import Annotated, Any

import typer
from kafka import KafkaProducer
from kafka.consumer.fetcher import ConsumerRecord
from kafka.errors import KafkaError
from pydantic import ValidationError

from cli.kafka_settings import kafka_settings
from cli.output import FOUND, USAGE, Format, emit, fail
from detente.topics import Topic
from runtime.dead_letters import DeadLetterHeaders
from runtime.kafka_clients import MAX_REQUEST_BYTES, kafka_python_options
from runtime.settings import KafkaSettings
from runtime.topic_reader import NoSuchTopicError, read_to_end

DEAD_TOPICS = tuple(topic for topic in Topic if topic.value.endswith(".dead"))
COLUMNS = {
    "dead_offset": "offset",
    "at": "at",
    "stage": "stage",
    "cause": "cause",
    "detail": "detail",
    "place": "from",
    "size": "bytes",
}

app = typer.Typer(add_completion=False, help="Look at dead letters, and send them back.", no_args_is_help=True)

TopicOption = Annotated[str, typer.Option(help="Which dead letters: of articles, signals, transitions or alerts.")]


@app.command("list")
def list_(
    topic: TopicOption = "articles",
    fmt: Annotated[Format, typer.Option("--format", help="How to print; jsonl holds the bytes.")] = Format.TABLE,
) -> None:
    """List the dead letters of a topic; exit code 1 if there are any.

    Example: detente dead list --topic articles
    """
    kafka = kafka_settings()
    letters = [_describe(record, raw=fmt is Format.JSONL) for record in _read(kafka, _dead_topic(topic))]
    if not letters:
        typer.echo(f"no dead letters of {topic}", err=True)
        return
    emit(letters, COLUMNS, fmt)
    raise typer.Exit(FOUND)


@app.command()
def redrive(
    topic: TopicOption = "articles",
    offset: Annotated[list[int] | None, typer.Option(help="Only the letter at this offset; may be repeated.")] = None,
    cause: Annotated[str | None, typer.Option(help="Only letters of this cause, such as failed.")] = None,
) -> None:
    """Send dead letters back to the topic that they came from, with their own key, bytes and timestamp.

    The letters stay where they are. Sending one twice does no harm: every stage is idempotent.

    Example: detente dead redrive --topic articles --cause failed
    """
    kafka = kafka_settings()
    chosen = [
        (record, headers)
        for record in _read(kafka, _dead_topic(topic))
        if (headers := _headers(record)) is not None
        and (not offset or record.offset in offset)
        and cause in (None, headers.cause)
    ]
    if not chosen:
        fail(f"no dead letters of {topic} that match")
    producer = KafkaProducer(acks="all", max_request_size=MAX_REQUEST_BYTES, **kafka_python_options(kafka))
    try:
        sent = [
            producer.send(headers.topic, key=record.key, value=record.value, timestamp_ms=headers.timestamp or None)
            for record, headers in chosen
        ]
        for future in sent:
            future.get(timeout=60)
    except KafkaError as error:
        fail(f"could not send all of them back: {error}")
    finally:
        producer.close()
    typer.echo(f"sent {len(sent)} back to {', '.join(sorted({headers.topic for _, headers in chosen}))}")


def _dead_topic(name: str) -> Topic:
    wanted = f"{name}.dead"
    if wanted not in {topic.value for topic in DEAD_TOPICS}:
        names = ", ".join(topic.value.removesuffix(".dead") for topic in DEAD_TOPICS)
        fail(f"{name!r} has no dead letters; these have: {names}", USAGE)
    return Topic(wanted)


def _read(kafka: KafkaSettings, topic: Topic) -> list[ConsumerRecord]:
    try:
        return list(read_to_end(kafka, topic.named(kafka.topic_prefix)))
    except (KafkaError, NoSuchTopicError) as error:
        fail(str(error))


def _headers(record: ConsumerRecord) -> DeadLetterHeaders | None:
    try:
        return DeadLetterHeaders.from_kafka(list(record.headers))
    except ValidationError:
        return None  # not written by us: it is listed, but we do not know where it belongs


def _describe(record: ConsumerRecord, *, raw: bool) -> dict[str, Any]:
    headers = _headers(record)
    described: dict[str, Any] = {
        "dead_offset": record.offset,
        "at": f"{dt.datetime.fromtimestamp(record.timestamp / 1000, dt.UTC):%Y-%m-%d %H:%M:%S}",
        "size": len(record.value or b""),
        **(headers.model_dump() if headers else {"stage": "?", "cause": "?", "detail": "no headers of ours"}),
    }
    if headers:
        described["place"] = f"{headers.topic}/{headers.partition}@{headers.offset}"
    if raw:
        described["key"] = None if record.key is None else record.key.decode(errors="replace")
        described["value_base64"] = base64.b64encode(record.value or b"").decode()
    return described
