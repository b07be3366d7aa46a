"""An article's claim of how long there was no such contact: "first in nearly two years", "for the first time since 2016"."""

from datetime import date

from detente.coder.date_expressions import read_date
from detente.coder.date_words import number, unit_days
from detente.coder.sentence_to_tokens import Token
from detente.coder.words import Words
from detente.event_dates import UNKNOWN_DATE, EventDate
from detente.signals import GapClaim

CLAIM_REACH = 26
"""How many tokens after "first" its "in two years" or "since" may stand."""
BREAK_REACH = 6
"""How many tokens after "two years after" the break may be named."""
EVER = 36_525
"""The days of "first ever": a century, longer than any silence that is counted."""
SEVERAL = 2
"""What "years" without a number means at least."""


def find_gap_claim(tokens: list[Token], text: str, published: date, words: Words) -> GapClaim | None:
    """The sentence's first claim."""
    return _Reader(tokens, text, published, words).find()


def is_about_the_last(tokens: list[Token]) -> bool:
    """Whether a sentence without parties speaks of the contact told before it ("It was the first such call since 2022")."""
    low = [token.low for token in tokens[:4]]
    return low[:1] in (["it"], ["this"], ["that"], ["the"]) and not {
        "was",
        "is",
        "marks",
        "marked",
        "were",
        "would",
    }.isdisjoint(low)


class _Reader:
    """Reads one sentence."""

    def __init__(self, tokens: list[Token], text: str, published: date, words: Words) -> None:
        self._tokens = tokens
        self._low = [token.low for token in tokens]
        self._text = text
        self._published = published
        self._words = words

    def find(self) -> GapClaim | None:
        for at, word in enumerate(self._low):
            claim = self._after_first(at) if word in ("first", "first-ever") else None
            if claim is None and word in ("after", "for"):
                claim = self._after_hiatus(at)
            claim = claim or self._years_after(at)
            if claim is not None:
                return claim
        return None

    def _years_after(self, at: int) -> GapClaim | None:
        """Two years after ties were cut."""
        low = self._low
        found = self._duration(at) if at == 0 or low[at - 1] not in self._words.approximately else None
        if found is None or low[found[1] : found[1] + 1] != ["after"]:
            return None
        if self._words.breaks.isdisjoint(low[found[1] + 1 : found[1] + BREAK_REACH]):
            return None
        return self._claim(at, min(len(low), found[1] + BREAK_REACH - 1), found[0], UNKNOWN_DATE)

    def _after_first(self, first: int) -> GapClaim | None:
        low = self._low
        if low[first] == "first-ever":
            return self._claim(first, first + 1, EVER, UNKNOWN_DATE)
        for at in range(first + 1, min(len(low) - 1, first + CLAIM_REACH)):
            if low[at] == "ever" and low[at + 1] != "since":
                return self._claim(first, at + 1, EVER, UNKNOWN_DATE)
            if low[at] == "since":
                expression = read_date(low, at + 1, self._published)
                since = expression.date if expression else UNKNOWN_DATE
                end = expression.last if expression else min(len(low), at + BREAK_REACH)
                return self._claim(first, end, None, since)
            found = self._duration(at + 1) if low[at] in ("in", "for") else None
            if found is not None:
                return self._claim(first, found[1], found[0], UNKNOWN_DATE)
            if low[at] in (";", "who"):
                return None
        return None

    def _after_hiatus(self, after: int) -> GapClaim | None:
        """After a two-year hiatus; after seven years of silence."""
        low, hiatus = self._low, self._words.hiatus
        for at in range(after + 1, min(len(low), after + 4)):
            count, _, unit = low[at].partition("-")
            days = unit_days(unit) if unit else None
            if days is not None and (many := number(count)) is not None and not hiatus.isdisjoint(low[at : at + 4]):
                return self._claim(after, min(len(low), at + 2), many * days, UNKNOWN_DATE)
        found = self._duration(after + 1)
        if found is None or low[found[1] : found[1] + 1] not in (["of"], ["without"]):
            return None
        if not set(low[found[1] : found[1] + 4]) & (hiatus | self._words.contact_nouns):
            return None
        return self._claim(after, min(len(low), found[1] + 2), found[0], UNKNOWN_DATE)

    def _duration(self, at: int) -> tuple[int, int] | None:
        """The days of "nearly two years" at ``at``, and the token after it."""
        low = self._low
        while at < len(low) and low[at] in self._words.approximately:
            at += 1
        if at >= len(low):
            return None
        if low[at] in ("years", "months", "decades", "weeks"):
            days = unit_days(low[at])
            return (SEVERAL * days, at + 1) if days else None
        count = number(low[at])
        skip = at + 1
        while skip < len(low) and low[skip] in ("and", "a", "half", "of", "couple"):
            skip += 1
        if count is None or skip >= len(low):
            return None
        days = unit_days(low[skip])
        return (count * days, skip + 1) if days else None

    def _claim(self, first: int, end: int, days: int | None, since: EventDate) -> GapClaim:
        text = self._text[self._tokens[first].start : self._tokens[end - 1].end].rstrip(" .,;")
        return GapClaim(text=text, days=days, since=since)
