"""Short ways to write down signals and articles in tests."""

import datetime as dt
from itertools import count
from typing import Any

from detente.event_dates import UNKNOWN_DATE, EventDate
from detente.signals import ArticleSignals, Evidence, GapClaim, Signal
from detente.vocabulary import Channel, Level, Mode, Status

NOW = dt.datetime(2024, 4, 17, 9, tzinfo=dt.UTC)
_numbers = count(1)


def when(text: str | None) -> EventDate:
    """``2024-04-16``, ``2022-08``, ``2016`` or None."""
    if text is None:
        return UNKNOWN_DATE
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return EventDate.day(dt.date(*parts))
    return EventDate.month(*parts) if len(parts) == 2 else EventDate.year(*parts)


def signal(mode: str, on: str | None, **fields: Any) -> Signal:
    """A military signal between ministers that occurred, unless told otherwise."""
    text = fields.pop("text", f"They had a {mode} ({on}).")
    gap = fields.pop("gap_days", None)
    return Signal(
        article_id="set by report()",
        dyad=fields.pop("dyad", "CHN-USA"),
        channel=Channel(fields.pop("channel", "military")),
        polarity=Mode(mode).polarity,
        level=Level(fields.pop("level", "minister")),
        mode=Mode(mode),
        status=Status(fields.pop("status", "occurred")),
        event_date=when(on),
        evidence=Evidence(text=text, start=0, end=len(text)),
        confidence=fields.pop("confidence", 0.9),
        gap_claim=GapClaim(text="first in a while", days=gap) if gap else None,
        **fields,
    )


def report(
    published: str, *signals: Signal, publisher: str | None = "wire.example", article_id: str | None = None
) -> ArticleSignals:
    """An article of noon on that day that makes these claims about one contact."""
    article_id = article_id or f"a{next(_numbers)}"
    ordered = sorted(signals, key=lambda s: s.event_date.earliest or dt.date.max)
    return ArticleSignals(
        article_id=article_id,
        contact=f"{signals[0].dyad}:{signals[0].channel.value}",
        dyad=signals[0].dyad,
        channel=signals[0].channel,
        published_at=dt.datetime.fromisoformat(f"{published}T12:00:00+00:00"),
        publisher=publisher,
        signals=tuple(s.model_copy(update={"article_id": article_id}) for s in ordered),
    )
