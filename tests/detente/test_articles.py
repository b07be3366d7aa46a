"""An article's id depends on what it is, and its time never lies in the future."""

import datetime as dt

import pytest
from pydantic import ValidationError

from detente.articles import Article, ArticleRecord, article_id
from detente.vocabulary import ArticleFlag

NOW = dt.datetime(2024, 4, 16, 20, tzinfo=dt.UTC)


def record(**fields):
    return ArticleRecord.model_validate({"title": "T", "body": "B", "published_at": "2024-04-16T20:00:00Z", **fields})


def test_trackers_and_fragments_make_no_other_article():
    plain = article_id("https://news.example/story", "T", "B")
    assert article_id("https://news.example/story?utm_source=feed#top", "Other", "text") == plain


def test_without_a_url_the_text_is_the_article_whatever_its_white_space():
    assert article_id(None, "A  title", "Some\n text") == article_id(None, "A title", "Some text")
    assert article_id(None, "A title", "Some text") != article_id(None, "A title", "Some other text")


def test_a_given_id_is_kept():
    assert record(id="mine").to_article().id == "mine"


def test_an_article_from_the_future_is_set_back_to_the_clock_and_flagged():
    late = record(published_at="2099-01-01T00:00:00Z").to_article().clamped(NOW)
    assert (late.published_at, late.flags) == (NOW, (ArticleFlag.CLAMPED,))


def test_an_hour_ahead_is_a_time_zone_and_no_future():
    article = record(published_at="2024-04-16T21:00:00Z").to_article()
    assert article.clamped(NOW) is article


def test_times_of_any_zone_become_utc():
    assert record(published_at="2024-04-16T22:00:00+02:00").published_at == NOW


@pytest.mark.parametrize("fields", [{"body": "  "}, {"body": "x" * 500_001}, {"title": "x" * 2001}])
def test_what_passes_a_limit_is_no_article(fields):
    with pytest.raises(ValidationError):
        record(**fields).to_article()


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValidationError):
        record(published_at="2024-04-16T20:00:00")


def test_an_article_is_a_value():
    article = record().to_article()
    assert isinstance(article, Article)
    with pytest.raises(ValidationError):
        article.title = "changed"
