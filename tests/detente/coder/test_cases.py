"""The coder's own corpus: short articles in our own words, by group, with the signals that a careful reader finds."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.articles import Article
from detente.coder.article_to_signals import Coder, load_coder
from detente.signals import Signal

CASES = Path(__file__).parent / "cases"
PUBLISHED = "2024-04-16"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load_coder()


def article_of(case: dict[str, Any]) -> Article:
    day = datetime.fromisoformat(case.get("published", PUBLISHED)).replace(hour=20, tzinfo=UTC)
    return Article(id="case", title=case.get("title", ""), body=case["text"], published_at=day)


def told(signal: Signal) -> str:
    return f"{signal.dyad} {signal.channel} {signal.level} {signal.mode} {signal.status} {signal.event_date}"


def fits(want: str, got: str) -> bool:
    return all(w in ("*", g) for w, g in zip(want.split(), got.split(), strict=True))


@pytest.mark.parametrize("case", cases())
def test_an_article_gives_the_signals_that_a_careful_reader_finds(coder: Coder, case: dict[str, Any]) -> None:
    got = sorted(told(signal) for signal in coder.code(article_of(case)))
    want = sorted(case["want"])
    unmatched = list(got)
    missing = []
    for line in want:
        match = next((g for g in unmatched if fits(line, g)), None)
        if match is None:
            missing.append(line)
        else:
            unmatched.remove(match)
    assert (missing, unmatched) == ([], [])
