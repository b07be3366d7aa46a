"""How every command prints records, and how it says that something is wrong: one line on standard error."""

import json
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NoReturn

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

FOUND = 1
"""Exit code: something was found or failed."""
USAGE = 2
"""Exit code: the command was called wrongly."""


SHORT_CELL = 24
"""Columns of cells up to this long are never wrapped: dates, codes and names stay whole."""

UNBOUNDED = 4_000


class Format(StrEnum):
    """The value of ``--format``."""

    TABLE = "table"
    JSONL = "jsonl"


def fail(message: str, code: int = FOUND) -> NoReturn:
    """Say what is wrong in one line and end with that exit code."""
    print(f"detente: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201
    raise typer.Exit(code)


def say(line: str) -> None:
    """Tell a person something that is no result: on standard error, as it is."""
    Console(stderr=True, highlight=False).print(line, soft_wrap=True, markup=False)


def emit(
    records: Iterable[Mapping[str, Any]], columns: Mapping[str, str], fmt: Format, title: str | None = None
) -> int:
    """Print records (JSON-ready mappings) and return how many there were.

    JSON Lines are written as they come, whole; a table waits for all and shows ``columns`` (key to heading).
    """
    if fmt is Format.JSONL:
        count = 0
        for record in records:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
        return count
    rows = [[_cell(record.get(key)) for key in columns] for record in records]
    if not rows:
        return 0
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for number, heading in enumerate(columns.values()):
        longest = max((len(row[number]) for row in rows), default=0)
        table.add_column(heading, no_wrap=longest <= SHORT_CELL, min_width=min(longest, SHORT_CELL), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=UNBOUNDED)  # a pipe has no width: rows stay whole
    console.print(table)
    return len(rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(_cell(item) for item in value)
    return str(value)
