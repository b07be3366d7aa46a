"""Encounters into the state of a tier: the latest event wins, and where dates cannot tell, the graver."""

import datetime as dt
from collections.abc import Iterable

from detente.contacts.contact import SILENCE_LIMIT, Encounter, TierState
from detente.contacts.reports import by_publication
from detente.vocabulary import SUSPENDING_MODES, Polarity, State, Status, Tier


def state_of(
    encounters: Iterable[Encounter], tier: Tier, as_of: dt.date, limit: dt.timedelta = SILENCE_LIMIT
) -> TierState:
    """The state of the tier on the day ``as_of``, from the encounters that occurred; dates are compared by day."""
    deciding = [e for e in encounters if e.status is Status.OCCURRED and e.event_date.date and e.counts_for(tier)]
    state, decider = State.UNKNOWN, None
    for encounter in sorted(deciding, key=_order):
        became = _after(state, encounter)
        if became is not None:
            state, decider = became, encounter
    if decider is None:
        return TierState()
    if state is State.OPEN and as_of - last_day(decider) > limit:
        state = State.DORMANT
    return TierState(state=state, since=decider.event_date, encounter_id=decider.id)


def last_day(encounter: Encounter) -> dt.date:
    """The last day on which the encounter can have been: no later than its first report. It must be dated."""
    day = encounter.event_date.latest_by(encounter.reports[0].published_at.date())
    assert day is not None
    return day


def _order(encounter: Encounter) -> tuple[object, ...]:
    """Vague dates count as late for ruptures and as early for engagements: in doubt the graver wins."""
    if encounter.polarity is Polarity.RUPTURE:
        return (last_day(encounter), True, by_publication(encounter.reports[0]))
    return (encounter.event_date.earliest, False, by_publication(encounter.reports[0]))


def _after(state: State, encounter: Encounter) -> State | None:
    """The state that the encounter brings about; None if it leaves things as they are."""
    if encounter.polarity is Polarity.ENGAGEMENT:
        return State.OPEN
    if state is State.SUSPENDED:
        return None  # a lesser rupture does not lift a graver one, and the same break dates from its first cut
    return State.SUSPENDED if encounter.mode in SUSPENDING_MODES else State.STRAINED
