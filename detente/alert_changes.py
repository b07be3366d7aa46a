"""Two sets of alerts into what one would have paged and the other not, or at another time, or otherwise."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from detente.alerts.alert import Alert


class Difference(StrEnum):
    """How the second set differs from the first."""

    ADDED = "added"
    REMOVED = "removed"
    EARLIER = "earlier"
    LATER = "later"
    CHANGED = "changed"
    """At the same time, but with another severity or status."""


class Change(NamedTuple):
    """One difference, with the alert as it is in the second set, or where it is gone, as it was in the first."""

    difference: Difference
    alert: Alert
    by: dt.timedelta | None = None
    """Of what moved: how far."""


Event = tuple[str, ...]


def compare(
    before: Mapping[str, Alert], after: Mapping[str, Alert], tolerance: dt.timedelta = dt.timedelta(0)
) -> list[Change]:
    """The differences in the order of firing; alerts by id, in their last versions.

    An alert is the same if it has the same id or, where a rule was renamed, tells of the same change of the same
    encounter. ``tolerance`` is for sets whose clocks differ.
    """
    old, new = dict(before), dict(after)
    pairs = [(old.pop(key), new.pop(key)) for key in list(old) if key in new]
    by_event = {_event(alert): key for key, alert in old.items()}
    renamed = [(by_event[event], key) for key, alert in new.items() if (event := _event(alert)) in by_event]
    for old_key, new_key in renamed:
        if old_key in old:
            pairs.append((old.pop(old_key), new.pop(new_key)))
    changes = [change for pair in pairs if (change := _difference(*pair, tolerance))]
    changes += [Change(Difference.REMOVED, alert) for alert in old.values()]
    changes += [Change(Difference.ADDED, alert) for alert in new.values()]
    return sorted(changes, key=lambda change: (change.alert.fired_at, change.alert.id))


def _difference(old: Alert, new: Alert, tolerance: dt.timedelta) -> Change | None:
    by = new.fired_at - old.fired_at
    if abs(by) > tolerance:
        return Change(Difference.LATER if by > dt.timedelta(0) else Difference.EARLIER, new, abs(by))
    same = (old.severity, old.status, old.rule) == (new.severity, new.status, new.rule)
    return None if same else Change(Difference.CHANGED, new)


def _event(alert: Alert) -> Event:
    return (alert.contact, alert.tier, alert.transition, alert.encounter_id)
