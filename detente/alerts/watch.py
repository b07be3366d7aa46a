"""Whose silence is watched: only the dyads that a rule on lapsed contacts names, for most of the world is always silent."""

from collections.abc import Sequence

from detente.alerts.rule import Rule
from detente.contacts.contact import Contact
from detente.vocabulary import TransitionKind


def is_watched(rules: Sequence[Rule], contact: Contact) -> bool:
    """Whether a rule on lapsed contacts names this contact's dyad, and its channel if it names any."""
    return any(
        TransitionKind.LAPSED in rule.match.transitions
        and contact.dyad in rule.match.dyads
        and (not rule.match.channels or contact.channel in rule.match.channels)
        for rule in rules
    )
