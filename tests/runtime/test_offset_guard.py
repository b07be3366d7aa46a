"""The guard tells records that were passed over from offsets that Kafka itself leaves out."""

import asyncio
from types import SimpleNamespace

import pytest
from kafka import KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.structs import TopicPartition

from detente.topics import Topic
from runtime.offset_guard import OffsetGuard, SkippedRecordsError


@pytest.fixture
def topic(kafka):
    name = Topic.ARTICLES.named(kafka.topic_prefix)
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers, acks="all")
    for number in range(10):
        producer.send(name, value=b"%d" % number, partition=0)
    producer.flush()
    producer.close()
    return name


@pytest.fixture
def guard(kafka, topic):
    connected = []
    app = SimpleNamespace(
        conf=SimpleNamespace(id=f"{kafka.topic_prefix}worker"),
        consumer=SimpleNamespace(assignment=lambda: {TopicPartition(topic, 0)}),
        on_rebalance_complete=SimpleNamespace(connect=connected.append),
    )
    made = OffsetGuard(app, kafka, topic)
    asyncio.run(connected[0]())
    return made


def offsets(guard, *numbers):
    async def check():
        for number in numbers:
            await guard.check(0, number)

    asyncio.run(check())


def test_records_in_their_order_are_fine_and_may_repeat(guard):
    offsets(guard, 0, 1, 2, 1, 2, 3)


def test_a_record_passed_over_at_the_start_is_noticed(guard):
    with pytest.raises(SkippedRecordsError, match="0 was passed over, 1 came"):
        offsets(guard, 1)


def test_a_record_passed_over_later_is_noticed(guard):
    with pytest.raises(SkippedRecordsError):
        offsets(guard, 0, 1, 4)


def test_records_that_kafka_no_longer_has_are_no_loss(guard, kafka, topic):
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    admin.delete_records({TopicPartition(topic, 0): 5})
    admin.close()
    offsets(guard, 5, 6)
