"""A sentence that only denies what the one before told: "Riyadh denied it", "No such meeting took place"."""

from detente.coder.actors import Actor, ActorKind
from detente.coder.merge_signals import Told
from detente.coder.words import Words
from detente.vocabulary import Polarity, Status

SHORT = 24
"""A longer sentence tells something of its own."""
_TOOK_PLACE = frozenset({"took", "taken", "occurred", "happened", "held"})
_NO_SUCH = ("no", "such")


def denied(low: list[str], actors: list[Actor], told: list[Told], words: Words) -> list[Told]:
    """What a sentence told, if the next one denies it: by one of the two parties, or for any; as it is, if it does not."""
    if len(low) > SHORT:
        return told
    by = _denying_parties(low, actors, words)
    opens = tuple(low[:2]) == _NO_SUCH or (low[:1] == ['"'] and tuple(low[1:3]) == _NO_SUCH)
    none_such = opens and not _TOOK_PLACE.isdisjoint(low)
    return [
        _as_denied(each)
        if each.signal.status is Status.OCCURRED
        and each.signal.polarity is Polarity.ENGAGEMENT  # after a rupture it is an accusation that is denied
        and not _accuses(each.signal.evidence.text)
        and (none_such or by & set(each.signal.dyad.split("-")))
        else each
        for each in told
    ]


def _accuses(sentence: str) -> bool:
    return any(stem in sentence for stem in ("accus", "blam", "alleg"))


def _denying_parties(low: list[str], actors: list[Actor], words: Words) -> set[str]:
    """Who denies "it" or "the reports"; nobody if something else is denied."""
    for at, word in enumerate(low[:-1]):
        if word in ("denied", "denies") and low[at + 1] in words.denied_things:
            after = low[at + 2] if at + 2 < len(low) else "."
            whole = low[at + 1] != "the" or after in words.denied_things
            named = (a for a in actors if a.parties and a.kind is not ActorKind.OTHER and a.last <= at)
            return {party for actor in named for party in actor.parties} if whole else set()
    return set()


def _as_denied(told: Told) -> Told:
    return told._replace(signal=told.signal.model_copy(update={"status": Status.DENIED, "gap_claim": None}))
