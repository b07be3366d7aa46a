"""``detente contacts``: the present state of every contact, or one dyad's timeline, read from the ``contacts`` topic."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from kafka.errors import KafkaError

from cli.kafka_settings import kafka_settings
from cli.output import USAGE, Format, emit, fail
from detente import wire
from detente.contacts.contact import Contact, Encounter
from detente.topics import Topic
from detente.vocabulary import Channel
from runtime.topic_reader import NoSuchTopicError, read_latest

STATES = {
    "contact": "contact",
    "high": "high",
    "high_since": "since",
    "working": "working",
    "working_since": "since",
    "encounters": "events",
    "watermark": "last heard",
}
TIMELINE = {
    "event_date": "date",
    "contact": "contact",
    "mode": "what",
    "level": "level",
    "status": "status",
    "publishers": "publishers",
    "evidence": "evidence",
}


def contacts(
    dyad: Annotated[str | None, typer.Argument(help="Two party codes such as CHN-USA: show that timeline.")] = None,
    channel: Annotated[Channel | None, typer.Option(help="Only this channel.")] = None,
    fmt: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Show the present state of contacts, and of one dyad the timeline of encounters.

    Example: detente contacts CHN-USA --channel military
    """
    if dyad is not None:
        dyad = "-".join(sorted(dyad.upper().split("-")))
        if dyad.count("-") != 1:
            fail(f"a dyad is two party codes such as CHN-USA, not {dyad!r}", USAGE)
    kafka = kafka_settings()
    try:
        records = read_latest(kafka, Topic.CONTACTS.named(kafka.topic_prefix))
    except (KafkaError, NoSuchTopicError) as error:
        fail(str(error))
    known = sorted((wire.decode(record.value, Contact) for record in records.values()), key=lambda c: c.key)
    chosen = [c for c in known if dyad in (None, c.dyad) and channel in (None, c.channel)]
    if not chosen:
        fail(f"nothing is known of {dyad or 'any contact'} yet")
    if dyad is None or fmt is Format.JSONL:
        emit((_state(contact, whole=fmt is Format.JSONL) for contact in chosen), STATES, fmt)
    else:
        emit((_state(contact, whole=False) for contact in chosen), STATES, fmt)
        emit(_timeline(chosen), TIMELINE, fmt, title="Timeline")


def _state(contact: Contact, *, whole: bool) -> dict[str, Any]:
    if whole:
        return contact.model_dump(mode="json")
    return {
        "contact": contact.key,
        "high": contact.high.state.value,
        "high_since": contact.high.since,
        "working": contact.working.state.value,
        "working_since": contact.working.since,
        "encounters": len(contact.encounters),
        "watermark": f"{contact.watermark:%Y-%m-%d %H:%M}",
    }


def _timeline(chosen: list[Contact]) -> Iterator[dict[str, Any]]:
    told = [(contact, encounter) for contact in chosen for encounter in contact.encounters]
    for contact, encounter in sorted(told, key=lambda pair: str(pair[1].event_date)):
        yield _entry(contact, encounter)


def _entry(contact: Contact, encounter: Encounter) -> dict[str, Any]:
    return {
        "event_date": encounter.event_date,
        "contact": contact.key,
        "mode": encounter.mode.value,
        "level": encounter.level.value,
        "status": encounter.status.value,
        "publishers": encounter.publishers,
        "evidence": encounter.reports[0].evidence,
    }
