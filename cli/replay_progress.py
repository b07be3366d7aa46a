"""The progress of a long run: a bar with rate, date and time left on a terminal, and nothing in a pipe."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

EVERY = 200
"""Records between two drawings."""


@contextmanager
def shown(total: int) -> Iterator[Callable[[dt.datetime], None]]:
    """A function to be told of each record's time."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("replay", total=total, rate="")
        done = 0

        def watch(at: dt.datetime) -> None:
            nonlocal done
            done += 1
            if done % EVERY == 0:
                speed = progress.tasks[task].speed
                rate = f"{speed:,.0f}/s" if speed else ""
                progress.update(task, completed=done, description=f"{at:%Y-%m-%d}", rate=rate)

        yield watch
