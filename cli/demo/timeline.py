"""The bundled articles, in the order in which they reach the producers."""

import json
from importlib.resources import files

from detente.articles import Article, ArticleRecord

TIMELINE = "timeline.jsonl"


def read_timeline() -> list[Article]:
    """The articles by arrival: by publication time, but for one that comes months late. One comes twice."""
    lines = (files("cli.demo") / TIMELINE).read_text(encoding="utf-8").splitlines()
    return [ArticleRecord.model_validate(json.loads(line)).to_article() for line in lines]
