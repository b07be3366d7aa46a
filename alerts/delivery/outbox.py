"""The durable outbox: one row per alert, version and receiver, so that a crash at any line loses and repeats nothing."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from alerts.delivery.planning import TOLD, Known, State, plan
from alerts.delivery.receiver import Manner
from detente.alerts.alert import Alert
from detente.alerts.inhibition import inhibitor_of, is_severance
from detente.wire import PoisonError, decode, encode
from runtime.logs import logger

KEPT_AFTER_END = timedelta(days=30)
"""How long the record of an alert that is over is kept."""


_log = logger(__name__)


class Incoming(NamedTuple):
    """A version of an alert as it was read from Kafka; ``taken_before``: it lies before the group's committed offset."""

    alert: Alert
    partition: int
    taken_before: bool = False


class Delivery(NamedTuple):
    """A version that is due at a receiver."""

    alert: Alert
    receiver: str
    state: State
    attempts: int
    """Before this one."""


class Outbox:
    """Each method is one transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Use a database that ``outbox_file`` has opened."""
        self._db = db
        self._severances: dict[str, Alert] | None = None

    def store(self, incoming: Iterable[Incoming], manners: Sequence[Manner], now: datetime) -> int:
        """Keep new versions and plan their delivery; what is known already changes nothing. Returns how many were new."""
        new = 0
        with self._db:
            for alert, partition, taken_before in incoming:
                known = self._newest(alert.id)
                new += self._keep(alert, partition, now)
                inhibited = self._is_inhibited(alert, now)
                for manner in manners:
                    told = Known(known, self._told(alert.id, manner.name), inhibited)
                    self._plan(alert, plan(alert, told, manner, now, taken_before=taken_before), manner, now)
        return new

    def due(self, manner: Manner, now: datetime, partitions: frozenset[int], limit: int = 100) -> list[Delivery]:
        """What is to be told now, the oldest first; versions of one alert in their order.

        Receivers that keep state are told only of partitions that are ours, since another deliverer may know better of
        the rest. What is told once is owed by whoever stored it.
        """
        rows = self._db.execute(
            """
            SELECT record, state, attempts, alert_id, version FROM deliveries AS d JOIN alerts USING (alert_id, version)
            WHERE receiver = ? AND due_at <= ? AND (? OR partition IN (SELECT value FROM json_each(?)))
            AND NOT EXISTS (
                SELECT 1 FROM deliveries AS earlier
                WHERE earlier.receiver = d.receiver AND earlier.alert_id = d.alert_id
                AND earlier.version < d.version AND earlier.due_at IS NOT NULL
            ) ORDER BY due_at, alerts.rowid LIMIT ?
            """,
            (manner.name, now.timestamp(), not manner.keeps_state, json.dumps(sorted(partitions)), limit),
        )
        return [
            Delivery(alert, manner.name, State(state), attempts)
            for record, state, attempts, alert_id, version in rows.fetchall()
            if (alert := self._readable(record, alert_id, version)) is not None
        ]

    def settle(self, delivery: Delivery, state: State, due_at: datetime | None, note: str, now: datetime) -> None:
        """Write down how an attempt went; if a newer version has taken over meanwhile, that stands."""
        due = due_at.timestamp() if due_at else None
        with self._db:
            self._db.execute(
                "UPDATE deliveries SET state = ?, due_at = ?, attempts = attempts + 1, note = ?, changed_at = ?"
                " WHERE alert_id = ? AND version = ? AND receiver = ? AND due_at IS NOT NULL",
                (state, due, note[:500], now.timestamp(), delivery.alert.id, delivery.alert.version, delivery.receiver),
            )

    def pending(self, manner: Manner, partitions: frozenset[int]) -> tuple[int, datetime | None]:
        """How many deliveries that are ours were not accepted yet, and when the oldest of them was stored."""
        count, oldest = self._db.execute(
            "SELECT count(*), min(stored_at) FROM deliveries JOIN alerts USING (alert_id, version)"
            " WHERE receiver = ? AND state = 'pending' AND due_at IS NOT NULL AND (? OR partition IN (SELECT value FROM json_each(?)))",
            (manner.name, not manner.keeps_state, json.dumps(sorted(partitions))),
        ).fetchone()
        return count, None if oldest is None else datetime.fromtimestamp(oldest, UTC)

    def states(self) -> list[tuple[str, int, str, State, str]]:
        """Every delivery: alert id, version, receiver, state and note; in the order in which the alerts were stored."""
        rows = self._db.execute(
            "SELECT alert_id, version, receiver, state, note FROM deliveries JOIN alerts USING (alert_id, version)"
            " ORDER BY alerts.rowid, receiver"
        )
        return [(alert, version, receiver, State(state), note) for alert, version, receiver, state, note in rows]

    def forget(self, now: datetime) -> int:
        """Drop what has been over for long and has nothing due; returns how many versions went."""
        before = (now - KEPT_AFTER_END).timestamp()
        with self._db:
            gone = self._db.execute(
                "DELETE FROM alerts WHERE active_until < ? AND stored_at < ? AND NOT EXISTS (SELECT 1 FROM deliveries d"
                " WHERE d.alert_id = alerts.alert_id AND d.version = alerts.version AND d.due_at IS NOT NULL)",
                (before, before),
            ).rowcount
            self._db.execute(
                "DELETE FROM deliveries WHERE NOT EXISTS (SELECT 1 FROM alerts a"
                " WHERE a.alert_id = deliveries.alert_id AND a.version = deliveries.version)"
            )
        return gone

    def _readable(self, record: bytes, alert_id: str, version: int) -> Alert | None:
        """The stored alert; one that another version of detente stored and this one cannot read is given up."""
        try:
            return decode(record, Alert)
        except PoisonError as poison:
            _log.error("stored_alert_unreadable", alert=alert_id, version=version, reason=str(poison))
            with self._db:
                self._db.execute(
                    "UPDATE deliveries SET state = 'refused', due_at = NULL, note = ?"
                    " WHERE alert_id = ? AND version = ? AND due_at IS NOT NULL",
                    (str(poison)[:500], alert_id, version),
                )
            return None

    def _is_inhibited(self, alert: Alert, now: datetime) -> bool:
        """Whether a severance that lies here covers the alert; a severance is noted for those to come."""
        if self._severances is None:
            rows = self._db.execute("SELECT record FROM alerts WHERE active_until > ?", (now.timestamp(),)).fetchall()
            known = [decode(record, Alert) for (record,) in rows if b"severance" in record]
            self._severances = {one.id: one for one in sorted(known, key=lambda one: one.version)}
        if is_severance(alert):
            earlier = self._severances.get(alert.id)
            if earlier is None or earlier.version <= alert.version:
                self._severances[alert.id] = alert
        return inhibitor_of(alert, self._severances.values(), now) is not None

    def _newest(self, alert_id: str) -> int:
        row = self._db.execute("SELECT max(version) FROM alerts WHERE alert_id = ?", (alert_id,)).fetchone()
        return row[0] or 0

    def _told(self, alert_id: str, receiver: str) -> bool:
        marks = ", ".join("?" * len(TOLD))
        query = f"SELECT 1 FROM deliveries WHERE alert_id = ? AND receiver = ? AND state IN ({marks}, 'superseded')"  # noqa: S608
        return self._db.execute(query, (alert_id, receiver, *TOLD)).fetchone() is not None

    def _keep(self, alert: Alert, partition: int, now: datetime) -> int:
        fields = (alert.id, alert.version, partition, encode(alert))
        return self._db.execute(
            "INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?, ?)",
            (*fields, now.timestamp(), alert.active_until.timestamp()),
        ).rowcount

    def _plan(self, alert: Alert, state: State, manner: Manner, now: datetime) -> None:
        moment = now.timestamp()
        due = max(moment, alert.muted_until.timestamp() if alert.muted_until else moment)
        inserted = self._db.execute(
            "INSERT OR IGNORE INTO deliveries (alert_id, version, receiver, state, due_at, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (alert.id, alert.version, manner.name, state, due if state is State.PENDING else None, moment),
        ).rowcount
        if inserted and manner.keeps_state:
            self._db.execute(
                "UPDATE deliveries SET state = 'superseded', due_at = NULL, changed_at = ?"
                " WHERE alert_id = ? AND receiver = ? AND version < ? AND due_at IS NOT NULL",
                (moment, alert.id, manner.name, alert.version),
            )
