"""By what means two spoke: a call, a video link, or face to face, where the sentence says so."""

from itertools import pairwise

from detente.coder.clauses import Clauses
from detente.vocabulary import Mode

_REACH = 24
"""How many words after the verb its means may stand."""
_FRONTED = 4
_PHONES = frozenset({"phone", "telephone"})
_VIDEOS = frozenset({"video", "videoconference", "teleconference", "video-link"})
_FACING = frozenset({("in", "person"), ("to", "face")})


def by_means(clauses: Clauses, verb: int, mode: Mode) -> Mode:
    """As in "spoke by phone", which is a call, "met by video link", a video meeting, "talked face to face", a meeting."""
    if mode not in (Mode.TALKS, Mode.MEETING):
        return mode
    if mode is Mode.TALKS and clauses.low[0] == "in" and not _PHONES.isdisjoint(clauses.low[1:_FRONTED]):
        return Mode.CALL  # "In separate phone calls A spoke with B and C"
    after = clauses.low[verb : verb + _REACH]
    if mode is Mode.TALKS and ("face-to-face" in after or any(pair in _FACING for pair in pairwise(after))):
        return Mode.MEETING
    return _named(after) or mode


def _named(after: list[str]) -> Mode | None:
    for at, low in enumerate(after[:-1]):
        if low in ("by", "via", "over", "on", "in", "during") and (nouns := set(after[at + 1 : at + 3])):
            if nouns & _PHONES:
                return Mode.CALL
            if nouns & _VIDEOS:
                return Mode.VIDEO
            if nouns == {"a", "call"}:
                return Mode.CALL
    return None
