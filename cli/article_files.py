"""How commands read articles from files: what is no article is one line on standard error, and the rest goes on."""

import datetime as dt
import sys
from collections.abc import Iterator

from detente.articles import Article
from detente.vocabulary import ArticleFlag
from producers.files import read_articles
from producers.rejections import Rejected


class ArticleFiles:
    """Articles of files, folders or standard input; ``complained`` says whether something was no article."""

    def __init__(self, files: list[str], published_at: dt.datetime | None = None, publisher: str | None = None) -> None:
        if published_at is not None and published_at.tzinfo is None:
            published_at = published_at.replace(tzinfo=dt.UTC)
        self.complained = False
        self._read = read_articles(files, published_at=published_at, publisher=publisher, now=dt.datetime.now(dt.UTC))

    def __iter__(self) -> Iterator[Article]:
        """One by one, as they are read."""
        for found in self._read:
            if isinstance(found, Rejected):
                self.complained = True
                _say(str(found))
                continue
            if ArticleFlag.UNDATED in found.flags:
                _say("an article without a publication time is dated by now; --published-at names it")
            yield found


def read_or_complain(files: list[str], published_at: dt.datetime | None = None) -> tuple[list[Article], bool]:
    """All articles, and whether something was none."""
    articles = ArticleFiles(files, published_at)
    return list(articles), articles.complained


def _say(line: str) -> None:
    sys.stderr.write(f"detente: {line}\n")
