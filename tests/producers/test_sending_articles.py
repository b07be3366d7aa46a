import datetime as dt
import time

import pytest

from detente import wire
from detente.articles import Article
from detente.sources import Heartbeat
from detente.topics import Topic
from detente.vocabulary import ArticleFlag
from producers.articles_to_kafka import ArticleProducer, ProduceError
from runtime.topic_reader import read_to_end

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)


def article(name, **changes):
    fields = {"id": name, "title": "t", "body": f"Two ministers spoke, {name}.", "published_at": NOW}
    return Article.model_validate(fields | changes)


def records(kafka, topic=Topic.ARTICLES):
    return {record.key.decode(): record for record in read_to_end(kafka, topic.named(kafka.topic_prefix))}


def test_articles_are_keyed_by_id_and_dated_by_publication(kafka):
    old = article("old", published_at=dt.datetime(2022, 8, 5, 9, tzinfo=dt.UTC))
    ancient = article("ancient", published_at=dt.datetime(1962, 10, 22, tzinfo=dt.UTC))
    with ArticleProducer(kafka, lambda: NOW) as producer:
        producer.send(old)
        producer.send(ancient)
    assert producer.confirmed == 2
    sent = records(kafka)
    assert wire.decode(sent["old"].value, Article) == old
    assert sent["old"].timestamp == int(old.published_at.timestamp() * 1000)
    assert wire.decode(sent["ancient"].value, Article) == ancient
    assert sent["ancient"].timestamp == 0


def test_an_article_from_the_future_is_set_back_and_flagged(kafka):
    with ArticleProducer(kafka, lambda: NOW) as producer:
        producer.send(article("future", published_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC)))
    found = wire.decode(records(kafka)["future"].value, Article)
    assert (found.published_at, found.flags) == (NOW, (ArticleFlag.CLAMPED,))


def test_the_longest_article_that_the_schema_allows_fits_on_the_topic(kafka):
    body = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(500_000))
    with ArticleProducer(kafka, lambda: NOW) as producer:
        producer.send(article("long", body=body))
    assert wire.decode(records(kafka)["long"].value, Article).body == body


def test_in_a_slow_stream_articles_are_seen_to_be_confirmed_without_a_flush(kafka):
    with ArticleProducer(kafka, lambda: NOW) as producer:
        producer.send(article("a"))
        deadline = time.monotonic() + 20
        while not producer.confirmed and time.monotonic() < deadline:
            time.sleep(0.2)
            producer.send(article("a"))
        assert producer.confirmed


def test_what_kafka_refuses_is_an_error_that_says_how_far_it_got(kafka):
    with ArticleProducer(kafka, lambda: NOW) as producer:
        producer.send(article("fine"))
        producer.flush()
        liar = NOW + dt.timedelta(days=30)
        producer._clock = lambda: liar
        producer.send(article("refused", published_at=liar))
        with pytest.raises(ProduceError, match="after 1 that it did"):
            producer.flush()
    assert records(kafka).keys() == {"fine"}


def test_heartbeats_lie_under_their_source_in_one_partition(kafka):
    beat = Heartbeat(source="news.jsonl", fetched_at=NOW, newest_article_at=NOW, publishers=("wire.example",))
    with ArticleProducer(kafka, lambda: NOW) as producer:
        producer.beat(beat)
    found = records(kafka, Topic.SOURCES)["news.jsonl"]
    assert (found.partition, wire.decode(found.value, Heartbeat)) == (0, beat)
