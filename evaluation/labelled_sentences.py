"""The labelled sentences and the noise that lie beside the project, where somebody has them."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detente.articles import ArticleRecord
from detente.coder.article_to_signals import Coder
from evaluation.corpus import ROOT
from evaluation.measures import Counts

PUBLISHED = datetime(2019, 6, 15, tzinfo=UTC)
"""The sentences carry no date; most are of these years."""
Row = dict[str, Any]
Coded = Sequence[tuple[Row, frozenset[str]]]


def shared_file(name: str) -> Path | None:
    """The file if it is there; its folder is named by DETENTE_SHARED_DATA."""
    file = Path(os.environ.get("DETENTE_SHARED_DATA") or ROOT.parent / "shared" / "data") / name
    return file if file.is_file() else None


def coded(file: Path, coder: Coder) -> Coded:
    """Each row with the polarities that the coder finds in it."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    articles = [ArticleRecord(body=row["text"], published_at=PUBLISHED).to_article() for row in rows]
    return [
        (row, frozenset(s.polarity.value for s in coder.code(article)))
        for row, article in zip(rows, articles, strict=True)
    ]


def counts_of(found: Coded, label: str) -> list[Counts]:
    """One count for each sentence about two states."""
    pairs = [(row["label"] == label, label in given) for row, given in found if row["two_states"]]
    return [Counts(int(gold and given), int(given), int(gold)) for gold, given in pairs]
