"""A source's sign of life: without it nobody can tell a silence between states from a dead feed."""

from pydantic import Field

from detente.model import UtcTime, Value


class Heartbeat(Value):
    """What a producer last saw of one source; the value of the compacted ``sources`` topic, keyed by source name."""

    source: str
    fetched_at: UtcTime
    newest_article_at: UtcTime | None = None
    publishers: tuple[str, ...] = Field(default=(), max_length=200)
