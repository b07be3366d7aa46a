"""What articles say of a transition that was raised: better support confirms it, rung by rung; a denial retracts it."""

from detente.contacts.changes import Step, told_of
from detente.contacts.confirmation import support_of
from detente.contacts.contact import Encounter, Raised
from detente.contacts.transitions import Paging, Reason, Transition
from detente.ids import stable_id
from detente.vocabulary import Confirmation, Status, TransitionKind

RUNGS = {
    Confirmation.INDEPENDENT_OUTLETS: Reason.SECOND_PUBLISHER,
    Confirmation.ONE_READOUT: Reason.OFFICIAL_READOUT,
    Confirmation.BOTH_READOUTS: Reason.BOTH_READOUTS,
}
"""Why an event is confirmed, by the rung of the ladder that its support has reached."""


COUNTED_PUBLISHERS = 5
"""Further publishers add nothing that a rule could ask for."""


def updates_of(step: Step) -> tuple[Transition, ...]:
    """Confirmations, one a rung, and retractions, of raised transitions that paged.

    A retraction puts the event back to the foot of the ladder: reported again, it is confirmed again.
    """
    if not step.after.raised:
        return ()
    made = []
    told = {encounter.id: encounter for encounter in step.after.encounters if step.tells_of(encounter)}
    for raised in step.after.raised:
        encounter = told.get(raised.encounter_id)
        if encounter is None or not raised.pages or raised.kind is TransitionKind.LAPSED:
            continue
        update = _update(encounter, raised, step.after.dyad)
        if update is not None:
            made.append(_transition(step, raised, encounter, *update))
    return tuple(made)


def _update(encounter: Encounter, raised: Raised, dyad: str) -> tuple[TransitionKind, Reason] | None:
    if encounter.status is Status.DENIED:
        return None if raised.update is TransitionKind.RETRACTED else (TransitionKind.RETRACTED, Reason.DENIED)
    support = support_of(encounter, dyad)
    if not raised.confirmation.reaches(support.confirmation):
        return (TransitionKind.CONFIRMED, RUNGS[support.confirmation])
    if raised.independent < min(support.independent, COUNTED_PUBLISHERS):
        return (TransitionKind.CONFIRMED, Reason.MORE_PUBLISHERS)
    return None


def _transition(step: Step, raised: Raised, encounter: Encounter, kind: TransitionKind, reason: Reason) -> Transition:
    return Transition(
        id=stable_id("update", raised.transition_id, kind, step.article.article_id),
        kind=kind,
        of=raised.kind,
        reason=reason,
        paging=Paging.PAGES,
        from_state=raised.from_state,
        previous=raised.previous,
        **told_of(step, raised.tier, encounter, raised.before),
    )
