"""How a record that cannot be read is kept: its raw bytes as they came, and in headers where from and why."""

from typing import NamedTuple

from detente.model import Value
from detente.wire import PoisonError


class DeadLetterHeaders(Value):
    """The headers of a dead letter."""

    stage: str
    cause: str
    detail: str
    topic: str
    partition: int
    offset: int
    timestamp: int = 0
    """Of the record that could not be read, in milliseconds since 1970."""

    def to_kafka(self) -> list[tuple[str, bytes]]:
        """As Kafka carries them: UTF-8 strings, the detail cut at 500 characters."""
        return [(f"detente-{name}", str(value)[:500].encode()) for name, value in self.model_dump().items()]

    @classmethod
    def from_kafka(cls, headers: list[tuple[str, bytes]]) -> "DeadLetterHeaders":
        """Read them back; raises ValidationError if they are not ours."""
        fields = {name.removeprefix("detente-"): value.decode(errors="replace") for name, value in headers}
        return cls.model_validate(fields)


class Place(NamedTuple):
    """Where a record lies, and its own timestamp in milliseconds."""

    topic: str
    partition: int
    offset: int
    timestamp: int


def headers_for(poison: PoisonError, stage: str, place: Place) -> list[tuple[str, bytes]]:
    """The headers of the dead letter for one unreadable record."""
    headers = DeadLetterHeaders(stage=stage, cause=poison.cause.value, detail=poison.detail, **place._asdict())
    return headers.to_kafka()
