"""The reference case: one article with its news, its history and the page's furniture, read as DESIGN says."""

import json
from pathlib import Path

import pytest

from detente.articles import Article, ArticleRecord
from detente.coder.article_to_signals import load_coder
from detente.signals import Signal

FURNITURE = ("subscriber", "log into", "MOVEMENT", "latest videos", "Skip to")


@pytest.fixture(scope="module")
def article(shared_data: Path) -> Article:
    record = json.loads((shared_data / "seed_article.jsonl").read_text())
    return ArticleRecord.model_validate(record).to_article()


@pytest.fixture(scope="module")
def signals(article: Article) -> tuple[Signal, ...]:
    return load_coder().code(article)


def told(signals: tuple[Signal, ...]) -> set[str]:
    return {f"{s.channel} {s.level} {s.mode} {s.status} {s.event_date}" for s in signals if not s.ceremonial}


def test_every_signal_is_about_china_and_the_united_states(signals: tuple[Signal, ...]) -> None:
    assert {s.dyad for s in signals} == {"CHN-USA"}


def test_the_news_is_the_ministers_talk_on_the_day_of_publication_after_two_years(signals: tuple[Signal, ...]) -> None:
    news = [s for s in signals if str(s.event_date) == "2024-04-16"]
    assert [(s.channel, s.level, s.status) for s in news] == [("military", "minister", "occurred")]
    claim = news[0].gap_claim
    assert claim is not None
    assert claim.days == 730
    assert [person.name for person in news[0].people] == ["Lloyd Austin", "Dong Jun"]


def test_the_history_keeps_its_real_dates(signals: tuple[Signal, ...]) -> None:
    assert told(signals) >= {
        "military unknown suspension occurred 2022-08",
        "military minister refusal occurred 2023-06",
        "leaders head meeting occurred 2023-11",
        "leaders head call occurred 2024-04",
        "military working meeting occurred 2024-04",
    }


def test_no_rupture_is_dated_in_the_year_of_the_news(signals: tuple[Signal, ...]) -> None:
    assert not [s for s in signals if s.polarity == "rupture" and str(s.event_date).startswith("2024")]


def test_a_handshake_is_ceremonial_at_most(signals: tuple[Signal, ...]) -> None:
    assert all(s.ceremonial for s in signals if "handshake" in s.evidence.text and s.polarity == "engagement")


def test_the_page_s_furniture_says_nothing(article: Article, signals: tuple[Signal, ...]) -> None:
    for signal in signals:
        assert not any(word in signal.evidence.text for word in FURNITURE)
        assert article.body[signal.evidence.start : signal.evidence.end] == signal.evidence.text
