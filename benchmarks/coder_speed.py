"""How fast the coder reads on one core, in a process of its own: ``python -m benchmarks.coder_speed`` prints the figures."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from detente.articles import Article, ArticleRecord
from detente.coder.article_to_passages import article_to_passages, load_boilerplate
from detente.coder.article_to_signals import Coder, load_coder
from detente.coder.passage_to_sentences import load_abbreviations, passage_to_sentences
from evaluation.labelled_sentences import PUBLISHED, shared_file

FILES = {"noise": "noise_dev.jsonl", "labelled sentences": "sentences_dev.jsonl"}
ROUNDS = 3
"""The best of three counts: the others tell what else the machine had to do."""


def main() -> None:
    """Measure and print; what lies beside the project is left out where it is not there."""
    begun = time.perf_counter()
    coder = load_coder()
    _tell("coder loaded", f"{time.perf_counter() - begun:.2f} s")
    for what, name in FILES.items():
        file = shared_file(name)
        if file is None:
            _tell(f"{what} coded", "not there; name the folder with DETENTE_SHARED_DATA")
            continue
        articles = _articles(file)
        sentences = sum(map(_sentences, articles))
        taken = min(_coding(coder, articles) for _ in range(ROUNDS))
        _tell(f"{what} coded", f"{sentences / taken:,.0f} sentences/s ({len(articles)} items of {sentences} sentences)")
    _tell("memory at the most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    _tell("detente classify --help", f"{min(_help() for _ in range(ROUNDS)):.2f} s")


def _articles(file: Path) -> list[Article]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [ArticleRecord(body=row["text"], published_at=PUBLISHED).to_article() for row in rows]


def _sentences(article: Article) -> int:
    """As the coder counts them, those of passages that it leaves out included."""
    passages = article_to_passages(article, load_boilerplate())
    return sum(1 for passage in passages for _ in passage_to_sentences(passage, load_abbreviations()))


def _coding(coder: Coder, articles: list[Article]) -> float:
    begun = time.process_time()
    for article in articles:
        coder.code(article)
    return time.process_time() - begun


def _help() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "cli.main", "classify", "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def _tell(what: str, figure: str) -> None:
    print(f"{what:36}{figure}")  # noqa: T201  # the figure is what one came for


if __name__ == "__main__":
    main()
