"""The names of parties and of their office-holders, read from the data files beside this module."""

import csv
import re
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from detente.data_files import read_text, read_yaml
from detente.vocabulary import Channel, Level

_INITIAL = re.compile(r"(?<= )[A-Z]\. ")
_ARTICLE = re.compile(r"\b[AaEe]l[- ](?=[A-Z])")
_ARTICLES = ("al-", "Al-", "al ", "Al ", "el-", "El-")


def _split(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if isinstance(cell, str) else cell


def _date_or_none(cell: str | date | None) -> str | date | None:
    return cell or None


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]


class NameKind(StrEnum):
    """What a name in a text is to its party; ``none`` contains a party's name and is none."""

    STATE = "state"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    CITY = "city"
    METONYM = "metonym"
    ORGANISATION = "organisation"
    PERSON = "person"
    NONE = "none"


class StateRow(BaseModel):
    """A row of states.csv; cells with several names part them by ``|``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[A-Z]{3}$")
    name: str = Field(min_length=1)
    aliases: Names
    demonyms: Names
    capitals: Names
    metonyms: Names
    cities: Names
    """Where one may travel to; they never stand for the government."""


class OrganisationRow(BaseModel):
    """A row of organisations.csv."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[A-Z]{2,12}$")
    name: str = Field(min_length=1)
    aliases: Names
    metonyms: Names


class OfficeHolder(BaseModel):
    """A row of office_holders.csv: who held which office for whom, from the first to the last day."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str = Field(min_length=2)
    aliases: Names = ()
    party: str = Field(pattern=r"^[A-Z]{2,12}$")
    office: str = Field(min_length=2)
    level: Level
    channel: Channel
    since: date = Field(alias="from")
    until: Annotated[date | None, BeforeValidator(_date_or_none)] = Field(alias="to")
    short: Names = ()
    """Names that stand for this person without an introduction, such as ``Putin``."""

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which the table knows the person, with and without the initials between them."""
        plain = _INITIAL.sub("", self.name)
        known = [name for name in (self.name, plain, *self.aliases, *self.short) if name]
        return tuple(dict.fromkeys(form for name in known for form in (name, *_with_articles(name))))

    def held_on(self, day: date) -> bool:
        """Whether the office was held on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


def _with_articles(name: str) -> list[str]:
    """The name with its Arabic article in the other ways of writing it ("el-Sisi", "Al Sisi")."""
    if (found := _ARTICLE.search(name)) is None:
        return []
    return [f"{name[: found.start()]}{article}{name[found.end() :]}" for article in _ARTICLES]


class Gazetteer(BaseModel):
    """All that is known of names."""

    model_config = ConfigDict(frozen=True)

    states: tuple[StateRow, ...]
    organisations: tuple[OrganisationRow, ...]
    office_holders: tuple[OfficeHolder, ...]
    not_parties: tuple[str, ...]

    def names(self) -> list[tuple[str, NameKind, str]]:
        """Every name with its kind and party code; for a person the code is the name by which the table knows them."""
        found = [(name, NameKind.NONE, "") for name in self.not_parties]
        for state in self.states:
            found += [(name, NameKind.STATE, state.code) for name in (state.name, *state.aliases)]
            found += [(name, NameKind.DEMONYM, state.code) for name in state.demonyms if name not in state.aliases]
            found += [(name, NameKind.CAPITAL, state.code) for name in state.capitals]
            found += [(name, NameKind.CITY, state.code) for name in state.cities]
            found += [(name, NameKind.METONYM, state.code) for name in state.metonyms]
        for organisation in self.organisations:
            names = (organisation.name, *organisation.aliases, *organisation.metonyms)
            found += [(name, NameKind.ORGANISATION, organisation.code) for name in names]
        for holder in self.office_holders:
            found += [(name, NameKind.PERSON, name) for name in holder.names]
        return found

    def holders_by_name(self) -> dict[str, tuple[OfficeHolder, ...]]:
        """The rows of each name, full or short."""
        by_name: dict[str, list[OfficeHolder]] = {}
        for holder in self.office_holders:
            for name in dict.fromkeys(holder.names):
                by_name.setdefault(name, []).append(holder)
        return {name: tuple(rows) for name, rows in by_name.items()}


@cache
def load_gazetteer() -> Gazetteer:
    """Read the data files; cached, since they never change while a process runs."""
    not_parties: dict[str, list[str]] = read_yaml(__package__, "not_parties.yaml")
    return Gazetteer(
        states=TypeAdapter(tuple[StateRow, ...]).validate_python(_rows("states.csv")),
        organisations=TypeAdapter(tuple[OrganisationRow, ...]).validate_python(_rows("organisations.csv")),
        office_holders=TypeAdapter(tuple[OfficeHolder, ...]).validate_python(_rows("office_holders.csv")),
        not_parties=tuple(name for names in not_parties.values() for name in names),
    )


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read_text(__package__, name).splitlines()))
