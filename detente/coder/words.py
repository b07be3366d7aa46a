"""The small closed classes of words that the clause analysis leans on."""

from collections.abc import Iterable
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict

from detente.data_files import read_yaml


class Words(BaseModel):
    """The content of words.yaml, lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    determiners: frozenset[str]
    adjectives: frozenset[str]
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    auxiliaries: frozenset[str]
    being: frozenset[str]
    speech: frozenset[str]
    starters: frozenset[str]
    descriptions: dict[str, frozenset[str]]
    rounds: frozenset[str]
    """Words that tell one meeting of a series from the others."""
    courtesies: frozenset[str]
    formal: frozenset[str]
    """Words that make talks those of the parties named before ("during vice-ministerial talks")."""
    simple_pasts: frozenset[str]
    """Past forms that are no participles: whoever stands before them acts."""
    denied_things: frozenset[str]
    """What follows "denied" where the sentence before is meant."""
    due: frozenset[str]
    described_by: frozenset[str]
    """Participles that describe the noun before them ("the accord signed in")."""
    prompting: frozenset[str]
    """Verbs that move somebody to do what follows, and it is done."""
    sent_by: frozenset[str]
    """Before "by": they stand between people and the party for whom they act."""
    missions: frozenset[str]
    """Words by which an article speaks of diplomats: "60 Russians" are such then."""
    leaving: frozenset[str]
    companies: frozenset[str]
    """Nouns for several people at once ("a delegation of A's officials")."""
    copulas: frozenset[str]
    pronouns: frozenset[str]
    calendar: frozenset[str]
    plural_verbs: frozenset[str]
    name_particles: frozenset[str]
    sides: frozenset[str]
    joiners: frozenset[str]
    """Words that may stand between the members of a list."""
    conjunctions: frozenset[str]
    styles: frozenset[str]
    obstacles: frozenset[str]
    kinds_of_call: frozenset[str]
    """Words that make "the Republic of X" no more than X."""
    stops: frozenset[str]
    """Words at which a verb's reach to the right ends."""
    finite: frozenset[str]
    decisions: frozenset[str]
    """Nouns of what somebody is to do ("A's decision to")."""
    agreeing: frozenset[str]
    """Verbs of saying yes to what is still to come."""
    counterparts: frozenset[str]
    sympathies: frozenset[str]
    planning: frozenset[str]
    owners: frozenset[str]
    """Words after which a participle only describes ("their continued efforts")."""
    pasts: frozenset[str]
    verb_nouns: frozenset[str]
    verb_markers: frozenset[str]
    gerund_leads: frozenset[str]
    having: frozenset[str]
    participles: frozenset[str]
    adverbs: frozenset[str]
    past_leads: frozenset[str]
    future_leads: frozenset[str]
    sequels: frozenset[str]
    own_leads: frozenset[str]
    passing_leads: frozenset[str]
    announcing: frozenset[str]
    after_leads: frozenset[str]
    background: frozenset[str]
    subordinate_leads: frozenset[str]
    approximately: frozenset[str]
    hiatus: frozenset[str]
    held_somewhere: frozenset[str]
    """What a city's name right before it is the place of."""
    city_states: frozenset[str]
    contact_nouns: frozenset[str]
    breaks: frozenset[str]
    measures: frozenset[str]
    """Nouns that only measure or plan what comes after their "of" or "for" ("hours of talks")."""
    openers: frozenset[str]
    """Words that open a clause between commas after a noun (", which was due in May,")."""

    @cached_property
    def function(self) -> frozenset[str]:
        """Words that are never the noun that a name before them describes."""
        return (
            self.prepositions
            | self.subordinators
            | self.auxiliaries
            | self.being
            | self.starters
            | self.speech
            | self.plural_verbs
            | self.calendar
            | self.pronouns
        )


@cache
def load_words() -> Words:
    """Read words.yaml; cached, since it never changes while a process runs."""
    return Words.model_validate(read_yaml(__package__, "words.yaml"))


class Scenes(BaseModel):
    """The content of scenes.yaml, lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sport: frozenset[str]
    fiction: frozenset[str]


@cache
def load_scenes() -> Scenes:
    """Read scenes.yaml; cached, since it never changes while a process runs."""
    return Scenes.model_validate(read_yaml(__package__, "scenes.yaml"))


def contains(words: list[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of the phrases stands in the words."""
    return any(
        tuple(words[at : at + len(phrase)]) == phrase
        for phrase in phrases
        for at in range(len(words) - len(phrase) + 1)
    )
