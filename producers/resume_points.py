"""Where each feed was left: a small JSON file a feed, replaced as a whole, and only after Kafka has its articles."""

from pathlib import Path

import structlog
from pydantic import ValidationError

from detente.ids import stable_id
from detente.model import UtcTime, Value

MAX_SEEN = 5_000
"""Ids remembered of one feed; feeds show some tens of entries."""
MAX_PUBLISHERS = 200


class ResumePoint(Value):
    """What is known of a feed after its articles are in Kafka."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    seen: tuple[str, ...] = ()
    """Ids of articles, the latest last."""
    publishers: tuple[str, ...] = ()
    newest_article_at: UtcTime | None = None


class ResumePoints:
    """The files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, url: str) -> ResumePoint:
        """The point of a feed; an empty one if there is none.

        One that cannot be read is told of and begun anew: its articles are sent again, and recognised by their ids.
        """
        path = self._path(url)
        try:
            return ResumePoint.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return ResumePoint(url=url)
        except ValidationError:
            structlog.get_logger(__name__).warning("resume_point_unreadable", file=str(path))
            return ResumePoint(url=url)

    def save(self, point: ResumePoint) -> None:
        """Replace the file; raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(point.url)
        bounded = {"seen": point.seen[-MAX_SEEN:], "publishers": point.publishers[-MAX_PUBLISHERS:]}
        new = path.with_suffix(".new")
        new.write_text(point.model_copy(update=bounded).model_dump_json())
        new.replace(path)

    def _path(self, url: str) -> Path:
        return self._folder / f"{stable_id('feed', url)}.json"
