"""Parties named by what they are: "the two sides", "both presidents", "the two Koreas", "the kingdom"."""

from detente.coder.actors import PAIR, Actor, ActorKind, Discourse
from detente.coder.sentence_to_tokens import Token
from detente.coder.title_shapes import is_possessive
from detente.coder.words import Words
from detente.parties.titles import Titles
from detente.vocabulary import Level

KOREAS = ("KOR", "PRK")


def koreas_at(tokens: list[Token], at: int, discourse: Discourse) -> Actor | None:
    """As in "the two Koreas", "North and South Korea", and "the North" where the article speaks of the two."""
    low = [token.low for token in tokens[at : at + 3]]
    if low[:1] == ["koreas"] or low[:1] == ["inter-korean"]:
        kind = ActorKind.PAIR if low[0] == "koreas" else ActorKind.MODIFIER
        return Actor(kind, at, at + 1, KOREAS, possessive=is_possessive(tokens, at + 1))
    half = {"north": "PRK", "south": "KOR"}.get(low[0])
    if half is None or not tokens[at].is_name_like:
        return None
    whole = tokens[at + 2].mention if low[1:2] == ["and"] and at + 2 < len(tokens) else None
    if whole is not None and whole.code in KOREAS and whole.code != half:
        return Actor(ActorKind.STATE, at, at + 1, (half,))
    alone = at + 1 >= len(tokens) or not tokens[at + 1].is_name_like
    if alone and at and tokens[at - 1].low == "the" and _speaks_of_korea(discourse):
        return Actor(ActorKind.STATE, at, at + 1, (half,), possessive=is_possessive(tokens, at + 1))
    return None


def _speaks_of_korea(discourse: Discourse) -> bool:
    """Whether "the North" can only be half of Korea."""
    named = discourse.parties | discourse.mentions.keys()
    return not named.isdisjoint(KOREAS) and named.isdisjoint({"SDN", "SSD", "YEM", "VNM"})


def named_by_kind(tokens: list[Token], at: int, discourse: Discourse, words: Words, titles: Titles) -> Actor | None:
    """A state by what it is ("the kingdom"), or a pair ("the two sides")."""
    country = _the_country(tokens, at, discourse)
    return country or _described(tokens, at, discourse, words) or _pair_at(tokens, at, discourse, words, titles)


def _the_country(tokens: list[Token], at: int, discourse: Discourse) -> Actor | None:
    """As in "A cut ties with B and left its embassy in the country": the one other state of whom the article spoke."""
    lead = tokens[at - 1].low if at else ""
    after = tokens[at + 2].low if at + 2 < len(tokens) else "."
    if [token.low for token in tokens[at : at + 2]] != ["the", "country"] or lead not in _TO_A_COUNTRY or after == "of":
        return None
    subject = next((a for a in discourse.of_sentence if a.is_party), discourse.last_subject)
    others = discourse.parties - set(subject.parties if subject is not None else ())
    if len(others) != 1 or subject is None:
        return None
    return Actor(ActorKind.STATE, at, at + 2, tuple(others), possessive=is_possessive(tokens, at + 2))


_TO_A_COUNTRY = frozenset({"with", "from", "in", "to", "visited", "visit", "visits", "visiting"})


def _described(tokens: list[Token], at: int, discourse: Discourse, words: Words) -> Actor | None:
    """As in "the kingdom": the state last spoken of, or the only one of that kind in the article so far."""
    noun = tokens[at + 1].low if at + 1 < len(tokens) else ""
    named = at + 2 < len(tokens) and (tokens[at + 2].low == "of" or tokens[at + 2].is_name_like)
    fitting = frozenset() if named else words.descriptions.get(noun, frozenset())
    if not fitting:
        return None
    last = discourse.last_subject
    meant = set(last.parties if last is not None else ()) & fitting or discourse.parties & fitting
    if len(meant) != 1:
        return None
    return Actor(ActorKind.STATE, at, at + 2, tuple(meant), possessive=is_possessive(tokens, at + 2))


def _acts(tokens: list[Token], at: int, end: int, words: Words) -> bool:
    """As in "The two met", "the two had spoken": a verb right after."""
    the_two = [token.low for token in tokens[at:end]] in (["the", "two"], ["the", "pair"])
    if the_two and at and tokens[at - 1].low == "between":
        return not tokens[end].is_name_like
    verb = end + 1 if tokens[end].low in words.adverbs and end + 1 < len(tokens) else end
    return the_two and (tokens[verb].low in words.verb_markers or tokens[verb].low in words.pasts)


def _means_both(tokens: list[Token], end: int, discourse: Discourse, words: Words) -> bool:
    """As in "The leaders agreed", "the ministers will": of the two of whose contact the article told, and no others."""
    while end < len(tokens) and tokens[end].low in words.adjectives | {"old"}:
        end += 1
    noun = tokens[end].low if end < len(tokens) else ""
    after = tokens[end + 1].low if end + 1 < len(tokens) else ""
    acts = after in words.verb_markers | words.pasts or after.endswith("ed") or tokens[end - 2].low == "between"
    if after == "of":  # "the leaders of A and B"
        return False
    return bool(discourse.last_told) and noun in words.sides and noun.endswith("s") and acts


def _two_people(discourse: Discourse, low: list[str]) -> tuple[Actor, ...]:
    """The people of two parties whom the sentence itself has named, for "the two"."""
    people = {actor.parties[0]: actor for actor in discourse.of_sentence if actor.is_people and actor.parties}
    return tuple(people.values()) if low[-1:] in (["two"], ["pair"]) and len(people) == PAIR else ()


def _only_two(discourse: Discourse, at: int) -> tuple[Actor, ...]:
    """The two parties whom the article has named so far, if they are two."""
    parties = sorted(discourse.parties)
    return tuple(Actor(ActorKind.STATE, at, at + 1, (party,)) for party in parties) if len(parties) == PAIR else ()


def _pair_at(tokens: list[Token], at: int, discourse: Discourse, words: Words, titles: Titles) -> Actor | None:
    """As in "The two sides", "both countries": the last two parties of whom the article spoke together."""
    end = at
    while end < len(tokens) and tokens[end].low in ("the", "both", "two", "pair"):
        end += 1
    low = [token.low for token in tokens[at:end]]
    pair = _two_people(discourse, low) or discourse.last_pair[:PAIR] or _only_two(discourse, at)
    if (
        len(pair) != PAIR
        or not ({"two", "both", "pair"} & set(low) or _means_both(tokens, end, discourse, words))
        or end >= len(tokens)
        or (tokens[end].low not in words.sides | words.adjectives | {"old"} and not _acts(tokens, at, end, words))
    ):
        return None
    while end < len(tokens) and tokens[end].low in words.sides | words.adjectives | {"old"}:
        end += 1
    one, other = pair
    parties = (*one.parties[:1], *other.parties[:1])
    if one.level is other.level and tokens[end - 1].low in ("two", "pair", "men", "women"):
        return Actor(ActorKind.PAIR, at, end, parties, one.level, one.channel, possessive=is_possessive(tokens, end))
    title = tuple(token.low for token in tokens[at:end])
    level = titles.level(title)
    if title[-1] == "leaders" and (ranked := _two_people(discourse, ["two"])):  # as ministers are called, too
        one, other = ranked
        if one.level is other.level is Level.MINISTER and {one.parties[0], other.parties[0]} == set(parties):
            return Actor(
                ActorKind.PAIR, at, end, parties, one.level, one.channel, possessive=is_possessive(tokens, end)
            )
    if level not in (Level.HEAD, Level.MINISTER):
        return Actor(ActorKind.PAIR, at, end, parties, possessive=is_possessive(tokens, end))
    channel = titles.channel(title, level)
    return Actor(ActorKind.PAIR, at, end, parties, level, channel, possessive=is_possessive(tokens, end))


def people_of_both(tokens: list[Token], end: int, discourse: Discourse, words: Words, titles: Titles) -> Actor | None:
    """As in "advisers from both sides", "the heads of the two Koreas": the pair after the title that ends at ``end``."""
    if end + 1 >= len(tokens) or tokens[end].low not in ("of", "from"):
        return None
    pair = named_by_kind(tokens, end + 1, discourse, words, titles)
    koreas = next((at for at in range(end + 1, min(end + 4, len(tokens))) if tokens[at].low == "koreas"), None)
    if pair is None and koreas is not None:
        return Actor(ActorKind.PAIR, end + 1, koreas + 1, KOREAS)
    return pair if pair is not None and pair.kind is ActorKind.PAIR else None


def ministers_of_the_two(tokens: list[Token], at: int, end: int, discourse: Discourse, words: Words) -> Actor | None:
    """As in "The petroleum ministers will meet": those of the two of whose contact the article told last."""
    after = tokens[end].low if end < len(tokens) else "."
    acts = after in words.verb_markers | words.pasts | words.adverbs or after.endswith("ed")
    known = at > 0 and tokens[at - 1].low in ("the", "their")
    if not (known and acts and len(discourse.last_told) == PAIR):
        return None
    return Actor(ActorKind.PAIR, at, end, tuple(actor.parties[0] for actor in discourse.last_told))
