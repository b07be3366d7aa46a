"""An article's "first since" claim held against what we recorded ourselves."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from detente.contacts.contact import Encounter
from detente.event_dates import EventDate
from detente.model import Value
from detente.signals import GapClaim
from detente.vocabulary import Polarity, Status, Tier

TOLERANCE = 0.15
"""The part of a claimed silence by which our record may be off: "nearly two years" is said of 21 months too."""

LEAST_TOLERANCE = dt.timedelta(days=45)


class RecordVerdict(StrEnum):
    """What our record says of the claim."""

    AGREES = "agrees"
    SHORTER = "shorter"
    """We recorded a contact within the claimed silence."""
    LONGER = "longer"
    """Our last recorded contact lies before the claimed silence: we may have missed one."""
    NO_RECORD = "no_record"
    """We recorded no earlier contact of that tier, this article's own background aside."""


class RecordCheck(Value):
    """The verdict, with the two silences in days and the contact that our record ends them with."""

    verdict: RecordVerdict
    claimed_days: int
    record_days: int | None = None
    last: EventDate | None = None
    encounter_id: str | None = None


def verdict_on(claimed: dt.timedelta, recorded: dt.timedelta) -> RecordVerdict:
    """Compare two silences."""
    if abs(recorded - claimed) <= max(LEAST_TOLERANCE, claimed * TOLERANCE):
        return RecordVerdict.AGREES
    return RecordVerdict.SHORTER if recorded < claimed else RecordVerdict.LONGER


def check_claim(claim: GapClaim, ended_by: Encounter, tier: Tier, known: Iterable[Encounter]) -> RecordCheck | None:
    """Hold the claim against the known encounters; None if it cannot be measured.

    The article that makes the claim is no witness for it: what only its own background tells is left aside. A handshake
    counts for the working tier alone.
    """
    until = day_of(ended_by)
    claimed = claim.length(until)
    if not claimed:
        return None
    claimants = {report.article_id for report in ended_by.reports if report.gap_claim == claim}
    earlier = [
        encounter
        for encounter in known
        if encounter.id != ended_by.id
        and encounter.polarity is Polarity.ENGAGEMENT
        and encounter.status is Status.OCCURRED
        and encounter.event_date.date is not None
        and encounter.counts_for(tier)
        and day_of(encounter) < until
        and any(report.article_id not in claimants for report in encounter.reports)
    ]
    if not earlier:
        return RecordCheck(verdict=RecordVerdict.NO_RECORD, claimed_days=claimed.days)
    last = max(earlier, key=lambda encounter: (day_of(encounter), encounter.id))
    recorded = until - day_of(last)
    return RecordCheck(
        verdict=verdict_on(claimed, recorded),
        claimed_days=claimed.days,
        record_days=recorded.days,
        last=last.event_date,
        encounter_id=last.id,
    )


def day_of(encounter: Encounter) -> dt.date:
    """The last day that the encounter's date allows; of an undated one the day of its first report."""
    published = encounter.reports[0].published_at.date()
    return encounter.event_date.latest_by(published) or published
