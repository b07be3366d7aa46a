"""Two parties at once: "the two sides", "both presidents"."""

from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.sentence_to_tokens import Token
from detente.coder.title_shapes import is_possessive
from detente.coder.words import Words
from detente.parties.titles import Titles
from detente.vocabulary import Level


def pair_at(tokens: list[Token], at: int, discourse: Discourse, words: Words, titles: Titles) -> Actor | None:
    """As in "The two sides", "both countries": the last two parties of whom the article spoke together."""
    end = at
    while end < len(tokens) and tokens[end].low in ("the", "both", "two"):
        end += 1
    low = [token.low for token in tokens[at:end]]
    if (
        not discourse.last_pair
        or not ("two" in low or "both" in low)
        or end >= len(tokens)
        or tokens[end].low not in words.sides
    ):
        return None
    while end < len(tokens) and tokens[end].low in words.sides:
        end += 1
    one, other = discourse.last_pair[:2]
    parties = (*one.parties[:1], *other.parties[:1])
    title = tuple(token.low for token in tokens[at:end])
    level = titles.level(title)
    if level not in (Level.HEAD, Level.MINISTER):
        return Actor(ActorKind.PAIR, at, end, parties, possessive=is_possessive(tokens, end))
    channel = titles.channel(title, level)
    return Actor(ActorKind.PAIR, at, end, parties, level, channel, possessive=is_possessive(tokens, end))
