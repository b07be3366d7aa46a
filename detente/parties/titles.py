"""What a title says of its bearer: rank and portfolio, read from the words it is made of."""

from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict

from detente.data_files import read_yaml
from detente.vocabulary import Channel, Level


class Rank(StrEnum):
    """The lists of titles.yaml; ``outside`` are people who do not act for the state that they come from."""

    OUTSIDE = "outside"
    SENIOR = "senior"
    MINISTER = "minister"
    HEAD = "head"
    WORKING = "working"


class TitleData(BaseModel):
    """The content of titles.yaml; a phrase of several words counts as one word of its list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ranks: dict[Rank, frozenset[str]]
    bodies: frozenset[str]
    fillers: frozenset[str]
    portfolios: dict[Channel, frozenset[str]]
    private: frozenset[str]
    trailing: frozenset[str]
    belongs: dict[str, frozenset[str]]
    unique: frozenset[str]


class Titles:
    """The title words, ready for look-ups."""

    def __init__(self, data: TitleData) -> None:
        self._data = data
        ranked = frozenset().union(*data.ranks.values())
        self.cores = frozenset(word for phrase in ranked for word in [phrase] if " " not in phrase) | data.bodies
        """Words that make a run of title words a title."""
        portfolio = frozenset().union(*data.portfolios.values())
        self.words = (
            frozenset(part for phrase in ranked | portfolio for part in phrase.split()) | self.cores | data.fillers
        )
        """All words that may stand in a title, lower case."""
        self.private = data.private
        self.unique = data.unique
        self.trailing = data.trailing | frozenset(part for phrase in portfolio for part in phrase.split()) | {"and"}

    def level(self, words: tuple[str, ...]) -> Level | None:
        """The rank of a title; None for somebody who does not act for the state."""
        text = f" {' '.join(words)} "
        ranks = self._data.ranks
        if _has(ranks[Rank.OUTSIDE], text):
            return None
        if any(f" {phrase} " in text for phrase in ranks[Rank.MINISTER] if " " in phrase):
            return Level.MINISTER
        if _has(ranks[Rank.SENIOR], text) or " vice " in text:
            return Level.SENIOR
        if " prime " in text or (_has(ranks[Rank.HEAD], text) and not _has(ranks[Rank.MINISTER], text)):
            return Level.HEAD
        if _has(ranks[Rank.MINISTER], text):
            return Level.MINISTER
        return Level.WORKING if _has(ranks[Rank.WORKING], text) else Level.UNKNOWN

    def party(self, words: tuple[str, ...]) -> str | None:
        """The state that alone gives such a title."""
        text = f" {' '.join(words)} "
        return next((party for party, phrases in self._data.belongs.items() if _has(phrases, text)), None)

    def channel(self, words: tuple[str, ...], level: Level | None) -> Channel | None:
        """The portfolio of a title; None where it names none."""
        if level is Level.HEAD:
            return Channel.LEADERS
        text = f" {' '.join(words)} "
        portfolios = self._data.portfolios
        for channel in (Channel.INTELLIGENCE, Channel.MILITARY, Channel.DIPLOMATIC, Channel.ECONOMIC, Channel.OTHER):
            if _has(portfolios[channel], text):
                return channel
        return None


def _has(phrases: frozenset[str], text: str) -> bool:
    return any(f" {phrase} " in text for phrase in phrases)


@cache
def load_titles() -> Titles:
    """Read titles.yaml; cached, since it never changes while a process runs."""
    return Titles(TitleData.model_validate(read_yaml(__package__, "titles.yaml")))
