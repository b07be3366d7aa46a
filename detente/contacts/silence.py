"""Silence as an event: an open tier of which nothing was heard for longer than the limit lapses."""

import datetime as dt
from collections.abc import Mapping

from detente.contacts.advance import Advance, remember
from detente.contacts.contact import Contact, Encounter
from detente.contacts.state import SILENCE_LIMIT, last_day
from detente.contacts.transitions import Paging, Reason, Transition, transition_id
from detente.vocabulary import State, Tier, TransitionKind

HEARD_WITHIN = dt.timedelta(days=1)
"""A source that was not read for longer is not listening."""


def due(contact: Contact, limit: dt.timedelta = SILENCE_LIMIT) -> dt.date | None:
    """The first day on which a tier of the contact lapses if nothing more is heard; None if none is open."""
    days = [last_day(encounter) + limit + dt.timedelta(days=1) for _, encounter in _open_tiers(contact)]
    return min(days, default=None)


def lapse(contact: Contact, now: dt.datetime, *, heard: bool, limit: dt.timedelta = SILENCE_LIMIT) -> Advance:
    """Let the tiers lapse that are due by ``now``; each silence is said once, of the high tier if both lapse.

    ``heard`` says whether the sources that reported this contact are still read; if not, the transition says that we
    are blind, which pages nobody unless a rule asks for it.
    """
    silent = [(tier, encounter) for tier, encounter in _open_tiers(contact) if now.date() - last_day(encounter) > limit]
    if not silent:
        return Advance(contact, ())
    tier, encounter = silent[0]
    made = Transition(
        id=transition_id(contact.key, tier, TransitionKind.LAPSED, encounter.id),
        contact=contact.key,
        dyad=contact.dyad,
        channel=contact.channel,
        tier=tier,
        kind=TransitionKind.LAPSED,
        from_state=State.OPEN,
        to_state=State.DORMANT,
        also_working=len(silent) > 1,
        reason=Reason.SILENCE,
        paging=Paging.PAGES if heard else Paging.BLIND,
        encounter_id=encounter.id,
        event_date=encounter.event_date,
        mode=encounter.mode,
        level=encounter.level,
        previous=encounter.event_date,
        publishers=encounter.publishers,
        at=now,
    )
    dormant = {name.value: contact.tier(name).model_copy(update={"state": State.DORMANT}) for name, _ in silent}
    said = any(entry.transition_id == made.id for entry in contact.raised)
    return Advance(remember(contact.model_copy(update=dormant), (made,)), () if said else (made,))


def is_heard(
    contact: Contact, last_heard: Mapping[str, dt.datetime], now: dt.datetime, within: dt.timedelta = HEARD_WITHIN
) -> bool:
    """Whether a publisher that reported this contact was read lately; ``last_heard`` is by publisher."""
    publishers = {publisher for encounter in contact.encounters for publisher in encounter.publishers}
    return any(now - last_heard[publisher] <= within for publisher in publishers & last_heard.keys())


def _open_tiers(contact: Contact) -> list[tuple[Tier, Encounter]]:
    found = ((tier, contact.encounter(contact.tier(tier).encounter_id)) for tier in (Tier.HIGH, Tier.WORKING))
    return [(tier, enc) for tier, enc in found if enc is not None and contact.tier(tier).state is State.OPEN]
