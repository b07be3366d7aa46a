"""Text clean-up: the passages of an article that are prose, by their place in the original text; the page's furniture is left out."""

from enum import StrEnum
from functools import cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from detente.articles import Article
from detente.data_files import read_yaml

_SAME_LENGTH = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc`\u00b4\u2032"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2013"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t\r\u200b\ufeff\u00ad"), " "),
}
SHORT_LINE_WORDS = 4
"""A line of so few words that does not end like a sentence is a heading, a caption's label or a button."""
_SENTENCE_ENDS = (".", "!", "?", '"', "'", ")", ":", "…", ";")


class Dropped(StrEnum):
    """Why a line is not read."""

    FURNITURE = "furniture"
    """It holds a phrase of cookie and paywall notices, share bars and footers."""
    FRAGMENT = "fragment"
    HEADLINE_LIST = "headline_list"
    REPEATED = "repeated"


class Passage(NamedTuple):
    """A stretch of prose: ``text`` has the length of ``getattr(article, field)[start:end]``, with quotes and spaces made plain."""

    field: Literal["title", "body"]
    start: int
    end: int
    text: str
    dropped: Dropped | None = None


class Boilerplate(BaseModel):
    """The content of boilerplate.yaml, lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phrases: tuple[str, ...]
    prefixes: tuple[str, ...]
    lists: frozenset[str]


@cache
def load_boilerplate() -> Boilerplate:
    """Read boilerplate.yaml; cached, since it never changes while a process runs."""
    return Boilerplate.model_validate(read_yaml(__package__, "boilerplate.yaml"))


def article_to_passages(article: Article, boilerplate: Boilerplate) -> list[Passage]:
    """Every line of title and body in order; those that are no prose carry the reason."""
    passages = []
    if article.title.strip():
        title = plain(article.title)
        passages.append(
            Passage("title", 0, len(title), title, _no_prose(title.strip().lower(), boilerplate, short=False))
        )
    seen: set[str] = set()
    in_list = False
    for start, end, text in _lines(plain(article.body)):
        line = text.strip()
        low = line.lower()
        dropped = _no_prose(low, boilerplate, short=True)
        if low.rstrip(":") in boilerplate.lists:
            in_list, dropped = True, Dropped.HEADLINE_LIST
        elif in_list and not line.endswith(_SENTENCE_ENDS):
            dropped = Dropped.HEADLINE_LIST
        elif dropped is None and low in seen:
            dropped = Dropped.REPEATED
        seen.add(low)
        passages.append(Passage("body", start, end, text, dropped))
    return passages


def plain(text: str) -> str:
    """The text with typographic quotes, dashes and spaces replaced one for one, so that every offset stays."""
    return text.translate(_SAME_LENGTH)


def _no_prose(low: str, boilerplate: Boilerplate, *, short: bool) -> Dropped | None:
    if low.startswith(boilerplate.prefixes) or any(phrase in low for phrase in boilerplate.phrases):
        return Dropped.FURNITURE
    if short and not low.endswith(_SENTENCE_ENDS) and len(low.split(None, SHORT_LINE_WORDS)) <= SHORT_LINE_WORDS:
        return Dropped.FRAGMENT
    return None


def _lines(body: str) -> list[tuple[int, int, str]]:
    """The non-blank lines with their places; a line that goes on in lower case or without a full stop is joined with the next."""
    lines: list[tuple[int, int]] = []
    at = 0
    blank_before = True
    for line in body.split("\n"):
        end = at + len(line)
        if line.strip():
            if not blank_before and lines and _goes_on(body[lines[-1][0] : lines[-1][1]], line):
                lines[-1] = (lines[-1][0], end)
            else:
                lines.append((at, end))
        blank_before = not line.strip()
        at = end + 1
    return [(start, end, body[start:end].replace("\n", " ")) for start, end in lines]


WRAPPED_LINE_CHARS = 50
"""A line at least this long that ends within a sentence was broken by a text editor, not by the author."""


def _goes_on(before: str, line: str) -> bool:
    last_line = before[before.rfind("\n") + 1 :].rstrip()
    if last_line.endswith(_SENTENCE_ENDS):
        return False
    return line.lstrip()[:1].islower() or (len(last_line) >= WRAPPED_LINE_CHARS and last_line.endswith((",", "-")))
