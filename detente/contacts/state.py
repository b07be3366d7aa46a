"""Encounters into the state of a tier: the latest event wins, and where dates cannot tell, the graver."""

import datetime as dt
from collections.abc import Iterable

from detente.contacts.contact import SILENCE_LIMIT, Encounter, TierState
from detente.vocabulary import SUSPENDING_MODES, Polarity, State, Tier


def state_of(
    encounters: Iterable[Encounter], tier: Tier, as_of: dt.date, limit: dt.timedelta = SILENCE_LIMIT
) -> TierState:
    """The state of the tier on the day ``as_of``, from the encounters that occurred; dates are compared by day."""
    deciding = [encounter for encounter in encounters if tier in encounter.decides]
    engagements = [encounter for encounter in deciding if encounter.polarity is Polarity.ENGAGEMENT]
    decider = max(engagements, key=_effect, default=None)
    state = State.UNKNOWN if decider is None else State.OPEN
    later = [
        e for e in deciding if e.polarity is Polarity.RUPTURE and (decider is None or _effect(e) > _effect(decider))
    ]
    for encounter in sorted(later, key=_effect):
        # A lesser rupture does not lift a graver one, and the same break dates from its first cut.
        if state is not State.SUSPENDED:
            state = State.SUSPENDED if encounter.mode in SUSPENDING_MODES else State.STRAINED
            decider = encounter
    if decider is None:
        return TierState()
    return aged(TierState(state=state, since=decider.event_date, encounter_id=decider.id), decider, as_of, limit)


def aged(state: TierState, decider: Encounter | None, as_of: dt.date, limit: dt.timedelta) -> TierState:
    """The state when no more was heard until ``as_of``: what was open is dormant after the limit."""
    if state.state is not State.OPEN or decider is None or as_of - last_day(decider) <= limit:
        return state
    return state.model_copy(update={"state": State.DORMANT})


def last_day(encounter: Encounter) -> dt.date:
    """The last day on which the encounter can have been; it must be dated."""
    assert encounter.last_day is not None
    return encounter.last_day


def _effect(encounter: Encounter) -> tuple[object, ...]:
    return encounter.in_effect
