"""Silence as an event: a tier of which nothing was heard for longer than a limit lapses, once for each limit."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from detente.contacts.advance import Advance, remember
from detente.contacts.cadence import cadence_limit
from detente.contacts.contact import SILENCE_LIMIT, Contact, Encounter, SilenceLimits
from detente.contacts.state import last_day
from detente.contacts.transitions import Paging, Reason, Transition, transition_id
from detente.ids import stable_id
from detente.vocabulary import Polarity, State, Tier, TransitionKind

HEARD_WITHIN = dt.timedelta(days=1)
"""A source that was not read for longer is not listening."""

Limit = dt.timedelta | None
"""What a rule calls a silence: so long, or, where None, longer than the contact's own cadence lets expect."""

USUAL: tuple[Limit, ...] = (SILENCE_LIMIT,)


def due(contact: Contact, limits: Sequence[Limit] = USUAL) -> dt.date | None:
    """The first day on which a tier of the contact lapses by one of the limits if nothing more is heard; None if none will."""
    days = [
        last_day(encounter) + _length(contact, tier, limit) + dt.timedelta(days=1)
        for limit in limits
        for tier, encounter in _quiet_tiers(contact)
        if not _is_said(contact, _id(contact, tier, encounter, limit))
    ]
    return min(days, default=None)


def lapse(contact: Contact, now: dt.datetime, *, heard: bool, limits: Sequence[Limit] = USUAL) -> Advance:
    """Let the tiers lapse that are due by ``now``; each silence is said once a limit, of the high tier if both lapse.

    From the shortest of the limits on, the tier is dormant. ``heard`` says whether the sources that reported this
    contact are still read; if not, the transition says that we are blind, which pages nobody unless a rule asks for it.
    """
    contact = contact.model_copy(update={"limits": _shortest(contact, limits)})
    made: list[Transition] = []
    for limit in limits:
        silent = [
            (tier, encounter)
            for tier, encounter in _quiet_tiers(contact)
            if now.date() - last_day(encounter) > _length(contact, tier, limit)
        ]
        unsaid = [
            _lapsed(contact, now, tier, encounter, limit, heard=heard)
            for tier, encounter in silent
            if not _is_said(contact, _id(contact, tier, encounter, limit))
        ]
        if unsaid:
            made.append(unsaid[0].model_copy(update={"also_working": len(unsaid) > 1}))
        dormant = {tier.value: contact.tier(tier).model_copy(update={"state": State.DORMANT}) for tier, _ in silent}
        contact = remember(contact.model_copy(update=dormant), tuple(unsaid))
    return Advance(contact, tuple(made))


def is_heard(
    contact: Contact, last_heard: Mapping[str, dt.datetime], now: dt.datetime, within: dt.timedelta = HEARD_WITHIN
) -> bool:
    """Whether a publisher that reported this contact was read lately; ``last_heard`` is by publisher."""
    publishers = {publisher for encounter in contact.encounters for publisher in encounter.publishers}
    return any(now - last_heard[publisher] <= within for publisher in publishers & last_heard.keys())


def _lapsed(
    contact: Contact, now: dt.datetime, tier: Tier, encounter: Encounter, limit: Limit, *, heard: bool
) -> Transition:
    return Transition(
        id=_id(contact, tier, encounter, limit),
        contact=contact.key,
        dyad=contact.dyad,
        channel=contact.channel,
        tier=tier,
        kind=TransitionKind.LAPSED,
        from_state=contact.tier(tier).state,
        to_state=State.DORMANT,
        reason=Reason.SILENCE if limit is not None else Reason.SILENCE_AGAINST_CADENCE,
        paging=Paging.PAGES if heard else Paging.BLIND,
        encounter_id=encounter.id,
        encounter_ids=(encounter.id,),
        event_date=encounter.event_date,
        mode=encounter.mode,
        level=encounter.level,
        previous=encounter.event_date,
        publishers=encounter.publishers,
        silence=_length(contact, tier, limit),
        at=now,
    )


def _quiet_tiers(contact: Contact) -> Iterator[tuple[Tier, Encounter]]:
    """The tiers whose last deciding encounter was an engagement: those that can lapse, or did."""
    for tier in (Tier.HIGH, Tier.WORKING):
        encounter = contact.encounter(contact.tier(tier).encounter_id)
        if encounter is not None and encounter.polarity is Polarity.ENGAGEMENT:
            yield tier, encounter


def _length(contact: Contact, tier: Tier, limit: Limit) -> dt.timedelta:
    return cadence_limit(contact, tier) if limit is None else limit


def _shortest(contact: Contact, limits: Sequence[Limit]) -> SilenceLimits:
    high, working = (min(_length(contact, tier, limit) for limit in limits) for tier in (Tier.HIGH, Tier.WORKING))
    return SilenceLimits(high=high, working=working)


def _id(contact: Contact, tier: Tier, encounter: Encounter, limit: Limit) -> str:
    usual = transition_id(contact.key, tier, TransitionKind.LAPSED, encounter.id)
    return usual if limit == SILENCE_LIMIT else stable_id(usual, "cadence" if limit is None else str(limit.days))


def _is_said(contact: Contact, transition: str) -> bool:
    return any(entry.transition_id == transition for entry in contact.raised)
