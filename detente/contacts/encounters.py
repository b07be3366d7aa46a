"""Reports into encounters: which reports tell of the same event.

The grouping is a function of the set of reports, so that no order of arrival changes it. Exactly dated reports make the
encounters; vaguer ones join the one they can mean; denials join what they deny, whatever its tier.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count

from detente.contacts.contact import Contact, Encounter, Report, encounter_id
from detente.contacts.official import government_of, readouts_of
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
    """Group reports into encounters in event-date order, undated last; those known before keep their ids.

    A family of which nothing came and nothing went is as it was before.
    """
    families: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        families[report.slot[1]].append(report)
    earlier: dict[str, list[Encounter]] = defaultdict(list)
    for encounter in before:
        earlier[encounter.reports[0].slot[1]].append(encounter)
    made = [
        encounter for family, members in families.items() for encounter in _family(contact, members, earlier[family])
    ]
    return tuple(sorted(made, key=lambda encounter: encounter.in_time))


def _family(contact: str, reports: list[Report], before: list[Encounter]) -> list[Encounter]:
    settled = _settled(reports, before)
    if settled is before:
        return settled
    done = {id(report) for encounter in settled for report in encounter.reports}
    grouping = _Grouping()
    loose = sorted((report for report in reports if id(report) not in done), key=_grouping_order)
    for report in loose:
        grouping.add(report)
    known = _Known(before, settled, loose)
    return settled + [known.encounter(contact, group) for group in grouping.groups]


def _settled(reports: list[Report], before: list[Encounter]) -> list[Encounter]:
    """The encounters that a grouping of all the reports would leave as they are: a shortcut, for most of them are.

    Exact reports are grouped in the order of their dates, so one that came or went touches no group that began over a
    day earlier; nor does a group that went whole. Among vague reports and denials nothing is settled.
    """
    then = {id(report) for encounter in before for report in encounter.reports}
    came = [report for report in reports if id(report) not in then]
    all_stayed = len(reports) == len(then) + len(came)
    if all_stayed and not came:
        return before
    if not all(report.is_exact for report in reports):
        return []
    changed = [report.slot[2] for report in came]
    whole = before
    if not all_stayed:
        now, whole = {id(report) for report in reports}, []
        for encounter in before:
            gone = [report for report in encounter.reports if id(report) not in now]
            if not gone:
                whole.append(encounter)
            elif len(gone) < len(encounter.reports):
                changed.extend(report.slot[2] for report in gone)
    first = min(changed, default=None)
    return whole if first is None else [encounter for encounter in whole if encounter.began < first - SLACK]


def _grouping_order(report: Report) -> tuple[object, ...]:
    """Exact dates first and in order, so that vaguer reports find them; denials last of all."""
    return (
        report.status is Status.DENIED,
        _EXACTNESS.index(report.event_date.precision),
        report.event_date.date or dt.date.min,
        report.status is Status.PLANNED,
        by_publication(report),
    )


class _Grouping:
    """The groups of one family of modes; exact ones are found by their day."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._by_day: dict[dt.date, list[Group]] = defaultdict(list)

    def add(self, report: Report) -> None:
        fitting = [group for group in self._near(report) if _fits(report, group)]
        home = max(fitting, key=lambda group: _nearness(report, group), default=None)
        if home is not None:
            home.append(report)
            return
        home = [report]
        self.groups.append(home)
        if report.event_date.date and report.event_date.precision is Precision.DAY:
            self._by_day[report.event_date.date].append(home)

    def _near(self, report: Report) -> list[Group]:
        day = report.event_date.date
        if day is None or report.event_date.precision is not Precision.DAY or report.status is Status.DENIED:
            return self.groups
        return [group for near in (day - SLACK, day, day + SLACK) for group in self._by_day.get(near, ())]


def _fits(report: Report, group: Group) -> bool:
    if group[0].tier is not report.tier and report.status is not Status.DENIED:
        return False
    return _undated_fits(report, group) if report.event_date.date is None else _dates_fit(report, group)


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


class _Known:
    """The encounters as they were: each keeps its id, and one that nothing was added to is used as it is.

    An id goes where the encounter's first report goes; if that is no more kept, where the first of the others goes.
    """

    def __init__(self, before: Sequence[Encounter], settled: Sequence[Encounter], loose: Sequence[Report]) -> None:
        self._given = {encounter.id for encounter in settled}
        open_ones = [encounter for encounter in before if encounter.id not in self._given]
        present = {report.claim for report in loose}
        self._before = {
            report.claim: encounter
            for encounter in open_ones
            for report in encounter.reports
            if report is encounter.reports[0] or encounter.reports[0].claim not in present
        }

    def encounter(self, contact: str, group: Group) -> Encounter:
        reports = tuple(sorted(group, key=by_publication))
        earlier = [known for report in reports if (known := self._before.get(report.claim))]
        new = (encounter_id(contact, reports[0], number) for number in count())
        ids = chain((known.id for known in earlier), new)
        chosen = next(candidate for candidate in ids if candidate not in self._given)
        self._given.add(chosen)
        unchanged = earlier and earlier[0].id == chosen and earlier[0].reports == reports
        return earlier[0] if unchanged else _encounter(contact, chosen, reports)


def _encounter(contact: str, chosen: str, reports: tuple[Report, ...]) -> Encounter:
    first = reports[0]
    status = _status(reports, frozenset(contact.split(":", maxsplit=1)[0].split("-")))
    telling = [report for report in reports if _tells(report, status)] or list(reports)
    exact = min(telling, key=lambda r: (_EXACTNESS.index(r.event_date.precision), by_publication(r)))
    level = max((report.level for report in telling), key=_RANK.index)
    return Encounter(
        id=chosen,
        polarity=first.mode.polarity,
        family=first.mode.family,
        tier=telling[0].tier,
        mode=_mode(telling),
        level=level,
        status=status,
        event_date=exact.event_date,
        ceremonial=all(report.ceremonial for report in telling),
        reports=reports,
    )


def _tells(report: Report, status: Status) -> bool:
    """Whether the report describes the event: of one that is denied, those who claimed it."""
    return report.status is not Status.DENIED if status is Status.DENIED else report.status is status


def _status(reports: Sequence[Report], parties: frozenset[str]) -> Status:
    """What happened beats what was planned; a denial holds until somebody reports the event again.

    What both governments have announced is denied by a government alone, not by an outlet's report of a denial.
    """
    denied = any(report.status is Status.DENIED for report in reports)
    if denied and parties <= readouts_of(report.publisher for report in reports if report.status is Status.OCCURRED):
        reports = [r for r in reports if r.status is not Status.DENIED or government_of(r.publisher)]
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
