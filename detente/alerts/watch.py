"""Whose silence is watched: only the dyads that a rule on lapsed contacts names, for most of the world is always silent."""

from collections.abc import Sequence

from detente.alerts.matching import names_dyad
from detente.alerts.rule import Rule
from detente.contacts.contact import Contact
from detente.contacts.silence import Limit
from detente.vocabulary import TransitionKind


def silence_limits(rules: Sequence[Rule], contact: Contact) -> tuple[Limit, ...]:
    """What the rules on lapsed contacts that name this contact's dyad, and its channel if any, call a silence.

    Empty if no rule watches the contact.
    """
    watching = (
        rule.match.limit
        for rule in rules
        if TransitionKind.LAPSED in rule.match.transitions
        and names_dyad(rule.match, contact.dyad)
        and (not rule.match.channels or contact.channel in rule.match.channels)
    )
    return tuple(dict.fromkeys(watching))
