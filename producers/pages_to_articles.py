"""A text or an HTML page into an article: the article's own words without menus and footers, its title, date and URL."""

import datetime as dt
from typing import NamedTuple

from pydantic import ValidationError

from detente.articles import Article, ArticleRecord
from detente.vocabulary import ArticleFlag
from producers.rejections import Rejected, RejectReason, rejected, rejected_by_schema


class Given(NamedTuple):
    """What the caller knows of a page better than the page itself, and the time of reading."""

    now: dt.datetime
    published_at: dt.datetime | None = None
    publisher: str | None = None


def registrable_domain(url: str | None) -> str | None:
    """``news.example.co.uk`` is published by ``example.co.uk``; None if the URL names no such domain."""
    if not url:
        return None
    from courlan import extract_domain  # noqa: PLC0415  # slow to import, and a text without a URL needs none of it

    domain: str | None = extract_domain(url)
    return domain


def text_to_article(where: str, raw: bytes, given: Given) -> Article | Rejected:
    """All of a UTF-8 text is the body: a text file has no place for a title."""
    try:
        body = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return rejected(where, RejectReason.UNDECODABLE, f"not UTF-8: {error.reason} at byte {error.start}", raw)
    return dated(where, {"body": body, "publisher": given.publisher}, given.published_at, given.now, raw)


def html_to_article(where: str, raw: bytes, given: Given, url: str | None = None) -> Article | Rejected:
    """The article that a page holds. A date in the page has no time of day: it counts as midnight UTC."""
    import trafilatura  # noqa: PLC0415  # the slowest import of all, and only pages of HTML need it

    page = trafilatura.bare_extraction(
        raw,
        url=url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or isinstance(page, dict) or not page.text:
        return rejected(where, RejectReason.NO_BODY, "no article text in this page", raw)
    address = url or page.url
    fields = {
        "title": page.title or "",
        "body": page.text,
        "url": address,
        "publisher": given.publisher or registrable_domain(address) or page.sitename,
        "language": page.language,
    }
    return dated(where, fields, given.published_at or _midnight(page.date), given.now, raw)


def dated(
    where: str, fields: dict[str, str | None], published_at: dt.datetime | None, now: dt.datetime, raw: bytes
) -> Article | Rejected:
    """An article of these fields; without a date it counts as published now, and is flagged."""
    try:
        article = ArticleRecord.model_validate({**fields, "published_at": published_at or now}).to_article()
    except ValidationError as error:
        return rejected_by_schema(where, error, raw)
    return article if published_at else article.model_copy(update={"flags": (ArticleFlag.UNDATED,)})


def _midnight(date: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(date).replace(tzinfo=dt.UTC) if date else None
