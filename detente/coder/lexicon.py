"""The lexicon of events: its schema, and the look-up tables that the event stages work with."""

from enum import StrEnum
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from detente.data_files import read_yaml
from detente.vocabulary import Channel, Mode, Status


class ThingClass(StrEnum):
    """The nouns of diplomacy by what can be done with them."""

    CONVERSATION = "conversation"
    VISIT = "visit"
    TIES = "ties"
    RECOGNITION = "recognition"
    COOPERATION = "cooperation"
    DELEGATION = "delegation"
    ACCORD = "accord"
    MISSION = "mission"
    DIPLOMAT = "diplomat"
    AMBASSADOR = "ambassador"
    WELCOME = "welcome"
    COURTESY = "courtesy"
    CREDENTIALS = "credentials"
    STAFF = "staff"
    LETTER = "letter"
    APPROACH = "approach"
    BREAK = "break"


class Frame(BaseModel):
    """A verb, what it is done to, and where its parties stand; the fields are explained in lexicon.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    verbs: tuple[str, ...] = Field(min_length=1)
    nominals: tuple[str, ...] = ()
    object: ThingClass | None = None
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    unless: frozenset[str] = frozenset()
    unless_led: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    mode: Mode | Literal["thing"]
    direct: Literal["person", "place", "any"] | None = None
    preps: frozenset[str]
    place_preps: frozenset[str] = frozenset()
    place_is_party: bool = False
    joint: bool = False
    alone: bool = False
    context: bool = False
    moving: Literal["too", "only"] | None = None
    person_only: bool = False
    both_people: bool = False
    no_possessive: bool = False
    ceremonial: bool = False
    by_rank: bool = False
    echo: bool = False
    guests: bool = False
    abroad: bool = False
    own: bool = False
    weak: bool = False
    status: Status | None = None
    cameo: str = Field(pattern=r"^\d{2,4}$")
    plover: str = Field(pattern=r"^[A-Z]+$")


class StatusWords(BaseModel):
    """Words that decide whether an event happened."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    planned: tuple[str, ...]
    achieving: tuple[str, ...]
    managing: tuple[str, ...]
    agreed: tuple[str, ...]
    decided: tuple[str, ...]
    demanding: tuple[str, ...]
    ordering: tuple[str, ...]
    hypothetical: tuple[str, ...]
    lesser: tuple[str, ...]
    negated: tuple[str, ...]
    refusing: tuple[str, ...]
    denying: tuple[str, ...]
    untrue: tuple[str, ...]
    corrected: tuple[str, ...]
    doubts: tuple[str, ...]
    supposing: tuple[str, ...]
    doubting: tuple[str, ...]
    conditions: tuple[str, ...]
    urging: tuple[str, ...]
    idea_of: tuple[str, ...]
    nobody: tuple[str, ...]
    clause_marks: tuple[str, ...]
    parting: tuple[str, ...]


class LexiconData(BaseModel):
    """The content of lexicon.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    things: dict[ThingClass, dict[Mode, tuple[str, ...]]]
    irregular: dict[str, tuple[str, ...]]
    frames: tuple[Frame, ...]
    status: StatusWords
    happened: tuple[str, ...]
    to_come: tuple[str, ...]
    took_place: tuple[str, ...]
    portfolio_words: dict[Channel, frozenset[str]]
    performing: frozenset[str]
    ambassadors: frozenset[str]


Phrase = tuple[str, ...]


class FramePattern(BaseModel):
    """A frame under one of its verbs; ``rest`` are the words after the verb (``off``, ``to meet``)."""

    model_config = ConfigDict(frozen=True)

    frame: Frame
    rest: Phrase
    nominal: bool = False
    """Whether it is a noun of the deed ("the expulsion of") and no verb."""


SHORTEST_TRIGGER = 3


class Lexicon:
    """The frames by every form of their verbs, and the things by their first word."""

    def __init__(self, data: LexiconData) -> None:
        self.data = data
        self.patterns: dict[str, tuple[FramePattern, ...]] = _patterns(data)
        """Per verb form, longest pattern first, else in the order of the file."""
        self.things: dict[ThingClass, dict[str, tuple[tuple[Phrase, Mode], ...]]] = {
            kind: _by_first_word(modes) for kind, modes in data.things.items()
        }
        nouns = (ThingClass.CONVERSATION, ThingClass.VISIT)
        weak = forms_of("be", data.irregular) | forms_of("do", data.irregular) | {"not"}
        rests = {pattern.rest[0] for verb in weak for pattern in self.patterns[verb]}
        self.triggers = (
            (frozenset(self.patterns) - weak)
            | {word for word in rests if len(word) >= SHORTEST_TRIGGER and word != "the"}
            | {word for kind in nouns for word in self.things[kind]}
        )
        """A sentence without one of these words holds no event; what is told with "be in" needs one of the nouns, too."""
        self.nouns = frozenset(word for things in self.things.values() for word in things)
        self.status = {
            name: tuple(tuple(phrase.split()) for phrase in phrases)
            for name, phrases in data.status.model_dump().items()
        }
        self.ordering = frozenset(data.status.ordering)
        self.demanding = frozenset(data.status.demanding)
        self.performing = data.performing
        self.ambassadors = data.ambassadors
        self.happened = tuple(tuple(phrase.split()) for phrase in data.happened)
        self.took_place = tuple(tuple(phrase.split()) for phrase in data.took_place)
        self.to_come = tuple(tuple(phrase.split()) for phrase in data.to_come)

    def thing_at(self, kind: ThingClass, words: list[str], at: int) -> tuple[int, Mode] | None:
        """The length and mode of the longest thing of that class that begins at ``at``."""
        for phrase, mode in self.things[kind].get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase), mode
        return None


def _by_first_word(modes: dict[Mode, tuple[str, ...]]) -> dict[str, tuple[tuple[Phrase, Mode], ...]]:
    table: dict[str, list[tuple[Phrase, Mode]]] = {}
    for mode, phrases in modes.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, mode))
    return {first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in table.items()}


def _patterns(data: LexiconData) -> dict[str, tuple[FramePattern, ...]]:
    table: dict[str, list[FramePattern]] = {}
    for frame in data.frames:
        for verb in frame.verbs:
            lemma, *rest = verb.split()
            pattern = FramePattern(frame=frame, rest=tuple(rest))
            for form in forms_of(lemma, data.irregular):
                table.setdefault(form, []).append(pattern)
        for noun in frame.nominals:
            table.setdefault(noun, []).append(FramePattern(frame=frame, rest=(), nominal=True))
    return {form: tuple(sorted(found, key=lambda p: -len(p.rest))) for form, found in table.items()}


def forms_of(lemma: str, irregular: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """All forms of a verb: the listed ones, else the regular ones."""
    if lemma in irregular:
        return frozenset({lemma, *irregular[lemma]})
    stem = lemma.removesuffix("e")
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return frozenset({lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"})
    return frozenset({lemma, third, stem + "ed", stem + "ing"})


@cache
def load_lexicon() -> Lexicon:
    """Read lexicon.yaml; cached, since it never changes while a process runs."""
    return Lexicon(LexiconData.model_validate(read_yaml(__package__, "lexicon.yaml")))
