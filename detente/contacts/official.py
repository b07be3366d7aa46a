"""Which publishers are a government's own voice: one readout of theirs confirms what an outlet reported."""

import re

_GOVERNMENT = re.compile(
    r"(?:^|\.)(?:gov|mil|gouv|gob|go|govt|gc|admin)(?:\.[a-z]{2})?$|(?:^|\.)europa\.eu$|(?:^|\.)nato\.int$"
)
_NAMED = frozenset(
    {
        "kremlin.ru",
        "mid.ru",
        "mil.ru",
        "bundesregierung.de",
        "auswaertiges-amt.de",
        "elysee.fr",
        "mfa.ir",
        "president.ir",
    }
)


def is_official(publisher: str | None) -> bool:
    """Whether the publisher's domain belongs to a government or to an organisation that is itself a party."""
    if publisher is None:
        return False
    domain = publisher.lower().removeprefix("www.")
    return domain in _NAMED or _GOVERNMENT.search(domain) is not None
