"""Reports into encounters: which reports tell of the same event.

The grouping is a function of the set of reports, so that no order of arrival changes it. Exactly dated reports make the
encounters; vaguer ones join the one they can mean; denials join what they deny, whatever its tier.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import chain, count

from detente.contacts.contact import Contact, Encounter, Report, encounter_id
from detente.contacts.reports import by_publication
from detente.vocabulary import Level, Mode, Polarity, Precision, Status

_EXACTNESS = [Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.UNKNOWN]
_RANK = [Level.UNKNOWN, Level.WORKING, Level.SENIOR, Level.MINISTER, Level.HEAD]
GRAVITY = [
    Mode.REFUSAL,
    Mode.CANCELLATION,
    Mode.RECALL,
    Mode.EXPULSION,
    Mode.WALKOUT,
    Mode.CLOSURE,
    Mode.SUSPENSION,
    Mode.SEVERANCE,
]
"""Ruptures from the mildest to the gravest."""

SLACK = dt.timedelta(days=1)
"""Reporters sit in different time zones."""

Group = list[Report]


def encounters_of(contact: str, reports: Iterable[Report], before: Sequence[Encounter] = ()) -> tuple[Encounter, ...]:
    """Group reports into encounters in event-date order, undated last; those known before keep their ids."""
    groups: list[Group] = []
    for report in sorted(reports, key=_grouping_order):
        home = _home_of(report, groups)
        if home is None:
            groups.append([report])
        else:
            home.append(report)
    ids = _Ids(before)
    made = [_encounter(contact, group, ids) for group in groups]
    return tuple(sorted(made, key=_event_order))


def _event_order(encounter: Encounter) -> tuple[object, ...]:
    return (
        encounter.event_date.earliest or dt.date.max,
        encounter.event_date.precision,
        by_publication(encounter.reports[0]),
    )


def _grouping_order(report: Report) -> tuple[object, ...]:
    """Exact dates first and in order, so that vaguer reports find them; denials last of all."""
    return (
        report.status is Status.DENIED,
        _EXACTNESS.index(report.event_date.precision),
        report.event_date.date or dt.date.min,
        report.status is Status.PLANNED,
        by_publication(report),
    )


def _home_of(report: Report, groups: list[Group]) -> Group | None:
    same = [group for group in groups if _may_be_one(report, group)]
    if report.event_date.date is None:
        fitting = [group for group in same if _undated_fits(report, group)]
    else:
        fitting = [group for group in same if _dates_fit(report, group)]
    return max(fitting, key=lambda group: _nearness(report, group), default=None)


def _may_be_one(report: Report, group: Group) -> bool:
    first = group[0]
    same_family = first.mode.family is report.mode.family and first.mode.polarity is report.mode.polarity
    return same_family and (first.tier is report.tier or report.status is Status.DENIED)


def _dates_fit(report: Report, group: Group) -> bool:
    """Dates agree, and no vague report of the past means what had not come to pass when it was published."""
    first = group[0].event_date
    if not first.agrees_with(report.event_date, SLACK):
        return False
    vague_past = report.event_date.precision is not Precision.DAY and report.status is not Status.PLANNED
    return not vague_past or first.earliest is None or first.earliest <= report.published_at.date() + SLACK


def _undated_fits(report: Report, group: Group) -> bool:
    """An undated plan is no report of a past event, and an undated report of the past none of a plan."""
    if report.status is Status.DENIED:
        return True
    return (group[0].status is Status.PLANNED) == (report.status is Status.PLANNED)


def _nearness(report: Report, group: Group) -> tuple[bool, dt.date, str]:
    """Prefer the report's own tier, then the newest event."""
    first = group[0]
    return (first.tier is report.tier, first.event_date.earliest or dt.date.min, first.article_id)


class _Ids:
    """Hands each encounter the id that its first report had before, else a new one; no id twice."""

    def __init__(self, before: Sequence[Encounter]) -> None:
        self._known = {_key(report): encounter.id for encounter in before for report in encounter.reports}
        self._given: set[str] = set()

    def take(self, contact: str, group: Group) -> str:
        earlier = [self._known[_key(report)] for report in group if _key(report) in self._known]
        new = (encounter_id(contact, group[0], number) for number in count())
        chosen = next(candidate for candidate in chain(earlier, new) if candidate not in self._given)
        self._given.add(chosen)
        return chosen


def _key(report: Report) -> tuple[str, Mode, Level, Status, str]:
    return (report.article_id, report.mode, report.level, report.status, str(report.event_date))


def _encounter(contact: str, group: Group, ids: _Ids) -> Encounter:
    reports = sorted(group, key=by_publication)
    chosen = ids.take(contact, reports)
    status = _status(reports)
    telling = [report for report in reports if report.status is status] or reports
    exact = min(telling, key=lambda r: (_EXACTNESS.index(r.event_date.precision), by_publication(r)))
    level = max((report.level for report in telling), key=_RANK.index)
    return Encounter(
        id=chosen,
        polarity=group[0].mode.polarity,
        family=group[0].mode.family,
        tier=group[0].tier,
        mode=_mode(telling),
        level=level,
        status=status,
        event_date=exact.event_date,
        ceremonial=all(report.ceremonial for report in telling),
        reports=tuple(reports),
    )


def _status(reports: list[Report]) -> Status:
    """What happened beats what was planned; a denial holds until somebody reports the event again."""
    newest = {report.status: report for report in reports}  # reports come by publication: the newest stays
    denial = newest.get(Status.DENIED)
    for status in (Status.OCCURRED, Status.PLANNED):
        claim = newest.get(status)
        if claim is not None and (denial is None or by_publication(denial) < by_publication(claim)):
            return status
    return Status.DENIED


def _mode(reports: list[Report]) -> Mode:
    """The gravest rupture that is told; of an engagement, what its first reporter called it."""
    if reports[0].mode.polarity is Polarity.RUPTURE:
        return max((report.mode for report in reports), key=GRAVITY.index)
    return reports[0].mode


def flatten(contact: Contact | None) -> list[Report]:
    """All the reports that a contact keeps."""
    return [report for encounter in contact.encounters for report in encounter.reports] if contact else []
