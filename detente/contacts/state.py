"""Encounters into the state of a tier: the latest event wins, and where dates cannot tell, the graver."""

import datetime as dt
from collections.abc import Iterable

from detente.contacts.contact import Encounter, TierState
from detente.contacts.reports import by_publication
from detente.vocabulary import SUSPENDING_MODES, Polarity, State, Status, Tier

SILENCE_LIMIT = dt.timedelta(days=180)
"""An open tier is dormant after this long without an engagement, unless a rule says otherwise."""


def state_of(
    encounters: Iterable[Encounter], tier: Tier, as_of: dt.date, limit: dt.timedelta = SILENCE_LIMIT
) -> TierState:
    """The state of the tier on the day ``as_of``, from the encounters that occurred; dates are compared by day."""
    deciding = [e for e in encounters if e.status is Status.OCCURRED and e.event_date.date and e.counts_for(tier)]
    state = TierState()
    for encounter in sorted(deciding, key=_order):
        state = _after(state, encounter)
    decided = next((e for e in deciding if e.id == state.encounter_id), None)
    if state.state is State.OPEN and decided is not None and as_of - last_day(decided) > limit:
        return state.model_copy(update={"state": State.DORMANT})
    return state


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


def _after(state: TierState, encounter: Encounter) -> TierState:
    if encounter.polarity is Polarity.ENGAGEMENT:
        became = State.OPEN
    elif encounter.mode in SUSPENDING_MODES:
        became = State.SUSPENDED
    else:
        became = State.STRAINED
    if became is State.STRAINED and state.state is State.SUSPENDED:
        return state  # a lesser rupture does not lift a graver one
    if became is state.state is State.SUSPENDED:
        return state  # still the same break: it dates from the first cut
    return TierState(state=became, since=encounter.event_date, encounter_id=encounter.id)
