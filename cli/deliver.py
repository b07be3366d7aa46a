"""``detente deliver``: the composition root of the deliverer."""

import asyncio
import datetime as dt
import os
import signal
import sqlite3
from pathlib import Path
from typing import Annotated, Any

import typer
from aiokafka.errors import KafkaError
from kafka.errors import KafkaError as KafkaPythonError
from pydantic import ValidationError

from alerts.delivery.acks import AckBook
from alerts.delivery.deliverer import Deliverer
from alerts.delivery.dry_run import Planned, planned
from alerts.delivery.outbox import Outbox
from alerts.delivery.outbox_file import OutboxError, open_outbox, outbox_copy
from alerts.delivery.planning import State
from alerts.delivery.receiver import Manner
from alerts.delivery.receivers_file import Destination, ReceiversFile, destinations
from alerts.rule_files import RuleError, read
from cli.kafka_settings import kafka_settings
from cli.output import USAGE, Format, emit, fail
from runtime import logs
from runtime.health import Health, serve
from runtime.settings import KafkaSettings, Settings
from runtime.topic_admin import MissingTopicsError, ensure_topics
from runtime.topic_reader import NoSuchTopicError

DEFAULT_PORT = 9463
OUTBOX = "outbox.sqlite"
COLUMNS = {"receiver": "receiver", "plan": "would be", "summary": "alert", "status": "status", "version": "version"}


def deliver(
    *,
    terminal: Annotated[bool, typer.Option(help="Print alerts on standard output.")] = True,
    log: Annotated[
        Path | None, typer.Option(envvar="DETENTE_DELIVER_LOG", help="Append alerts to this JSON Lines file.")
    ] = None,
    alertmanager: Annotated[
        str | None,
        typer.Option(envvar="DETENTE_DELIVER_ALERTMANAGER", help="Post alerts to the Alertmanager at this URL."),
    ] = None,
    resend: Annotated[
        float, typer.Option(min=1, max=1800, help="Seconds after which Alertmanager is told again of active alerts.")
    ] = 60.0,
    receivers: Annotated[
        Path | None,
        typer.Option(
            envvar="DETENTE_DELIVER_RECEIVERS", help="A file of receivers and routes, instead of the options above."
        ),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="End when all that is in Kafka now has been delivered.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be delivered; reach nobody.")] = False,
    fmt: Annotated[Format, typer.Option("--format", help="How --dry-run prints.")] = Format.TABLE,
    http_port: Annotated[int | None, typer.Option(help="Where /live, /ready and /metrics are served.")] = None,
) -> None:
    """Deliver alerts to people until told to stop: at least once to each receiver, and not again after a restart.

    Example: detente deliver --log alerts.jsonl --alertmanager http://localhost:9093
    """
    settings, kafka = Settings(), kafka_settings()
    logs.configure(settings.log_level, settings.log_format)
    chosen = _from_file(receivers) if receivers else _from_options(terminal, log, alertmanager, resend)
    outbox = settings.state_dir / OUTBOX
    try:
        if dry_run:
            _print_plan(kafka, outbox, [destination.manner for destination in chosen], fmt)
            return
        ensure_topics(kafka)
        with open_outbox(outbox) as opened:
            _serve(settings, http_port, kafka, opened, chosen, once=once)
    except MissingTopicsError as error:
        fail(str(error), USAGE)
    except (OutboxError, NoSuchTopicError) as error:
        fail(str(error))
    except (KafkaError, KafkaPythonError) as error:
        fail(f"Kafka: {error!r}")
    except sqlite3.Error as error:
        fail(f"the outbox {outbox}: {error}")


def _from_file(file: Path) -> list[Destination]:
    try:
        return list(destinations(read(file, ReceiversFile)))
    except RuleError as error:
        fail(str(error), USAGE)
    except (OSError, ValueError) as error:
        fail(f"--receivers: {error}", USAGE)


def _from_options(terminal: bool, log: Path | None, alertmanager: str | None, resend: float) -> list[Destination]:
    entries: list[dict[str, Any]] = [{"name": "terminal", "terminal": {}}] if terminal else []
    if log is not None:
        entries.append({"name": "log", "log": {"path": log}})
    if alertmanager is not None:
        config = {"url": alertmanager, "resend_every": dt.timedelta(seconds=resend)}
        entries.append({"name": "alertmanager", "alertmanager": config})
    if not entries:
        fail("nobody to deliver to: give --receivers, --log, --alertmanager or --terminal", USAGE)
    try:
        return list(destinations(ReceiversFile.model_validate({"receivers": entries})))
    except ValidationError as error:
        fail(f"--alertmanager: {error.errors(include_input=False)[0]['msg']}", USAGE)


def _serve(
    settings: Settings,
    http_port: int | None,
    kafka: KafkaSettings,
    outbox: Outbox,
    chosen: list[Destination],
    *,
    once: bool,
) -> None:
    health = Health()
    port = next(p for p in (http_port, settings.http_port, DEFAULT_PORT) if p is not None)
    try:
        server, port = serve(health, settings.http_host, port)
    except OSError as error:
        fail(f"cannot serve health on {settings.http_host}:{port}: {os.strerror(error.errno or 0)}")
    logs.logger(__name__).info("started", health=f"http://{settings.http_host}:{port}/ready", outbox=OUTBOX)
    try:
        asyncio.run(_run(kafka, outbox, chosen, health, once=once))
    except ExceptionGroup as group:  # of tasks: the first that failed ended the others
        raise group.exceptions[0] from group
    finally:
        server.shutdown()


async def _run(kafka: KafkaSettings, outbox: Outbox, chosen: list[Destination], health: Health, *, once: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    acks = AckBook()
    try:
        receivers = [destination.open(acks) for destination in chosen]
    except OSError as error:
        fail(f"{error.filename or 'a receiver'}: {error.strerror}", USAGE)
    except ValueError as error:
        fail(str(error), USAGE)
    deliverer = Deliverer(kafka, outbox, receivers, utc_now, acks)
    deliverer.watch(health)
    await deliverer.run(stop, once=once)


def _print_plan(kafka: KafkaSettings, outbox: Path, manners: list[Manner], fmt: Format) -> None:
    with outbox_copy(outbox) as copy:
        plans = sorted(planned(kafka, copy, manners, utc_now()), key=lambda plan: plan.alert.fired_at)
    emit((_row(plan) for plan in plans), COLUMNS, fmt)


def _row(plan: Planned) -> dict[str, Any]:
    said = "told" if plan.state is State.PENDING else plan.state.value
    return plan.alert.model_dump(mode="json") | {"receiver": plan.receiver, "plan": said}


def utc_now() -> dt.datetime:
    """The one clock of the deliverer."""
    return dt.datetime.now(dt.UTC)
