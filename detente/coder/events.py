"""A candidate event and the reasons for which it is taken or left: what the event stages make and the signal stage takes."""

from dataclasses import dataclass
from enum import StrEnum

from detente.coder.actors import Actor
from detente.vocabulary import Mode, Status


class Verdict(StrEnum):
    """Why a candidate became a signal, or why not."""

    ACCEPTED = "accepted"
    MERGED = "merged"
    """It tells the same event as a candidate that was accepted before."""
    NO_SUBJECT = "no_subject"
    NO_OTHER_PARTY = "no_other_party"
    SAME_PARTY = "same_party"
    NOT_A_PARTY = "not_a_party"
    """Its subject is somebody who does not act for a state."""
    NEEDS_PEOPLE = "needs_people"
    """The verb says this only of people ("called Seoul a partner" is no call)."""
    NAMING = "naming"
    """Somebody was called something, not called up."""
    SPORT = "sport"
    FICTION = "fiction"
    NO_TRIP = "no_trip"
    FORMER = "former"
    """Somebody out of office at the time of the event."""
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    REFUSED = "refused"
    """A party says that it will not: the contact becomes a refusal."""
    CALLED_OFF = "called_off"
    """The sentence itself tells that the plan was cancelled or refused."""
    QUESTION = "question"
    NOT_TOLD_AS_EVENT = "not_told_as_event"
    """A noun of contact that is neither said to have happened nor to be planned."""
    UNFIT = "unfit"


@dataclass(slots=True, frozen=True)
class Event:
    """A candidate: the trigger's tokens, the two sides, and what is known of it; ``sides`` are empty if it failed."""

    name: str
    mode: Mode
    trigger: int
    end: int
    one: tuple[Actor, ...] = ()
    other: tuple[Actor, ...] = ()
    """Empty for a joint event of all in ``one``."""
    status: Status = Status.OCCURRED
    verdict: Verdict = Verdict.ACCEPTED
    thing: int | None = None
    cameo: str = ""
    plover: str = ""
    weight: float = 0.9
    ceremonial: bool = False
    nominal: bool = False
    paired: bool = False
    """Both parties are named by the thing itself ("talks between A and B")."""
    alone: bool = False
    """The frame allows the other party to come from the context."""
    echo: bool = False
    """It only points at a deed that was told before ("followed suit")."""
    passive: bool = False
    """Told by a verb in the passive: ``one`` has it done to them."""
    anaphoric: bool = False
    """The thing is one of which the article spoke before ("the talks were called off")."""
    ambassador: bool = False
    """The diplomat of whom it tells is the head of a mission."""

    def doer(self, dyad: str) -> str | None:
        """Which party of the dyad did it, where one did it to the other and the verb says which."""
        expelled = self.passive and self.mode is Mode.EXPULSION  # "B's diplomats were expelled from A"
        if (self.passive and not expelled) or self.nominal or not self.other:
            return None
        side = self.other if expelled else self.one
        doers = {party for actor in side for party in actor.parties} & set(dyad.split("-"))
        return doers.pop() if len(doers) == 1 else None
