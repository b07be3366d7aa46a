"""Which publishers are a government's own voice, and whose: a readout of theirs confirms what outlets reported."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from detente.data_files import read_yaml

COUNTRY_LETTERS = 2

Label = Annotated[str, Field(pattern=r"^[a-z]+$")]
Domain = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
Country = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Party = Annotated[str, Field(pattern=r"^[A-Z]{2,12}$")]


class OfficialPublishers(BaseModel):
    """The list of official domains; ``official_publishers.yaml`` says what its fields mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: frozenset[Label]
    alone: dict[Label, Party]
    domains: dict[Domain, Party]
    countries: dict[Country, Party]


@cache
def official_publishers() -> OfficialPublishers:
    """The list that is shipped."""
    return OfficialPublishers.model_validate(read_yaml(__package__, "official_publishers.yaml"))


@lru_cache(maxsize=65_536)
def government_of(publisher: str | None) -> str | None:
    """The party whose government or secretariat publishes under that domain; None for outlets and for plain names."""
    if publisher is None or "." not in publisher:
        return None
    known = official_publishers()
    parts = publisher.lower().split(".")
    suffixes = (".".join(parts[at:]) for at in range(len(parts) - 1))
    named = next((known.domains[suffix] for suffix in suffixes if suffix in known.domains), None)
    if named is not None:
        return named
    if len(parts[-1]) == COUNTRY_LETTERS:
        return known.countries.get(parts[-1]) if parts[-2] in known.labels else None
    return known.alone.get(parts[-1])


def readouts_of(publishers: Iterable[str | None]) -> frozenset[str]:
    """The parties whose own governments are among the publishers."""
    return frozenset(party for publisher in publishers if (party := government_of(publisher)) is not None)
