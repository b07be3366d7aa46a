"""What is said of input that is no article: where it stands, why it was left out, and the bytes as they came."""

from enum import StrEnum
from typing import NamedTuple

from pydantic import ValidationError

MAX_RAW_BYTES = 4_096
"""So much of rejected input is kept for people to look at."""


class RejectReason(StrEnum):
    """Why input is no article; a label of the metric of dropped articles."""

    NOT_JSON = "not_json"
    INVALID = "invalid"
    NO_BODY = "no_body"
    TOO_LARGE = "too_large"
    UNDECODABLE = "undecodable"
    UNREADABLE = "unreadable"
    """The file is missing, or the system does not let us read it."""
    UNKNOWN_KIND = "unknown_kind"
    """A file whose name ends in nothing that we read."""


class Rejected(NamedTuple):
    """One piece of input that was left out."""

    where: str
    """File and line, ``news.jsonl:17``; for a whole file its name; for a feed's entry its link."""
    reason: RejectReason
    detail: str
    raw: bytes = b""

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.where}: {self.reason.value.replace('_', ' ')}: {self.detail}"


def rejected(where: str, reason: RejectReason, detail: str, raw: bytes = b"") -> Rejected:
    """With the detail in one line and the bytes cut."""
    return Rejected(where, reason, " ".join(detail.split())[:300], raw[:MAX_RAW_BYTES])


def rejected_by_schema(where: str, error: ValidationError, raw: bytes) -> Rejected:
    """The first fault that the schema found, and the reason that it amounts to."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    detail = f"{field}: {first['msg']}" if field else first["msg"]
    return rejected(where, _reason(field, first["type"]), detail, raw)


def _reason(field: str, fault: str) -> RejectReason:
    if fault == "json_invalid":
        return RejectReason.NOT_JSON
    if fault == "string_too_long":
        return RejectReason.TOO_LARGE
    if field == "body":
        return RejectReason.NO_BODY
    return RejectReason.INVALID
