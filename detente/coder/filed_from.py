"""From which state an article was filed, by the city of its dateline: what "here" means in it."""

import re

from detente.parties.gazetteer import NameKind
from detente.parties.text_to_mentions import MentionFinder

_CITY = re.compile(r"\s{0,4}([A-Z][A-Za-z.' ]{2,30}?)(?:,| ?\(| ?[-\u2013\u2014/:])")
"""The city, before the day, the agency or the dash."""


def filed_from(body: str, mentions: MentionFinder) -> str | None:
    """The state of the city that opens the body ("LA PAZ - ", "Moscow, March 30 (Reuters) - "), if it is known."""
    match = _CITY.match(body)
    city = match.group(1) if match is not None else ""
    found = mentions.find(city.title() if city.isupper() else city)
    return next((m.code for m in found if m.kind in (NameKind.CAPITAL, NameKind.CITY)), None)
