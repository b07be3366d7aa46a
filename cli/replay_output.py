"""What a replay shows when it is done: tables, what differs from other alerts, a page, a history for Prometheus."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cli.alert_tables import CHANGES, COLUMNS, COUNTS, alert_row, change_row, count_rows
from cli.output import Format, emit, say
from detente.alert_changes import compare
from detente.alerts.alert import Alert
from replay.contact_pictures import report_of
from replay.manifest import Manifest
from replay.openmetrics import write_openmetrics
from replay.report import render
from replay.results import COMPARED, read_alerts, read_places, write_whole

LIVE_TOLERANCE = dt.timedelta(hours=1)
"""Live, an alert is stamped when it fired; in a replay, when its article was known."""


class Replayed(NamedTuple):
    """A finished replay: its folder, the topic that it read, and what its alerts are compared with, if with anything."""

    manifest: Manifest
    folder: Path
    topic: str
    compared: bool
    live: Mapping[str, Alert] | None

    @property
    def before(self) -> Mapping[str, Alert]:
        """The alerts that it is compared with."""
        return read_alerts(self.folder, COMPARED) if self.live is None else self.live

    @property
    def places(self) -> dict[str, str]:
        """Where each article lies: topic, partition and offset."""
        return {
            key: f"{self.topic}/{place.partition}/{place.offset}" for key, place in read_places(self.folder).items()
        }


def write_files(done: Replayed, report: Path | None, openmetrics: Path | None) -> None:
    """The page and the history, if asked for."""
    if report is not None:
        alerts = read_alerts(done.folder)
        pictures = report_of(done.folder, alerts, done.before, done.places)
        page = render(pictures, done.manifest, compared=done.compared, counts=count_rows(alerts.values()))
        write_whole(report, page)
    if openmetrics is not None:
        with openmetrics.open("w") as file:
            write_openmetrics(done.folder, file)


def print_alerts(done: Replayed, fmt: Format) -> None:
    """Every alert, and in a table how many there were."""
    alerts = read_alerts(done.folder).values()
    emit((alert_row(alert, fmt) for alert in alerts), COLUMNS, fmt)
    if fmt is Format.TABLE:
        emit(count_rows(alerts), COUNTS, fmt, title="Alerts by month, dyad and rule")


def print_changes(done: Replayed, fmt: Format) -> bool:
    """What differs; whether anything does."""
    tolerance = dt.timedelta(0) if done.live is None else LIVE_TOLERANCE
    changes = compare(done.before, read_alerts(done.folder), tolerance)
    places = done.places
    emit((change_row(change, fmt, places) for change in changes), CHANGES, fmt)
    if not changes:
        say("no alert differs")
    return bool(changes)


def counted(done: Manifest) -> str:
    """The last line."""
    counts = done.counts
    unread = f", {counts['unreadable']:,} unreadable" if counts["unreadable"] else ""
    return f"{counts['records']:,} records{unread}, {counts['signals']:,} signals, {counts['alerts']:,} alerts"
