"""Whether a rule fires on a transition, and if not, the first thing that stands against it."""

from datetime import timedelta

from detente.alerts.expression import ExpressionError, holds
from detente.alerts.groups import members_of
from detente.alerts.party_names import party_name
from detente.alerts.rule import Match
from detente.alerts.template_fields import template_fields
from detente.alerts.verdicts import Verdict
from detente.contacts.contact import SILENCE_LIMIT
from detente.contacts.transitions import Paging, Reason, Transition
from detente.vocabulary import State, TransitionKind

SILENT = {
    Paging.OLD_EVENT: Verdict.OLD_EVENT,
    Paging.LATE_ARTICLE: Verdict.LATE_ARTICLE,
    Paging.BLIND: Verdict.BLIND,
}

FIRES = frozenset({Verdict.FIRED, Verdict.EXPRESSION_FAILED})
"""The verdicts of ``verdict_of`` on which an alert is made."""


def verdict_of(match: Match, transition: Transition) -> Verdict:
    """FIRED if everything that the rule asks for is there and the transition may page, else what is not."""
    checks = (
        (Verdict.OTHER_TRANSITION, transition.kind in match.transitions),
        (Verdict.OTHER_DYAD, not match.dyads or transition.dyad in match.dyads),
        (Verdict.OTHER_CHANNEL, not match.channels or transition.channel in match.channels),
        (Verdict.OTHER_TIER, not match.tiers or transition.tier in match.tiers),
        (Verdict.OTHER_LEVEL, not match.levels or transition.level in match.levels),
        (Verdict.OTHER_MODE, not match.modes or transition.mode in match.modes),
        (Verdict.OTHER_STATE, not match.from_states or state_before(transition) in match.from_states),
        (Verdict.OTHER_SILENCE, transition.kind is not TransitionKind.LAPSED or match.limit == limit_of(transition)),
        (Verdict.LOW_CONFIDENCE, transition.confidence >= match.min_confidence),
    )
    against = next((verdict for verdict, holds_so in checks if not holds_so), None)
    return (
        against
        or _parties(match, transition.dyad)
        or _may_page(match, transition.paging)
        or _support(match, transition)
        or _expression(match, transition)
    )


def names_dyad(match: Match, dyad: str) -> bool:
    """Whether the rule says of which dyads it is, and this is one of them."""
    named = bool(match.dyads or match.between)
    return named and (not match.dyads or dyad in match.dyads) and _parties(match, dyad) is None


def state_before(transition: Transition) -> State:
    """The state that a rule's ``from_states`` is compared with.

    A tier of which nothing was known counts as dormant if the article itself claims a silence of at least the limit.
    """
    claim = transition.gap_claim
    if transition.from_state is not State.UNKNOWN or claim is None:
        return transition.from_state
    claimed = claim.length(transition.event_date.latest or transition.at.date())
    return State.DORMANT if claimed >= SILENCE_LIMIT else State.UNKNOWN


def limit_of(transition: Transition) -> timedelta | None:
    """What the lapse was measured by: a length, or None for the contact's own cadence."""
    return None if transition.reason is Reason.SILENCE_AGAINST_CADENCE else transition.silence or SILENCE_LIMIT


def _parties(match: Match, dyad: str) -> Verdict | None:
    codes = dyad.split("-")
    if match.parties and not set(codes) & set(match.parties):
        return Verdict.OTHER_PARTY
    if match.groups and not any(members_of(group) & set(codes) for group in match.groups):
        return Verdict.NOT_IN_GROUP
    if match.between is not None:
        one, other = (members_of(name) for name in match.between)
        first, second = codes
        if not ((first in one and second in other) or (second in one and first in other)):
            return Verdict.NOT_BETWEEN
    return None


def _may_page(match: Match, paging: Paging) -> Verdict | None:
    return None if paging is Paging.PAGES or (paging is Paging.BLIND and match.blind) else SILENT[paging]


def _support(match: Match, transition: Transition) -> Verdict | None:
    if transition.kind is TransitionKind.LAPSED:
        return None
    if transition.independent < match.min_publishers:
        return Verdict.TOO_FEW_PUBLISHERS
    return None if transition.confirmation.reaches(match.confirmation) else Verdict.NOT_CONFIRMED_YET


def _expression(match: Match, transition: Transition) -> Verdict:
    if match.when is None:
        return Verdict.FIRED
    names = tuple(party_name(code) for code in transition.dyad.split("-"))
    try:
        return Verdict.FIRED if holds(match.when, template_fields(transition, names)) else Verdict.EXPRESSION_FALSE
    except ExpressionError:
        return Verdict.EXPRESSION_FAILED
