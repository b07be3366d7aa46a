"""An article's claim of how long there was no such contact: "first in nearly two years", "for the first time since 2016"."""

from datetime import date

from detente.coder.date_expressions import number, read_date, unit_days
from detente.coder.sentence_to_tokens import Token
from detente.event_dates import UNKNOWN_DATE, EventDate
from detente.signals import GapClaim

_ABOUT = frozenset(
    {
        "nearly",
        "almost",
        "about",
        "around",
        "roughly",
        "over",
        "some",
        "more",
        "than",
        "at",
        "least",
        "the",
        "past",
        "last",
        "just",
        "under",
        "well",
    }
)
CLAIM_REACH = 26
"""How many tokens after "first" its "in two years" or "since" may stand."""
_HIATUS = frozenset(
    {
        "hiatus",
        "break",
        "silence",
        "gap",
        "freeze",
        "pause",
        "rift",
        "estrangement",
        "absence",
        "lull",
        "standoff",
        "interruption",
        "suspension",
    }
)


def find_gap_claim(tokens: list[Token], text: str, published: date) -> GapClaim | None:
    """The sentence's first claim."""
    low = [token.low for token in tokens]
    for at, word in enumerate(low):
        if word == "first":
            claim = _after_first(tokens, low, text, at, published)
            if claim is not None:
                return claim
        if word in ("after", "for") and (claim := _after_hiatus(tokens, low, text, at)):
            return claim
        if (claim := _years_after(tokens, low, text, at)) is not None:
            return claim
    return None


_BREAKS = frozenset(
    {
        "ties",
        "relations",
        "severed",
        "severing",
        "cut",
        "cutting",
        "breaking",
        "broke",
        "break",
        "suspended",
        "rupture",
        "talks",
        "contacts",
    }
)


def _years_after(tokens: list[Token], low: list[str], text: str, at: int) -> GapClaim | None:
    """Two years after ties were cut."""
    found = _duration(low, at) if at == 0 or low[at - 1] not in _ABOUT else None
    if (
        found is None
        or low[found[1] : found[1] + 1] != ["after"]
        or _BREAKS.isdisjoint(low[found[1] + 1 : found[1] + 6])
    ):
        return None
    return _claim(tokens, text, at, min(len(low), found[1] + 5), found[0], UNKNOWN_DATE)


LONG_DAYS = 60
"""A shorter time after which ties were restored is no silence but the length of the talks."""


def _after_first(tokens: list[Token], low: list[str], text: str, first: int, published: date) -> GapClaim | None:
    for at in range(first + 1, min(len(low) - 1, first + CLAIM_REACH)):
        if low[at] == "since":
            expression = read_date(low, at + 1, published)
            since = expression.date if expression else UNKNOWN_DATE
            end = expression.last if expression else min(len(low), at + 6)
            return _claim(tokens, text, first, end, None, since)
        if low[at] in ("in", "for"):
            found = _duration(low, at + 1)
            if found is not None:
                return _claim(tokens, text, first, found[1], found[0], UNKNOWN_DATE)
        if low[at] in (";", "who"):
            return None
    return None


def _after_hiatus(tokens: list[Token], low: list[str], text: str, after: int) -> GapClaim | None:
    """After a two-year hiatus; after seven years of silence."""
    for at in range(after + 1, min(len(low), after + 4)):
        count, _, unit = low[at].partition("-")
        days = unit_days(unit) if unit else None
        if days is not None and (many := number(count)) is not None and set(low[at : at + 4]) & _HIATUS:
            return _claim(tokens, text, after, min(len(low), at + 2), many * days, UNKNOWN_DATE)
    found = _duration(low, after + 1)
    if (
        found is not None
        and found[1] < len(low)
        and low[found[1]] in ("of", "without")
        and set(low[found[1] : found[1] + 4]) & (_HIATUS | {"contact", "severed", "talks"})
    ):
        return _claim(tokens, text, after, min(len(low), found[1] + 2), found[0], UNKNOWN_DATE)
    return None


def _duration(low: list[str], at: int) -> tuple[int, int] | None:
    """The days of "nearly two years" at ``at``, and the token after it."""
    while at < len(low) and low[at] in _ABOUT:
        at += 1
    if at >= len(low):
        return None
    if low[at] in ("years", "months", "decades", "weeks"):
        days = unit_days(low[at])
        return (2 * days, at + 1) if days else None
    count = number(low[at])
    skip = at + 1
    while skip < len(low) and low[skip] in ("and", "a", "half", "of", "couple"):
        skip += 1
    if count is None or skip >= len(low):
        return None
    days = unit_days(low[skip])
    return (count * days, skip + 1) if days else None


def _claim(tokens: list[Token], text: str, first: int, end: int, days: int | None, since: EventDate) -> GapClaim:
    return GapClaim(text=text[tokens[first].start : tokens[end - 1].end].rstrip(" .,;"), days=days, since=since)
