"""Whether a rule fires on a transition, and if not, the first thing that stands against it."""

from datetime import timedelta

from detente.alerts.rule import Match
from detente.alerts.verdicts import Verdict
from detente.contacts.contact import SILENCE_LIMIT
from detente.contacts.transitions import Paging, Reason, Transition
from detente.vocabulary import State, TransitionKind

SILENT = {
    Paging.OLD_EVENT: Verdict.OLD_EVENT,
    Paging.LATE_ARTICLE: Verdict.LATE_ARTICLE,
    Paging.BLIND: Verdict.BLIND,
}


def verdict_of(match: Match, transition: Transition) -> Verdict:
    """FIRED if everything that the rule asks for is there and the transition may page, else what is not."""
    codes = set(transition.dyad.split("-"))
    checks = (
        (Verdict.OTHER_TRANSITION, transition.kind in match.transitions),
        (Verdict.OTHER_DYAD, not match.dyads or transition.dyad in match.dyads),
        (Verdict.OTHER_PARTY, not match.parties or not codes.isdisjoint(match.parties)),
        (Verdict.OTHER_CHANNEL, not match.channels or transition.channel in match.channels),
        (Verdict.OTHER_TIER, not match.tiers or transition.tier in match.tiers),
        (Verdict.OTHER_LEVEL, not match.levels or transition.level in match.levels),
        (Verdict.OTHER_MODE, not match.modes or transition.mode in match.modes),
        (Verdict.OTHER_STATE, not match.from_states or state_before(transition) in match.from_states),
        (Verdict.OTHER_SILENCE, transition.kind is not TransitionKind.LAPSED or match.limit == limit_of(transition)),
        (Verdict.LOW_CONFIDENCE, transition.confidence >= match.min_confidence),
    )
    against = next((verdict for verdict, holds in checks if not holds), None)
    return against or _may_page(match, transition.paging)


def limit_of(transition: Transition) -> timedelta | None:
    """What the lapse was measured by: a length, or None for the contact's own cadence."""
    return None if transition.reason is Reason.SILENCE_AGAINST_CADENCE else transition.silence or SILENCE_LIMIT


def state_before(transition: Transition) -> State:
    """The state that a rule's ``from_states`` is compared with.

    A tier of which nothing was known counts as dormant if the article itself claims a silence of at least the limit.
    """
    claim = transition.gap_claim
    if transition.from_state is not State.UNKNOWN or claim is None:
        return transition.from_state
    claimed = claim.length(transition.event_date.latest or transition.at.date())
    return State.DORMANT if claimed >= SILENCE_LIMIT else State.UNKNOWN


def _may_page(match: Match, paging: Paging) -> Verdict:
    if paging is Paging.PAGES or (paging is Paging.BLIND and match.blind):
        return Verdict.FIRED
    return SILENT[paging]
