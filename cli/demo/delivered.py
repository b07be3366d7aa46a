"""What the deliverer told: its log of JSON Lines against the alerts that were seen in Kafka."""

import json
from collections import Counter
from pathlib import Path

from cli.demo.expected import Check
from detente.alerts.alert import Alert


def read_delivered(log: Path) -> Counter[tuple[str, int]]:
    """How often each version of each alert was delivered; empty as long as there is no log."""
    if not log.exists():
        return Counter()
    whole, _, _half_line = log.read_text(encoding="utf-8").rpartition("\n")
    records = map(json.loads, whole.splitlines())
    return Counter((record["id"], record["version"]) for record in records)


def is_complete(log: Path, alerts: list[Alert]) -> bool:
    """Whether the newest version of every alert was delivered; older ones may have been overtaken by it."""
    newest = {alert.id: alert.version for alert in alerts}
    return newest.items() <= read_delivered(log).keys()


def check_delivered(log: Path, alerts: list[Alert]) -> list[Check]:
    """Each alert reached its receiver in its newest version, and no version twice."""
    told = read_delivered(log)
    newest = {alert.id: alert for alert in alerts}
    missing = [alert for alert in newest.values() if (alert.id, alert.version) not in told]
    twice = [f"{alert_id} v{version}" for (alert_id, version), times in told.items() if times > 1]
    return [
        Check(ok=not missing, words=f"delivered: {len(newest) - len(missing)} of {len(newest)} alerts"),
        Check(ok=not twice, words=f"delivered more than once: {', '.join(twice) or 'none'}"),
    ]
