"""The articles of the bundled timelines, in the order of publication."""

from pathlib import Path

from detente.articles import Article, ArticleRecord

FOLDER = Path(__file__).parents[1] / "timelines"


def timelines() -> list[Article]:
    """All six, merged."""
    lines = [line for path in FOLDER.glob("*.jsonl") for line in path.read_text().splitlines()]
    articles = [ArticleRecord.model_validate_json(line).to_article() for line in lines]
    return sorted(articles, key=lambda article: (article.published_at, article.id))
