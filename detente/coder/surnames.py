"""Office-holders who are called by title and surname alone, as in "President Clinton"."""

from collections.abc import Sequence

from detente.coder.actors import SURNAME_FIRST, Actor, ActorKind, Discourse
from detente.parties.gazetteer import OfficeHolder
from detente.parties.text_to_mentions import without_accents
from detente.signals import Person
from detente.vocabulary import Channel, Level


class Surnames:
    """The rows of the table by surname."""

    def __init__(self, holders: dict[str, tuple[OfficeHolder, ...]]) -> None:
        self._holders = holders
        self._rows: dict[str, dict[OfficeHolder, None]] = {}
        for row in dict.fromkeys(row for rows in holders.values() for row in rows):
            parts = without_accents(row.name).lower().split()
            surname = parts[0] if row.party in SURNAME_FIRST else parts[-1]
            self._rows.setdefault(surname, {})[row] = None

    def in_office(
        self, surname: str, level: Level, channel: Channel | None, discourse: Discourse, given: Sequence[str] = ()
    ) -> Actor | None:
        """Who of that surname holds such an office on the day of publication; nobody if it could be several.

        Of several it is the one whose party the article names; one of the ``given`` names must be the holder's.
        """
        plain = {without_accents(name) for name in given}
        rows = [
            row
            for row in self._rows.get(without_accents(surname), ())
            if row.level is level
            and row.held_on(discourse.published)
            and channel in (None, row.channel)
            and (not plain or not plain.isdisjoint(without_accents(row.name).lower().split()))
        ]
        if len({row.name for row in rows}) > 1:
            rows = [row for row in rows if row.party in discourse.mentions]
        if len({row.name for row in rows}) != 1:
            return None
        row = rows[0]
        person = Person(name=row.name, party=row.party, office=row.office)
        return Actor(ActorKind.OFFICIAL, 0, 1, (row.party,), row.level, row.channel, person, self._holders[row.name])
