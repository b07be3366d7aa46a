"""Floors over the labelled sentences beside the project; set slightly below what the coder reaches."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from detente.articles import ArticleRecord
from detente.coder.article_to_signals import load_coder

PUBLISHED = datetime(2019, 6, 15, tzinfo=UTC)
"""The sentences carry no date; most are of these years."""

Row = dict[str, Any]


def coded(file: Path) -> list[tuple[Row, set[str]]]:
    coder = load_coder()
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    articles = [ArticleRecord(body=row["text"], published_at=PUBLISHED).to_article() for row in rows]
    return [(row, {s.polarity.value for s in coder.code(article)}) for row, article in zip(rows, articles, strict=True)]


@pytest.fixture(scope="module")
def sentences(shared_data: Path) -> list[tuple[Row, set[str]]]:
    return coded(shared_data / "sentences_dev.jsonl")


def f1(rows: list[tuple[Row, set[str]]], label: str, chosen: Callable[[Row], bool]) -> float:
    pairs = [(row["label"] == label, label in found) for row, found in rows if chosen(row)]
    hits = sum(gold and found for gold, found in pairs)
    return 2 * hits / (sum(gold for gold, _ in pairs) + sum(found for _, found in pairs))


@pytest.mark.parametrize(("label", "floor"), [("engagement", 0.84), ("rupture", 0.74)])
def test_sentences_about_two_states_are_told_apart(
    sentences: list[tuple[Row, set[str]]], label: str, floor: float
) -> None:
    assert f1(sentences, label, lambda row: bool(row["two_states"])) >= floor


def test_of_all_sentences_that_give_a_signal_most_are_labelled_so(sentences: list[tuple[Row, set[str]]]) -> None:
    given = [(row["label"], found) for row, found in sentences if found]
    assert sum(label in found for label, found in given) / len(given) >= 0.92


def test_sport_business_and_science_give_no_signal(shared_data: Path) -> None:
    assert [row["text"] for row, found in coded(shared_data / "noise_dev.jsonl") if found] == []
