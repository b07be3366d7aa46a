"""The base of every schema: frozen, times in UTC, unknown fields of a newer minor version ignored."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that compares by content."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


UtcTime = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment; a time without a zone is refused, any zone is turned into UTC."""
