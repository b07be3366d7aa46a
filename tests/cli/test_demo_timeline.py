"""The bundled articles: enough of them, nobody's words but ours, and the traps that they are to hold."""

from collections import Counter
from itertools import pairwise

from cli.demo.expected import read_expected
from cli.demo.timeline import read_timeline


def test_the_timeline_has_at_least_forty_articles_of_fictional_publishers():
    timeline = read_timeline()
    assert len({article.id for article in timeline}) >= 40
    assert all(article.publisher and article.publisher.endswith(".example") for article in timeline)
    assert all(article.url and article.url.startswith(f"https://{article.publisher}/") for article in timeline)


def test_one_article_arrives_twice_and_one_arrives_months_late():
    timeline = read_timeline()
    assert sorted(Counter(article.id for article in timeline).values())[-2:] == [1, 2]
    unique = list(dict.fromkeys(timeline))
    late = [after for before, after in pairwise(unique) if (before.published_at - after.published_at).days > 30]
    assert len(late) == 1


def test_some_texts_are_wire_copies_under_another_url():
    bodies = Counter(article.body for article in dict.fromkeys(read_timeline()))
    assert sum(times > 1 for times in bodies.values()) >= 1


def test_most_articles_are_no_news_of_an_expected_alert():
    expected = read_expected()
    assert len(read_timeline()) > 3 * len(expected.alerts)
    assert expected.quiet
