"""Which publishers are a government's own voice: one readout of theirs confirms what an outlet reported."""

from functools import cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from detente.data_files import read_yaml

COUNTRY_CODE_LETTERS = 2


class OfficialPublishers(BaseModel):
    """The list of official domains; ``official_publishers.yaml`` says what its fields mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: frozenset[Annotated[str, Field(pattern=r"^[a-z]+$")]]
    domains: frozenset[Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]]


@cache
def official_publishers() -> OfficialPublishers:
    """The list that is shipped."""
    return OfficialPublishers.model_validate(read_yaml(__package__, "official_publishers.yaml"))


def is_official(publisher: str | None) -> bool:
    """Whether the publisher's domain belongs to a government or to an organisation that is itself a party."""
    if publisher is None or "." not in publisher:
        return False
    parts = publisher.lower().split(".")
    before_country = parts[-2] if len(parts[-1]) == COUNTRY_CODE_LETTERS else parts[-1]
    known = official_publishers()
    return before_country in known.labels or any(".".join(parts[at:]) in known.domains for at in range(len(parts) - 1))
