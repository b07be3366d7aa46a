"""The bytes of an RSS or Atom feed into articles, one an entry."""

import calendar
import datetime as dt
import io
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import feedparser

from detente.articles import Article
from producers.pages_to_articles import Given, dated, registrable_domain
from producers.rejections import Rejected

BLOCKS = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"})


class NotAFeedError(ValueError):
    """The bytes hold neither entries nor the head of a feed."""


def feed_to_articles(url: str, body: bytes, content_type: str, given: Given) -> list[Article | Rejected]:
    """Every entry, in the feed's order. A feed with broken mark-up gives the entries that can be read.

    Raises NotAFeedError. The body is the entry's full content where it has one, else its summary.
    """
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    parsed = feedparser.parse(io.BytesIO(body), response_headers=headers)
    if not parsed.entries and not parsed.version:
        raise NotAFeedError(str(parsed.get("bozo_exception", "no feed")))
    language = parsed.feed.get("language")
    return [_entry_to_article(url, entry, language, given) for entry in parsed.entries]


def _entry_to_article(url: str, entry: Any, language: str | None, given: Given) -> Article | Rejected:  # noqa: ANN401
    link = entry.get("link")
    link = link if link and urlsplit(link).scheme in ("http", "https") else None
    html = entry.content[0].value if entry.get("content") else entry.get("summary", "")
    fields = {
        "title": plain(entry.get("title", "")),
        "body": plain(html) or plain(entry.get("title", "")),
        "url": link,
        "publisher": given.publisher or registrable_domain(link or url),
        "language": language,
    }
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    published_at = dt.datetime.fromtimestamp(calendar.timegm(when), dt.UTC) if when else None
    return dated(link or url, fields, published_at or given.published_at, given.now, str(html).encode())


class _Words(HTMLParser):
    """Collects the text; a block element begins a new line."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # the library's own signature
        """Break the line before a block."""
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)


def plain(html: str) -> str:
    """The words of a piece of HTML, a paragraph a line."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.words).split("\n"))
    return "\n".join(line for line in lines if line)
