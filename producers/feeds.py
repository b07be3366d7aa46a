"""Feeds into Kafka: fetch what changed, send what is new, and remember it when Kafka has confirmed it."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

import aiohttp
import structlog

from detente.articles import Article
from detente.sources import Heartbeat
from producers.feed_to_articles import NotAFeedError, feed_to_articles
from producers.fetch import Fetched, Outcome, fetch
from producers.pages_to_articles import Given, html_to_article
from producers.rejections import Rejected
from producers.resume_points import ResumePoint, ResumePoints
from runtime import metrics

KIND = "feed"
HOST_DELAY_SECONDS = 1.0
"""Between two pages of one host."""


class Destination(Protocol):
    """Where articles go."""

    def send(self, article: Article, source_kind: str = ..., /) -> None:
        """Send one article, counted under its kind of source."""

    def flush(self) -> None:
        """Return when all are confirmed."""

    def beat(self, heartbeat: Heartbeat) -> None:
        """Tell that a source was read."""


class Options(NamedTuple):
    """How feeds are read."""

    publisher: str | None = None
    full_text: bool = False


class FeedReader:
    """Reads feeds one after another through one session, so that an outlet's order is the feed's."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        outlet: Destination,
        points: ResumePoints,
        clock: Callable[[], dt.datetime],
        options: Options,
    ) -> None:
        self._session, self._outlet, self._points, self._clock = session, outlet, points, clock
        self._options = options
        self._log = structlog.get_logger(__name__)

    async def read_all(self, urls: Iterable[str]) -> int:
        """Read each feed once; the number of those that failed. Raises only what the outlet raises, and OSError."""
        return sum([await self.read(url) not in (Outcome.FETCHED, Outcome.UNCHANGED) for url in urls])

    async def read(self, url: str) -> Outcome:
        """Fetch a feed and send its new articles. Cancelled or killed anywhere, nothing is lost by it."""
        point = self._points.load(url)
        fetched = await fetch(self._session, url, point.etag, point.last_modified)
        outcome, detail = fetched.outcome, fetched.detail
        if outcome is Outcome.FETCHED:
            try:
                point = await self._send_new(point, fetched)
            except NotAFeedError as error:
                outcome, detail = Outcome.NOT_A_FEED, str(error)
        metrics.FETCHES.labels(KIND, outcome.value).inc()
        if outcome not in (Outcome.FETCHED, Outcome.UNCHANGED):
            self._log.warning("feed_failed", feed=without_credentials(url), outcome=outcome.value, detail=detail)
            return outcome
        await asyncio.to_thread(self._outlet.beat, self._heartbeat(point))
        return outcome

    async def _send_new(self, point: ResumePoint, fetched: Fetched) -> ResumePoint:
        given = Given(self._clock(), publisher=self._options.publisher)
        found = await asyncio.to_thread(feed_to_articles, point.url, fetched.body, fetched.content_type, given)
        new: dict[str, Article] = {}
        for item in found:
            if isinstance(item, Rejected):
                metrics.ARTICLES_DROPPED.labels(KIND, item.reason.value).inc()
                self._log.warning(
                    "entry_rejected", feed=without_credentials(point.url), entry=item.where, reason=item.reason.value
                )
            elif item.id not in point.seen:
                new.setdefault(item.id, item)
        articles = [await self._with_full_text(item) for item in new.values()]
        await asyncio.to_thread(self._confirm, articles)
        self._log.info("feed_read", feed=without_credentials(point.url), new=len(articles))
        point = _advanced(point, articles, fetched)
        self._points.save(point)
        return point

    def _confirm(self, articles: list[Article]) -> None:
        for article in articles:
            self._outlet.send(article, KIND)
        self._outlet.flush()

    async def _with_full_text(self, article: Article) -> Article:
        """The linked page's text under the entry's own title, date and id; the entry as it is where that fails."""
        if not (self._options.full_text and article.url):
            return article
        await asyncio.sleep(HOST_DELAY_SECONDS)
        page = await fetch(self._session, article.url)
        metrics.FETCHES.labels("page", page.outcome.value).inc()
        if page.outcome is not Outcome.FETCHED:
            self._log.warning("page_failed", host=urlsplit(article.url).hostname, outcome=page.outcome.value)
            return article
        given = Given(self._clock(), article.published_at, article.publisher)
        whole = await asyncio.to_thread(html_to_article, article.url, page.body, given, article.url)
        if isinstance(whole, Rejected) or len(whole.body) < len(article.body):
            return article
        return article.model_copy(update={"body": whole.body})

    def _heartbeat(self, point: ResumePoint) -> Heartbeat:
        return Heartbeat(
            source=without_credentials(point.url),
            fetched_at=self._clock(),
            newest_article_at=point.newest_article_at,
            publishers=point.publishers,
        )


def without_credentials(url: str) -> str:
    """The URL as logs and heartbeats may show it: a name and password before the host are left out."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _advanced(point: ResumePoint, articles: list[Article], fetched: Fetched) -> ResumePoint:
    times = [article.published_at for article in articles]
    publishers = dict.fromkeys([*point.publishers, *(a.publisher for a in articles if a.publisher)])
    return ResumePoint(
        url=point.url,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        seen=(*point.seen, *(article.id for article in articles)),
        publishers=tuple(publishers)[-200:],
        newest_article_at=max([*times, *([point.newest_article_at] if point.newest_article_at else [])], default=None),
    )
