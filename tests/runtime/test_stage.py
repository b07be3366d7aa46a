"""Each record meets one of the outcomes: handled, kept among the dead letters, or left unacknowledged."""

import asyncio
from types import SimpleNamespace

import pytest

from detente.topics import Topic
from detente.wire import PoisonCause, PoisonError
from runtime import stage as stage_module
from runtime.dead_letters import DeadLetterHeaders
from runtime.faust_app import build_app
from runtime.settings import KafkaSettings
from runtime.stage import EXIT_UNHANDLED, Stage


class ProcessEndedError(BaseException):
    """Stands in for the end of the process."""


class FakeStream:
    def __init__(self, *values: bytes | None) -> None:
        self.handled = 0
        self._events = [
            SimpleNamespace(
                key=b"key",
                value=value,
                message=SimpleNamespace(
                    key=b"key", value=value, topic="t.articles", partition=1, offset=number, timestamp=1.5
                ),
            )
            for number, value in enumerate(values)
        ]

    async def events(self):
        for event in self._events:
            yield event
            self.handled += 1


class FakeTopic:
    def __init__(self, error: Exception | None = None) -> None:
        self.sent: list[dict] = []
        self._error = error

    async def send(self, **record):
        async def confirmed():
            if self._error:
                raise self._error
            self.sent.append(record)

        return asyncio.ensure_future(confirmed())


@pytest.fixture
def stage(tmp_path, monkeypatch):
    kafka = KafkaSettings(bootstrap_servers="127.0.0.1:1", topic_prefix="t.")
    made = Stage(build_app(kafka, tmp_path), kafka, "code", Topic.ARTICLES)
    made._dead = FakeTopic()

    def end(code: int) -> None:
        assert code == EXIT_UNHANDLED
        raise ProcessEndedError

    monkeypatch.setattr(stage_module.os, "_exit", end)
    return made


def run(stage: Stage, stream: FakeStream, work, hand=None) -> list:
    handed = []

    async def keep(made):
        handed.append(made)

    asyncio.run(stage.run(stream, work, hand or keep))
    return handed


def test_a_record_that_can_be_read_is_handed_on(stage):
    assert run(stage, FakeStream(b"a", b"b"), lambda key, value: (key, value)) == [("key", b"a"), ("key", b"b")]


def test_a_record_that_cannot_be_read_is_kept_with_its_bytes_and_the_stream_goes_on(stage):
    def work(_key, value):
        if value == b"bad":
            raise PoisonError(PoisonCause.NOT_JSON, "no JSON")
        return value

    stream = FakeStream(b"bad", b"good")
    assert run(stage, stream, work) == [b"good"]
    (letter,) = stage._dead.sent
    assert (letter["key"], letter["value"]) == (b"key", b"bad")
    headers = DeadLetterHeaders.from_kafka(letter["headers"])
    assert (headers.cause, headers.topic, headers.partition, headers.offset) == ("not_json", "t.articles", 1, 0)
    assert headers.timestamp == 1500


def test_a_fault_in_our_own_code_keeps_the_record_too(stage):
    def work(_key, _value):
        raise IndexError("a fault")

    run(stage, FakeStream(b"fine"), work)
    headers = DeadLetterHeaders.from_kafka(stage._dead.sent[0]["headers"])
    assert (headers.cause, headers.detail) == ("failed", "IndexError: a fault")


def test_a_record_whose_result_cannot_be_sent_ends_the_process_unacknowledged(stage):
    async def hand(_made):
        raise ConnectionError("the cluster is away")

    stream = FakeStream(b"a", b"b")
    with pytest.raises(ProcessEndedError):
        run(stage, stream, lambda _key, value: value, hand)
    assert stream.handled == 0


def test_a_dead_letter_that_cannot_be_kept_ends_the_process_unacknowledged(stage):
    def work(_key, _value):
        raise PoisonError(PoisonCause.NOT_JSON, "no JSON")

    stage._dead = FakeTopic(ConnectionError("the cluster is away"))
    stream = FakeStream(b"a")
    with pytest.raises(ProcessEndedError):
        run(stage, stream, work)
    assert stream.handled == 0


def test_a_worker_that_is_stopped_amid_a_record_leaves_it_unacknowledged(stage):
    async def hand(_made):
        raise asyncio.CancelledError

    stream = FakeStream(b"a")
    with pytest.raises(ProcessEndedError):
        run(stage, stream, lambda _key, value: value, hand)
    assert stream.handled == 0
