"""A list of feeds, in YAML (a list of URLs, or one under ``feeds:``) or OPML, into their URLs."""

from html.parser import HTMLParser
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError


class FeedListError(ValueError):
    """The file is no list of feeds."""


class _FeedList(BaseModel, extra="forbid"):
    feeds: list[str]


class _Outlines(HTMLParser):
    """Finds the feeds of an OPML file; unlike an XML parser it expands no entities."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of each outline that is a feed."""
        if tag == "outline":
            self.urls += [value for name, value in attrs if name == "xmlurl" and value]


def load_feed_list(path: Path) -> list[str]:
    """The URLs in the file's order, each once. Raises FeedListError in one line."""
    try:
        text = path.read_text()
        urls = _opml(text) if path.suffix.lower() in (".opml", ".xml") else _yaml(text)
    except OSError as error:
        raise FeedListError(f"{path}: {error.strerror}") from error
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise FeedListError(f"{path}: no list of feeds (URLs under 'feeds:')") from error
    wrong = [url for url in urls if not url.startswith(("http://", "https://"))]
    if wrong or not urls:
        raise FeedListError(f"{path}: {f'{wrong[0]!r} is no URL of a feed' if wrong else 'no feeds in it'}")
    return list(dict.fromkeys(urls))


def _yaml(text: str) -> list[str]:
    loaded = yaml.safe_load(text)
    return _FeedList.model_validate({"feeds": loaded} if isinstance(loaded, list) else loaded).feeds


def _opml(text: str) -> list[str]:
    parser = _Outlines()
    parser.feed(text)
    return parser.urls
