"""Codes of parties into the names that an alert speaks of."""

from functools import cache

from detente.parties.gazetteer import load_gazetteer


def party_name(code: str) -> str:
    """The party's name; its code if it is none that we know."""
    return _names().get(code, code)


def is_party(code: str) -> bool:
    """Whether the code is that of a party that we know."""
    return code in _names()


@cache
def _names() -> dict[str, str]:
    gazetteer = load_gazetteer()
    states = {row.code: row.name for row in gazetteer.states}
    return states | {row.code: row.name for row in gazetteer.organisations}
