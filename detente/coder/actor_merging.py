"""Actors that belong together: a title shared by several, and a name with the title after it."""

from dataclasses import replace

from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.sentence_to_tokens import Token
from detente.coder.title_shapes import office_of
from detente.coder.words import Words
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


_OWNER_LEADS = frozenset({"that", "between", "said", "while", "when", "where", "after", "before", "by"})
"""What stands before "its envoys" where they act; as a verb's object they are what is done with ("recalled its ambassador")."""


def with_owners(actors: list[Actor], tokens: list[Token], discourse: Discourse) -> list[Actor]:
    """As in "A denied that its envoys had met B": an official of "its" acts for the party named before."""
    owned: list[Actor] = []
    for actor in actors:
        lead = [token.low for token in tokens[max(0, actor.first - 2) : actor.first]]
        own = lead[-1:] in (["its"], ["their"], ["his"], ["her"]) and lead[0] in _OWNER_LEADS
        inside = {token.low for token in tokens[actor.first : actor.last]}
        own = own or not {"its", "their"}.isdisjoint(inside)
        if own and actor.kind is ActorKind.OTHER and actor.level is not Level.UNKNOWN and not actor.parties:
            owner = next((a for a in owned if a.parties and a.kind is not ActorKind.OTHER), discourse.last_subject)
            if owner is not None:
                actor = replace(actor, kind=ActorKind.OFFICIAL, parties=owner.parties)  # noqa: PLW2901
        owned.append(actor)
    return owned


def with_companions(actors: list[Actor], tokens: list[Token], words: Words) -> list[Actor]:
    """As in "the speaker and a group of deputies met": who comes along with an official takes nothing from the official's part."""
    joined: list[Actor] = []
    came_along = False
    for actor in actors:
        between = [token.low for token in tokens[joined[-1].last : actor.first]] if joined else []
        company = not words.companies.isdisjoint({*between, tokens[actor.first].low})
        new = between[:1] in (["and"], ["with"]) and between[1:2] in (["a"], ["his"], ["her"], ["their"]) and company
        came_along = (new or (came_along and between == ["of"])) and actor.kind is ActorKind.OTHER
        if came_along and joined[-1].kind is ActorKind.OFFICIAL and not joined[-1].possessive:
            joined[-1] = replace(joined[-1], last=actor.last)
        else:
            joined.append(actor)
    return joined


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
        if len(merged) > 1 and between == [","] and _names_envoy(merged, actor, tokens):
            continue
        if (before is not None and (whole := _with_party_after(before, actor, between, tokens)) is not None) or (
            before is not None and (whole := _second_of_title(merged, actor, between, tokens)) is not None
        ):
            merged[-1] = whole
        else:
            whole = None
        if whole is not None:
            discourse.introduce(whole)
            continue
        merged.append(actor)
    return merged


def _names_envoy(merged: list[Actor], actor: Actor, tokens: list[Token]) -> bool:
    """As in "the U.N. envoy for A, Martin Hale, met": the name of the envoy, who was told before."""
    envoy, posted = merged[-2:]
    between = [token.low for token in tokens[envoy.last : posted.first]]
    name = actor.kind is ActorKind.OTHER and actor.level is Level.UNKNOWN and tokens[actor.first].is_name_like
    posted_to = envoy.kind is ActorKind.OFFICIAL and posted.kind is ActorKind.STATE and between[:1] in (["for"], ["to"])
    return name and posted_to and len(between) <= 2 and _closes(tokens, actor.last)  # noqa: PLR2004 - "to the"


def _second_of_title(merged: list[Actor], actor: Actor, between: list[str], tokens: list[Token]) -> Actor | None:
    """As in "Finance ministers A of X and B of Y": the title holds for B, too."""
    if len(merged) < 2 or between not in (["of"], ["from"]) or actor.kind is not ActorKind.STATE:  # noqa: PLR2004 - two names
        return None
    first, name = merged[-2], merged[-1]
    joined = [token.low for token in tokens[first.last : name.first]] == ["and"]
    if not joined or name.kind is not ActorKind.OTHER or first.kind is not ActorKind.OFFICIAL:
        return None
    return replace(
        first,
        first=name.first,
        last=actor.last,
        parties=actor.parties,
        person=None,
        holders=(),
        possessive=actor.possessive,
    )


def _with_party_after(before: Actor, actor: Actor, between: list[str], tokens: list[Token]) -> Actor | None:
    """As in "Wang Yi of China", "Deputy Minister Kim of South Korea", "Bagheri, chief of staff of ...": one actor of two."""
    if (
        between == [","]
        and before.person is not None
        and actor.kind is ActorKind.OTHER
        and actor.level is not Level.UNKNOWN
    ):
        return replace(before, last=actor.last)
    if between not in (["of"], ["from"], ["of", "the"]) or actor.kind is not ActorKind.STATE:
        return None
    if before.person is not None and before.parties == actor.parties:
        return replace(before, last=actor.last, possessive=actor.possessive)
    titled = before.kind is ActorKind.OTHER and before.level is not Level.UNKNOWN and not before.possessive
    if not titled or not any(token.is_name_like for token in tokens[before.last - 1 : before.last]):
        return None
    return replace(before, kind=ActorKind.OFFICIAL, last=actor.last, parties=actor.parties, possessive=actor.possessive)


def _closes(tokens: list[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].text in (",", ".", ")", ";") or tokens[at].low in ("and", "who", "to")
