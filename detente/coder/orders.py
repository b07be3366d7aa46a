"""Who orders whom: "A ordered B to shut its consulate", "A gave B ten days to", "A demanded that B withdraw its ambassador"."""

from typing import NamedTuple

from detente.coder.actor_groups import Group
from detente.coder.clauses import Clauses
from detente.coder.date_words import number, unit_days
from detente.coder.lexicon import Lexicon


class Order(NamedTuple):
    """Who gives it, to whom, and the verb by which it is given."""

    master: Group
    addressee: Group
    verb: int


def order_for(clauses: Clauses, verb: int, lexicon: Lexicon) -> Order | None:
    """The order whose deed the verb names; None if nobody orders it."""
    return _demanded(clauses, verb, lexicon) or _told_to(clauses, verb, lexicon)


def _told_to(clauses: Clauses, verb: int, lexicon: Lexicon) -> Order | None:
    at = verb - 2
    while at > 0 and (_is_date(clauses, at) or _is_time(clauses.low[at])):
        at -= 1
    addressee = clauses.group_at(at) if at >= 0 and clauses.low[verb - 1] == "to" else None
    if addressee is None:
        return None
    at = clauses.grouping.before(addressee.first - 1)
    master = clauses.subject(at) if at >= 0 and clauses.low[at] in lexicon.ordering else None
    return Order(master, addressee, at) if master is not None else None


def _demanded(clauses: Clauses, verb: int, lexicon: Lexicon) -> Order | None:
    addressee = clauses.group_at(verb - 1) if verb > 1 else None
    if addressee is None or clauses.low[max(0, addressee.first - 1)] != "that":
        return None
    at = addressee.first - 2
    while at > 0 and _is_date(clauses, at):
        at -= 1
    master = clauses.subject(at) if at >= 0 and clauses.low[at] in lexicon.demanding else None
    return Order(master, addressee, at) if master is not None else None


def _is_date(clauses: Clauses, at: int) -> bool:
    return clauses.low[at] in clauses.words.calendar or clauses.low[at] == "on"


def _is_time(low: str) -> bool:
    """Part of the time that is given, as in "gave B 48 hours to leave"."""
    return unit_days(low) is not None or low == "hours" or number(low) is not None
