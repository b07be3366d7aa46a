"""A replay's results as OpenMetrics with timestamps, under the names that the live system has: dashboards show the past.

One sample a day and series, at midnight UTC after the day; over long ranges one in several days, for promtool reads the whole
file once for each of Prometheus's blocks of two hours that has a sample.
"""

import datetime as dt
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from detente.alerts.alert import Alert
from detente.contacts.transitions import Transition
from detente.signals import ArticleSignals
from detente.vocabulary import State
from replay.results import ALERTS, SIGNALS, STATES, TRANSITIONS, read_rows

DAY = dt.timedelta(days=1)
MOMENTS = 400
"""The most moments at which series are sampled."""
STATE_VALUES = {State.UNKNOWN: 0, State.OPEN: 1, State.DORMANT: 2, State.STRAINED: 3, State.SUSPENDED: 4}
"""The value of ``detente_contact_state``: the higher, the worse."""

Series = tuple[tuple[str, str], ...]
Days = dict[Series, dict[dt.date, int]]


def write_openmetrics(folder: Path, file: TextIO) -> int:
    """Write the results of the folder and return the number of samples. States are written of contacts that alerted."""
    counted = {
        "detente_signals": ("Signals coded.", _counted(_signals(folder))),
        "detente_transitions": ("Transitions of contacts.", _counted(_transitions(folder))),
        "detente_alerts": ("New alerts and new versions of alerts.", _counted(_alerts(folder))),
    }
    states, tiers = _states(folder)
    days = sorted({day for _, series in counted.values() for at in series.values() for day in at} | _days(states))
    if not days:
        file.write("# EOF\n")
        return 0
    last = days[-1]
    step = DAY * -(-((last - days[0]).days + 1) // MOMENTS)
    moments = [last - n * step for n in range((last - days[0]) // step, -1, -1)]
    samples = sum(_family(file, name, "counter", *told, moments) for name, told in counted.items())
    help_ = "State of a tier: 0 unknown, 1 open, 2 dormant, 3 strained, 4 suspended."
    samples += _family(file, "detente_contact_state", "gauge", help_, states, moments)
    samples += _family(file, "detente_contacts", "gauge", "Contacts by state.", tiers, moments)
    file.write("# EOF\n")
    return samples


def _counted(events: Iterable[tuple[dt.datetime, Series]]) -> Days:
    """The running total of each series at each day on which it grew."""
    grown: dict[Series, Counter[dt.date]] = defaultdict(Counter)
    for at, series in events:
        grown[series][at.date()] += 1
    totals: Days = {}
    for series, by_day in grown.items():
        total = 0
        totals[series] = {}
        for day in sorted(by_day):
            total += by_day[day]
            totals[series][day] = total
    return totals


def _signals(folder: Path) -> Iterator[tuple[dt.datetime, Series]]:
    for row in read_rows(folder, SIGNALS):
        message = ArticleSignals.model_validate(row["signals"])
        for s in message.signals:
            yield message.published_at, _labels(polarity=s.polarity, channel=s.channel, level=s.level, status=s.status)


def _transitions(folder: Path) -> Iterator[tuple[dt.datetime, Series]]:
    for row in read_rows(folder, TRANSITIONS):
        t = Transition.model_validate(row)
        yield t.at, _labels(kind=t.kind, channel=t.channel, tier=t.tier, paging=t.paging)


def _alerts(folder: Path) -> Iterator[tuple[dt.datetime, Series]]:
    for row in read_rows(folder, ALERTS):
        alert = Alert.model_validate(row)
        yield alert.updated_at, _labels(rule=alert.rule, severity=alert.severity, status=alert.status)


def _states(folder: Path) -> tuple[Days, Days]:
    """The state of each contact that alerted, and how many contacts there are in each state."""
    alerted = {row["contact"] for row in read_rows(folder, ALERTS)}
    each: Days = defaultdict(dict)
    many: Days = defaultdict(dict)
    now: dict[tuple[str, str], str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for row in read_rows(folder, STATES):
        day = dt.datetime.fromisoformat(row["at"]).date()
        contact, tier, state = row["contact"], row["tier"], row["state"]
        if contact in alerted:
            dyad, channel = contact.split(":")
            each[_labels(dyad=dyad, channel=channel, tier=tier)][day] = STATE_VALUES[State(state)]
        for change, of in ((-1, now.get((contact, tier))), (1, state)):
            if of is not None:
                counts[tier, of] += change
                many[_labels(tier=tier, state=of)][day] = counts[tier, of]
        now[contact, tier] = state
    return each, many


def _days(series: Days) -> set[dt.date]:
    return {day for by_day in series.values() for day in by_day}


def _family(file: TextIO, name: str, kind: str, help_: str, series: Days, moments: list[dt.date]) -> int:
    file.write(f"# HELP {name} {help_}\n# TYPE {name} {kind}\n")
    suffix = "_total" if kind == "counter" else ""
    samples = 0
    for labels, by_day in sorted(series.items()):
        named = ",".join(f'{key}="{value}"' for key, value in labels)
        for day, value in _at_moments(by_day, moments):
            moment = dt.datetime.combine(day + DAY, dt.time(), dt.UTC)
            file.write(f"{name}{suffix}{{{named}}} {value} {moment.timestamp():.0f}\n")
            samples += 1
    return samples


def _at_moments(by_day: Mapping[dt.date, int], moments: list[dt.date]) -> Iterator[tuple[dt.date, int]]:
    """The value at each moment from the first day on; what did not change is said again, since Prometheus forgets."""
    days, value = deque(sorted(by_day)), None
    for moment in moments:
        while days and days[0] <= moment:
            value = by_day[days.popleft()]
        if value is not None:
            yield moment, value


def _labels(**labels: Any) -> Series:  # noqa: ANN401  # enum members and names
    """Labels with bounded values: no one writes a URL, a headline or a person here."""
    return tuple((key, str(value)) for key, value in labels.items())
