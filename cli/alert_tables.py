"""How backtests and replays print alerts, what differs between two sets of them, and how many there were when."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from cli.output import Format
from detente.alert_changes import Change
from detente.alerts.alert import Alert

COLUMNS = {
    "fired_at": "fired",
    "severity": "severity",
    "dyad": "dyad",
    "channel": "channel",
    "level": "level",
    "transition": "transition",
    "event_date": "event",
    "status": "status",
    "summary": "summary",
}
CHANGES = {"change": "change", "rule": "rule"} | COLUMNS | {"proof": "proof", "source": "source"}
COUNTS = {"month": "month", "dyad": "dyad", "rule": "rule", "alerts": "alerts", "retracted": "retracted"}


def alert_row(alert: Alert, fmt: Format) -> dict[str, Any]:
    """The alert as JSON, or as a table shows it."""
    row = alert.model_dump(mode="json")
    if fmt is Format.TABLE:
        row |= {"event_date": alert.event_date, "fired_at": f"{alert.fired_at:%Y-%m-%d %H:%M}"}
    return row


def change_row(change: Change, fmt: Format = Format.TABLE, places: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A difference, with the sentence and the record behind it; ``places`` says where each article lies."""
    moved = f" by {change.by}" if change.by is not None else ""
    article = change.alert.articles[0].article_id if change.alert.articles else ""
    return {
        "change": f"{change.difference}{moved}",
        "proof": change.alert.evidence[0].text if change.alert.evidence else "",
        "source": (places or {}).get(article, article),
    } | alert_row(change.alert, fmt)


def count_rows(alerts: Iterable[Alert]) -> list[dict[str, Any]]:
    """How many alerts fired by month, dyad and rule, and how many of them were retracted later."""
    fired: Counter[tuple[str, str, str]] = Counter()
    retracted: Counter[tuple[str, str, str]] = Counter()
    for alert in alerts:
        key = (f"{alert.fired_at:%Y-%m}", alert.dyad, alert.rule)
        fired[key] += 1
        retracted[key] += alert.status == "retracted"
    return [
        {"month": month, "dyad": dyad, "rule": rule, "alerts": fired[key], "retracted": retracted[key] or ""}
        for key in sorted(fired)
        for month, dyad, rule in [key]
    ]
