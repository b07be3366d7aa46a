"""What a producer puts on the ``articles`` topic, and how a loose record becomes one."""

from datetime import datetime, timedelta
from typing import Self

from pydantic import Field, field_validator

from detente.ids import stable_id
from detente.model import UtcTime, Value
from detente.vocabulary import ArticleFlag

MAX_TEXT_CHARS = 500_000
"""Longer articles are refused: the longest newspaper pieces have a tenth of it, and Kafka's default record limit is 1 MiB."""

CLOCK_SKEW = timedelta(hours=1)
"""How far ahead of the reader's clock a publication time may lie before it is clamped."""


class Article(Value):
    """One published text. The id depends on the canonical URL, or without one on the text."""

    id: str = Field(min_length=1, max_length=200)
    title: str = Field(default="", max_length=2_000)
    body: str = Field(min_length=1, max_length=MAX_TEXT_CHARS)
    published_at: UtcTime
    publisher: str | None = Field(default=None, max_length=200)
    url: str | None = Field(default=None, max_length=2_000)
    language: str | None = Field(default=None, max_length=35)
    flags: tuple[ArticleFlag, ...] = ()

    @field_validator("body")
    @classmethod
    def _body_says_something(cls, body: str) -> str:
        if not body.strip():
            raise ValueError("the body is blank")
        return body

    def clamped(self, now: datetime) -> Self:
        """The article with a publication time of at most an hour ahead of ``now``; flagged if it had to be mended."""
        if self.published_at <= now + CLOCK_SKEW:
            return self
        return self.model_copy(update={"published_at": now, "flags": (*self.flags, ArticleFlag.CLAMPED)})


class ArticleRecord(Value):
    """An article as users write it in JSON Lines: id and most else may be missing."""

    id: str | None = None
    title: str = ""
    body: str
    published_at: UtcTime
    publisher: str | None = None
    url: str | None = None
    language: str | None = None

    def to_article(self) -> Article:
        """Fill in the id; raises pydantic's ValidationError if a limit is passed."""
        fields = self.model_dump()
        fields["id"] = self.id or article_id(self.url, self.title, self.body)
        return Article.model_validate(fields)


def article_id(url: str | None, title: str, body: str) -> str:
    """The id of an article: the hash of its canonical URL, else of its text with white space folded."""
    canonical = canonical_url(url) if url else None
    if canonical:
        return stable_id("url", canonical)
    return stable_id("text", " ".join(title.split()), " ".join(body.split()))


def canonical_url(url: str) -> str | None:
    """The URL without trackers, fragment and default port; None if it is not one."""
    from courlan import clean_url  # noqa: PLC0415  # slow to import, and a text without a URL needs none of it

    cleaned: str | None = clean_url(url)
    return cleaned.split("#", 1)[0] if cleaned else None
