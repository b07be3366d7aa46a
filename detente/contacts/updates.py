"""What articles say of a transition that was raised: a second publisher confirms it, a denial retracts it."""

from detente.contacts.changes import Step, told_of
from detente.contacts.contact import Encounter, Raised
from detente.contacts.official import is_official
from detente.contacts.transitions import Paging, Reason, Transition
from detente.ids import stable_id
from detente.vocabulary import Status, TransitionKind

INDEPENDENT_PUBLISHERS = 2
"""So many publishers, or one official readout, confirm an encounter."""


def updates_of(step: Step) -> tuple[Transition, ...]:
    """Confirmations and retractions, each once, of raised transitions that paged."""
    made = []
    for raised in step.after.raised:
        encounter = step.after.encounter(raised.encounter_id)
        if not raised.pages or encounter is None or step.told.isdisjoint(encounter.reports):
            continue
        update = _update(encounter, raised)
        if update is not None:
            made.append(_transition(step, raised, encounter, *update))
    return tuple(made)


def _update(encounter: Encounter, raised: Raised) -> tuple[TransitionKind, Reason] | None:
    if encounter.status is Status.DENIED:
        return None if raised.update is TransitionKind.RETRACTED else (TransitionKind.RETRACTED, Reason.DENIED)
    if raised.update is TransitionKind.CONFIRMED:
        return None
    if any(is_official(publisher) for publisher in encounter.publishers):
        return (TransitionKind.CONFIRMED, Reason.OFFICIAL_READOUT)
    if len(encounter.publishers) >= INDEPENDENT_PUBLISHERS:
        return (TransitionKind.CONFIRMED, Reason.SECOND_PUBLISHER)
    return None


def _transition(step: Step, raised: Raised, encounter: Encounter, kind: TransitionKind, reason: Reason) -> Transition:
    return Transition(
        id=stable_id("update", raised.transition_id, kind, step.article.article_id),
        kind=kind,
        of=raised.kind,
        reason=reason,
        paging=Paging.PAGES,
        **told_of(step, raised.tier, encounter),
    )
