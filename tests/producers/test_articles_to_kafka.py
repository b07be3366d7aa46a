import datetime as dt

from kafka import KafkaConsumer

from detente import wire
from detente.articles import Article
from detente.topics import Topic
from detente.vocabulary import ArticleFlag
from producers.articles_to_kafka import ArticleProducer
from runtime.kafka_clients import kafka_python_options

NOW = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)


def test_articles_arrive_once_under_their_id_at_their_time_and_none_from_the_future(kafka):
    past = Article(id="a", body="x", published_at=dt.datetime(2022, 8, 5, tzinfo=dt.UTC))
    future = Article(id="b", body="x", published_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    with ArticleProducer(kafka, lambda: NOW) as outlet:
        outlet.send(past, "file")
        outlet.send(future, "file")
    assert outlet.confirmed == 2
    topic = Topic.ARTICLES.named(kafka.topic_prefix)
    consumer = KafkaConsumer(
        topic, auto_offset_reset="earliest", consumer_timeout_ms=5_000, **kafka_python_options(kafka)
    )
    records = sorted(consumer, key=lambda record: record.key)
    consumer.close()
    assert [record.key for record in records] == [b"a", b"b"]
    assert [record.timestamp / 1000 for record in records] == [past.published_at.timestamp(), NOW.timestamp()]
    assert wire.decode(records[1].value, Article).flags == (ArticleFlag.CLAMPED,)
