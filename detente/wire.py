"""Bytes on Kafka: JSON with the schema's name and version in front, so that readers can refuse what they cannot know."""

from enum import StrEnum
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import from_json

from detente.alerts.acknowledgement import Ack
from detente.alerts.alert import Alert
from detente.alerts.memory import AlertMemory
from detente.articles import Article
from detente.contacts.contact import Contact
from detente.contacts.transitions import Transition
from detente.model import Value
from detente.signals import ArticleSignals
from detente.sources import Heartbeat

V = TypeVar("V", bound=Value)

SCHEMAS: dict[type[Value], tuple[str, int, int]] = {
    Article: ("article", 1, 0),
    ArticleSignals: ("signals", 1, 0),
    Contact: ("contact", 1, 1),
    Transition: ("transition", 1, 1),
    Alert: ("alert", 1, 1),
    AlertMemory: ("alert-memory", 1, 1),
    Heartbeat: ("heartbeat", 1, 0),
    Ack: ("ack", 1, 0),
}
"""Name, major and minor version. A new optional field raises the minor; anything else raises the major."""


class PoisonCause(StrEnum):
    """Why bytes could not be read; the label of the dead-letter metric."""

    NOT_JSON = "not_json"
    WRONG_SCHEMA = "wrong_schema"
    UNKNOWN_VERSION = "unknown_version"
    INVALID = "invalid"
    FAILED = "failed"
    """The bytes were fine, our own code was not: redrive them when it is mended."""


class PoisonError(ValueError):
    """Bytes that no retry will make readable: they belong among the dead letters."""

    def __init__(self, cause: PoisonCause, detail: str) -> None:
        """Keep the cause for counting and the detail for people."""
        super().__init__(f"{cause.value}: {detail}")
        self.cause = cause
        self.detail = detail


def encode(value: Value) -> bytes:
    """The value as versioned JSON in UTF-8."""
    name, major, minor = SCHEMAS[type(value)]
    return f'{{"schema":"{name}/{major}.{minor}",{value.model_dump_json(exclude_defaults=True)[1:]}'.encode()


def decode(raw: bytes | None, expected: type[V]) -> V:
    """Read a value; newer minor versions are readable, their unknown fields ignored. Raises PoisonError."""
    try:
        fields = from_json(raw or b"")
    except ValueError as error:
        raise PoisonError(PoisonCause.NOT_JSON, str(error)) from error
    if not isinstance(fields, dict):
        raise PoisonError(PoisonCause.NOT_JSON, f"a JSON object was expected, not {type(fields).__name__}")
    _check_schema(fields.pop("schema", None), expected)
    try:
        return expected.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PoisonError(PoisonCause.INVALID, f"{where}: {first['msg']}") from error


def _check_schema(label: object, expected: type[Value]) -> None:
    name, major, _ = SCHEMAS[expected]
    found, _, version = str(label).partition("/")
    if found != name:
        raise PoisonError(PoisonCause.WRONG_SCHEMA, f"expected {name}, found {str(label)[:80]!r}")
    if version.split(".", 1)[0] != str(major):
        raise PoisonError(PoisonCause.UNKNOWN_VERSION, f"expected {name}/{major}.x, found {str(label)[:80]!r}")
