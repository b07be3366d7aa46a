"""Actors that belong together: a title shared by several, and a name with the title after it."""

from dataclasses import replace

from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.sentence_to_tokens import Token
from detente.coder.title_shapes import office_of
from detente.signals import Person
from detente.vocabulary import Level


def with_shared_titles(actors: list[Actor], tokens: list[Token]) -> list[Actor]:
    """As in "US and Chinese military officials": the title at the end holds for all of them."""
    shared = list(actors)
    for index in range(len(shared) - 1, 0, -1):
        actor, before = shared[index], shared[index - 1]
        between = [token.low for token in tokens[before.last : actor.first]]
        owners = between[:1] == ["'s"]
        joined = between[owners:] in (["and"], [","], [",", "and"], ["-"], ["and", "the"])
        bare = before.kind in (ActorKind.MODIFIER, ActorKind.STATE) and before.possessive is owners
        if (
            joined
            and bare
            and actor.kind is ActorKind.OFFICIAL
            and actor.plural
            and actor.first + 1 < len(tokens)
            and tokens[actor.first].mention
        ):
            shared[index - 1] = replace(
                before,
                kind=ActorKind.OFFICIAL,
                last=before.last + owners,
                level=actor.level,
                channel=actor.channel,
                plural=True,
                possessive=False,
            )
    return shared


def with_appositions(actors: list[Actor], tokens: list[Token], discourse: Discourse) -> list[Actor]:
    """As in "Wang Yi, China's foreign minister": a name and the title after it are one actor."""
    merged: list[Actor] = []
    for actor in actors:
        before = merged[-1] if merged else None
        between = [token.low for token in tokens[before.last : actor.first]] if before else []
        if (
            before is not None
            and actor.kind is ActorKind.OFFICIAL
            and actor.person is None
            and between in ([","], [",", "the"])
        ):
            name = " ".join(token.text for token in tokens[before.first : before.last])
            looks_a_name = (
                before.kind is ActorKind.OTHER
                and not before.possessive
                and name[:1].isupper()
                and before.level is Level.UNKNOWN
            )
            if looks_a_name and not actor.plural and _closes(tokens, actor.last):
                person = Person(name=name, party=actor.parties[0], office=office_of(tokens, actor))
                merged[-1] = replace(actor, first=before.first, person=person)
                discourse.introduce(merged[-1])
                continue
            if before.person is not None and before.parties == actor.parties:
                merged[-1] = replace(before, last=actor.last)
                continue
        merged.append(actor)
    return merged


def _closes(tokens: list[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].text in (",", ".", ")", ";") or tokens[at].low in ("and", "who", "to")
