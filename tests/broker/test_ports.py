"""A port that is promised but not yet bound is not given away a second time."""

import socket
from contextlib import ExitStack

import pytest

from broker import ports
from broker.kafka_process import _reason


class Taking:
    """Stands for the system, which hands out the same free port twice, then another."""

    def __init__(self, *given: int) -> None:
        self._given = list(given)

    def __call__(self, _address: tuple[str, int]) -> ExitStack:
        stack = ExitStack()
        stack.getsockname = lambda: (ports.LOOPBACK, self._given.pop(0))  # type: ignore[attr-defined]
        return stack


def test_a_second_port_is_another_than_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_server", Taking(4001, 4001, 4002))

    first = ports.free_port()

    assert (first, ports.free_port(besides=first)) == (4001, 4002)


def test_the_reason_is_javas_innermost_cause_and_no_line_of_its_stack() -> None:
    trace = (
        'Exception in thread "main" java.lang.IllegalArgumentException: Error creating broker listeners\n'
        "\tat kafka.server.KafkaConfig.listeners(KafkaConfig.scala:353)\n"
        "Caused by: java.lang.IllegalArgumentException: two listeners on the same port\n"
        "\tat org.apache.kafka.server.config.AbstractKafkaConfig.validate(AbstractKafkaConfig.java:264)\n"
        "\t... 8 more\n"
    )

    assert _reason(trace, b"") == "java.lang.IllegalArgumentException: two listeners on the same port"
    assert _reason(None) == "no output"
