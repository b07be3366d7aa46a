"""The annotated articles: their schema, their files, and which of them the coder may be tuned on."""

import hashlib
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, field_validator

from detente.articles import Article
from detente.model import Value
from detente.signals import Signal, dyad_of
from detente.vocabulary import Channel, Level, Mode, Polarity, Status

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
CASES = ROOT / "tests" / "detente" / "coder" / "cases"
ANY = "*"
"""Stands in a signal for a field where careful readers may differ; it fits all values."""
ANY_RUPTURE = "*rupture"
"""Stands for the mode where readers agree on a rupture but may differ on its kind."""
TEST_PERCENT = 40
CASES_PUBLISHED = date(2024, 4, 16)


class Group(StrEnum):
    """What an article puts to the test; the name of its file."""

    PARTIES = "parties"
    WHO_WITH_WHOM = "who_with_whom"
    MODE = "mode"
    STATUS = "status"
    WHEN = "when"
    NO_DIPLOMACY = "no_diplomacy"
    NO_ARTICLE = "no_article"


class Manner(StrEnum):
    """How an article tells it."""

    PLAIN = "plain"
    """Most are a sentence or two, as agencies write them."""
    LITERARY = "literary"
    """Mostly whole articles, by writers who go round about it ("The line stayed warm for an hour")."""
    REPORT = "report"
    """As newspapers and broadcasters print them: several paragraphs, with background and reactions."""
    READOUT = "readout"
    """As state media and foreign ministries write ("The two heads of state conversed in a narrow format")."""


class Gold(Value):
    """One annotated signal: ``CHN-USA military minister meeting occurred 2024-04-16``."""

    dyad: str
    channel: str
    level: str
    mode: str
    status: Status
    event_date: str = Field(pattern=r"^(\*|unknown|\d{4}(-\d\d){0,2})$")

    @classmethod
    def read(cls, line: str) -> "Gold":
        """Read an annotation; raises ValueError if it has another shape."""
        return cls.model_validate(dict(zip(cls.model_fields, line.split(), strict=True)))

    @field_validator("dyad")
    @classmethod
    def _dyad_is_sorted(cls, dyad: str) -> str:
        if dyad_of(*dyad.split("-")) != dyad:
            raise ValueError(f"{dyad} is not sorted")
        return dyad

    @field_validator("channel", "level", "mode")
    @classmethod
    def _word_is_known(cls, word: str) -> str:
        if word != ANY and word not in {ANY_RUPTURE, *Channel, *Level, *Mode}:
            raise ValueError(f"{word} is no channel, level or mode")
        return word

    @property
    def polarity(self) -> Polarity:
        """That of the mode; ``*`` is an engagement."""
        if self.mode in (ANY, ANY_RUPTURE):
            return Polarity.RUPTURE if self.mode == ANY_RUPTURE else Polarity.ENGAGEMENT
        return Mode(self.mode).polarity

    @property
    def core(self) -> tuple[str, ...]:
        """Polarity, dyad and status."""
        return (self.polarity, self.dyad, self.status)

    def fits(self, signal: Signal) -> bool:
        """Whether the signal agrees in all fields."""
        want = (self.channel, self.level, self.mode, self.event_date)
        got = (signal.channel, signal.level, signal.mode, str(signal.event_date))
        return self.core == core_of(signal) and all(w in (ANY, ANY_RUPTURE, g) for w, g in zip(want, got, strict=True))


def core_of(signal: Signal) -> tuple[str, ...]:
    """Polarity, dyad and status."""
    return (signal.polarity, signal.dyad, signal.status)


class Entry(Value):
    """An article of the corpus with the signals that an honest reader finds in it, often none."""

    id: str
    published: date
    title: str = ""
    text: str = Field(min_length=1)
    signals: tuple[str, ...]
    group: Group
    manner: Manner = Manner.PLAIN
    fixed_tune: bool = False

    @cached_property
    def gold(self) -> tuple[Gold, ...]:
        """The annotations; raises ValueError if one has another shape."""
        return tuple(Gold.read(line) for line in self.signals)

    @property
    def is_test(self) -> bool:
        """Where the hash of the id puts the entry; the coder's own cases are always for tuning."""
        return not self.fixed_tune and int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 100 < TEST_PERCENT

    @property
    def article(self) -> Article:
        """The article, published in the evening of its day."""
        moment = datetime.combine(self.published, time(20), UTC)
        return Article(id=self.id, title=self.title, body=self.text, published_at=moment)


def load_corpus() -> tuple[Entry, ...]:
    """All entries in the order of their files; raises ValidationError if a file is not well-formed."""
    return tuple(
        [
            Entry.model_validate(row | {"group": file.stem})
            for file in sorted(CORPUS.glob("*.yaml"))
            for row in _rows(file)
        ]
        + [
            _case(row, "no_article" if file.stem == "boilerplate" else file.stem)
            for file in sorted(CASES.glob("*.yaml"))
            for row in _rows(file)
        ]
    )


def _rows(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return rows


def _case(row: dict[str, Any], group: str) -> Entry:
    return Entry(
        id=f"case/{group}/{row['name']}",
        published=date.fromisoformat(row["published"]) if "published" in row else CASES_PUBLISHED,
        title=row.get("title", ""),
        text=row["text"],
        signals=tuple(row["want"]),
        group=Group(group),
        fixed_tune=True,
    )
