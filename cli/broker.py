"""``detente broker``: a real single-node Apache Kafka on loopback, for machines without Docker or a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from broker import local_broker, volatile_broker
from broker.broker_info import BrokerFiles, BrokerInfo
from broker.errors import BrokerError
from broker.jars import Progress as OnProgress
from cli.output import FOUND, USAGE, Format, emit, fail
from detente.topics import Topic
from runtime.settings import KafkaSettings, Settings

DEFAULT_PORT = 19092
COLUMNS = {
    "kind": "broker",
    "version": "version",
    "bootstrap_servers": "address",
    "pid": "process",
    "directory": "folder",
}

app = typer.Typer(
    add_completion=False, help="A real single-node Apache Kafka on loopback, for machines without Docker or a cluster."
)

Directory = Annotated[
    Path | None, typer.Option("--dir", help="Folder of its data and log. [default: 'broker' in the state folder]")
]


@app.command(epilog='Example: eval "$(detente broker start)"')
def start(
    directory: Directory = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=1, max=65535, help=f"Port on loopback. [default: that of its last start, else {DEFAULT_PORT}]"
        ),
    ] = None,
    volatile: Annotated[
        bool, typer.Option("--volatile", help="librdkafka's mock instead: no Java, memory only, any free port.")
    ] = False,
) -> None:
    """Start it, or find the one that runs; standard output is what a shell needs to use it."""
    with _one_clear_line(), fetching_bar() as on_progress:
        folder = _folder(directory)
        info = local_broker.start(
            folder, None if volatile else port or _usual_port(folder), volatile=volatile, progress=on_progress
        )
        if info.kind == "volatile":
            volatile_broker.make_topics(info, (topic.named(KafkaSettings().topic_prefix) for topic in Topic))
    typer.echo(_in_words(info), err=True)
    for name, value in info.environment.items():
        typer.echo(f"export {name}={value}")


@app.command(epilog="Example: detente broker stop")
def stop(directory: Directory = None) -> None:
    """Stop it cleanly; its data stay. No broker is fine too."""
    with _one_clear_line():
        folder = _folder(directory)
        stopped = local_broker.stop(folder)
    typer.echo("stopped" if stopped else f"no broker runs in {folder}", err=True)


@app.command(epilog="Example: detente broker status --format jsonl")
def status(
    directory: Directory = None,
    fmt: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Show the broker that runs; exit code 1 if there is none."""
    with _one_clear_line():
        folder = _folder(directory)
        info = local_broker.status(folder)
    if info is None:
        fail(f"no broker runs in {folder}", FOUND)
    emit([info.model_dump(mode="json")], COLUMNS, fmt)


def _folder(directory: Path | None) -> Path:
    return (directory or Settings().state_dir / "broker").absolute()


def _usual_port(folder: Path) -> int | None:
    """The default, unless a port is known from this broker's earlier life."""
    files = BrokerFiles(directory=folder)
    return None if files.record.exists() or files.remembered_port() else DEFAULT_PORT


def _in_words(info: BrokerInfo) -> str:
    if info.kind == "volatile":
        return f"a volatile broker (librdkafka {info.version}, memory only) runs on {info.bootstrap_servers}"
    return f"Apache Kafka {info.version} runs on {info.bootstrap_servers}, process {info.pid}, in {info.directory}"


@contextmanager
def _one_clear_line() -> Iterator[None]:
    try:
        yield
    except BrokerError as cause:
        fail(str(cause))
    except ValidationError as cause:
        first = cause.errors(include_url=False, include_input=False)[0]
        fail(f"settings: {'.'.join(map(str, first['loc']))}: {first['msg']}", USAGE)


@contextmanager
def fetching_bar() -> Iterator[OnProgress]:
    """A bar while Kafka's jars are fetched, on a terminal only."""
    console = Console(stderr=True)
    columns = TextColumn("fetching Apache Kafka"), BarColumn(), MofNCompleteColumn(), TextColumn("jars")
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("jars", visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)
