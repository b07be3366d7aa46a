"""Groups of states that a rule may name instead of listing their members."""

import datetime as dt
from functools import cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from detente.data_files import read_yaml


class Group(BaseModel):
    """One group; ``groups.yaml`` says what its fields mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    members: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...] = Field(min_length=2)
    as_of: dt.date
    source: str = Field(min_length=1)


@cache
def groups() -> dict[str, Group]:
    """The groups that are shipped, by name."""
    return TypeAdapter(dict[str, Group]).validate_python(read_yaml(__package__, "groups.yaml"))


def members_of(name: str) -> frozenset[str]:
    """The codes that a party's code or a group's name stands for; a group that is itself a party (GCC) is in it too."""
    group = groups().get(name)
    return frozenset(group.members if group else ()) | {name}
