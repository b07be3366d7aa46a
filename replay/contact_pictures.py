"""A replay's results into what its report draws: for each contact bands of states, events, and the alerts of both sets of rules."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from detente.alerts.alert import Alert
from detente.signals import ArticleSignals
from detente.vocabulary import Polarity, State, Tier
from replay.results import SIGNALS, STATES, read_rows

DRAWN = 300
"""Contacts that are drawn, those with the most alerts first; the report's size stays bounded."""
EVENTS = 400
"""Events drawn of one contact, the newest."""


class Band(NamedTuple):
    """A tier's state from one moment to another, as parts of the drawing's width (0 to 100)."""

    tier: Tier
    state: State
    start: float
    width: float
    since: dt.date


class Event(NamedTuple):
    """Something that was told: one mark a day, mode and status, however many articles told it."""

    at: float
    day: dt.date
    polarity: Polarity
    words: str


class Shown(NamedTuple):
    """An alert on the drawing; ``mark`` says of which set of rules, ``same`` whether the other set has it too."""

    alert: Alert
    at: float
    other_rules: bool
    same: bool
    source: str


class Picture(NamedTuple):
    """All of one contact."""

    contact: str
    bands: tuple[Band, ...]
    events: tuple[Event, ...]
    alerts: tuple[Shown, ...]


class Report(NamedTuple):
    """What is drawn, from when to when, and how many contacts with alerts are left out."""

    since: dt.date
    until: dt.date
    pictures: tuple[Picture, ...]
    left_out: int


def report_of(
    folder: Path, alerts: Mapping[str, Alert], others: Mapping[str, Alert], places: Mapping[str, str]
) -> Report:
    """The pictures of the contacts that alerted under either set of rules; ``places`` says where articles lie."""
    every = [*alerts.values(), *others.values()]
    counts: dict[str, int] = defaultdict(int)
    for alert in every:
        counts[alert.contact] += 1
    chosen = sorted(counts, key=lambda contact: (-counts[contact], contact))[:DRAWN]
    states = _states(folder, set(chosen))
    days = [alert.fired_at.date() for alert in every] + [day for rows in states.values() for day, _, _ in rows]
    since = min(days, default=dt.date(1970, 1, 1))
    until = max(days, default=since) + dt.timedelta(days=1)
    scale = _Scale(since, until)
    events = _events(folder, set(chosen), scale)
    shown = {contact: _shown(contact, alerts, others, scale, places) for contact in chosen}
    pictures = tuple(
        Picture(contact, _bands(states[contact], scale), tuple(events[contact][-EVENTS:]), shown[contact])
        for contact in chosen
    )
    return Report(since, until, pictures, len(counts) - len(chosen))


class _Scale:
    """Days as parts of the width."""

    def __init__(self, since: dt.date, until: dt.date) -> None:
        self.since, self.until = since, until
        self._days = max(1, (until - since).days)

    def at(self, day: dt.date) -> float:
        return round(100 * (min(max(day, self.since), self.until) - self.since).days / self._days, 3)


Rows = list[tuple[dt.date, Tier, State]]


def _states(folder: Path, chosen: set[str]) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for row in read_rows(folder, STATES):
        if row["contact"] in chosen:
            day = dt.datetime.fromisoformat(row["at"]).date()
            found[row["contact"]].append((day, Tier(row["tier"]), State(row["state"])))
    return found


def _bands(rows: Rows, scale: _Scale) -> tuple[Band, ...]:
    bands = []
    for tier in Tier:
        own = [(day, state) for day, of, state in rows if of is tier]
        ends = [day for day, _ in own[1:]] + [scale.until]
        for (day, state), end in zip(own, ends, strict=False):
            start = scale.at(day)
            bands.append(Band(tier, state, start, round(max(scale.at(end) - start, 0.15), 3), day))
    return tuple(bands)


def _events(folder: Path, chosen: set[str], scale: _Scale) -> dict[str, list[Event]]:
    found: dict[str, dict[tuple[dt.date, str], Event]] = defaultdict(dict)
    for row in read_rows(folder, SIGNALS):
        if row["signals"]["contact"] not in chosen:
            continue
        message = ArticleSignals.model_validate(row["signals"])
        for signal in message.signals:
            day = signal.event_date.date or message.published_at.date()
            if scale.since <= day <= scale.until:
                words = f"{signal.mode} {signal.status}"
                found[message.contact][day, words] = Event(scale.at(day), day, signal.polarity, words)
    return defaultdict(list, {contact: sorted(events.values()) for contact, events in found.items()})


def _shown(
    contact: str, alerts: Mapping[str, Alert], others: Mapping[str, Alert], scale: _Scale, places: Mapping[str, str]
) -> tuple[Shown, ...]:
    def of(these: Mapping[str, Alert], those: Mapping[str, Alert], *, other: bool) -> Iterable[Shown]:
        for key, alert in these.items():
            if alert.contact == contact and not (other and key in those):
                source = places.get(alert.articles[0].article_id, "") if alert.articles else ""
                yield Shown(alert, scale.at(alert.fired_at.date()), other, key in those, source)

    both = [*of(alerts, others, other=False), *of(others, alerts, other=True)]
    return tuple(sorted(both, key=lambda shown: (shown.alert.fired_at, shown.alert.id, shown.other_rules)))
