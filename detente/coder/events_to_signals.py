"""From candidate events to signals: which dyads, which channel, which level, how sure."""

from collections.abc import Iterator
from itertools import combinations, product

from detente.articles import Article
from detente.coder.actors import Actor
from detente.coder.clauses import Clauses
from detente.coder.confidence import confidence
from detente.coder.events import Event, Verdict
from detente.coder.passage_to_sentences import Sentence
from detente.event_dates import EventDate
from detente.signals import Evidence, GapClaim, Signal, dyad_of
from detente.vocabulary import Channel, Level, Mode, Polarity, Status

_RANK = (Level.HEAD, Level.MINISTER, Level.SENIOR, Level.WORKING, Level.UNKNOWN)
_CHANNEL_REACH = 4
MAX_DYADS = 12
"""An event of more parties is a conference, whose participants are not told apart."""
MAX_BREAKS = 40
"""But one may break with many, or many with one."""


def event_to_signals(article: Article, sentence: Sentence, clauses: Clauses, event: Event, when: tuple[EventDate, bool],
                     claim: GapClaim | None) -> tuple[list[Signal], Verdict]:  # fmt: skip
    """One signal a dyad, and the verdict on the event as a whole."""
    day, told = when
    published = article.published_at.date()
    reference = day.date or published
    one = tuple(actor.on(reference) for actor in event.one)
    other = tuple(actor.on(reference) for actor in event.other)
    if any(_out_of_office(actor, day) for actor in (*one, *other)):
        return [], Verdict.FORMER
    status = (
        Status.PLANNED
        if event.status is Status.OCCURRED and day.earliest and day.earliest > published
        else event.status
    )
    signals = []
    pairs = dict(_dyads(one, other))
    if not pairs:
        return [], Verdict.SAME_PARTY
    if len(pairs) > (MAX_BREAKS if other and event.mode.polarity is Polarity.RUPTURE else MAX_DYADS):
        return [], Verdict.UNFIT
    in_office = not any(
        actor.holders and not actor.former and day.date and not _in_office(actor, day) for actor in (*one, *other)
    )
    for dyad, (left, right) in pairs.items():
        level, channel, known = _level_and_channel(clauses, event, left, right)
        sure = confidence(event.weight, dated=told, ranked=known, status=status, in_office=in_office)
        signals.append(
            Signal(
                article_id=article.id,
                dyad=dyad,
                channel=channel,
                polarity=event.mode.polarity,
                level=level,
                mode=event.mode,
                status=status,
                event_date=day,
                evidence=evidence(article, sentence),
                confidence=sure,
                people=tuple(dict.fromkeys(a.person for a in (*left, *right) if a.person is not None)),
                cameo=event.cameo,
                plover=event.plover,
                gap_claim=claim if event.mode.polarity is Polarity.ENGAGEMENT and status is not Status.DENIED else None,
                ceremonial=event.ceremonial,
            )
        )
    return signals, Verdict.ACCEPTED


def evidence(article: Article, sentence: Sentence) -> Evidence:
    """The sentence as the article has it, to the character."""
    source = article.title if sentence.field == "title" else article.body
    return Evidence(
        text=source[sentence.start : sentence.end], start=sentence.start, end=sentence.end, field=sentence.field
    )


def _out_of_office(actor: Actor, day: EventDate) -> bool:
    """Whether a "former" office-holder took part, unless the table has them in office on the event's date."""
    return actor.former and not _in_office(actor, day)


def _in_office(actor: Actor, day: EventDate) -> bool:
    if day.earliest is None or day.latest is None:
        return False
    return any(row.since <= day.latest and (row.until is None or day.earliest <= row.until) for row in actor.holders)


def _dyads(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> Iterator[tuple[str, tuple[list[Actor], list[Actor]]]]:
    """Each of ``one`` with each of ``other``; without others, all of ``one`` with one another."""
    left = _by_party(one)
    if not other:
        for (a, actors_a), (b, actors_b) in combinations(left.items(), 2):
            yield dyad_of(a, b), (actors_a, actors_b)
        return
    for (a, actors_a), (b, actors_b) in product(left.items(), _by_party(other).items()):
        if a != b:
            yield dyad_of(a, b), (actors_a, actors_b)


def _by_party(actors: tuple[Actor, ...]) -> dict[str, list[Actor]]:
    sides: dict[str, list[Actor]] = {}
    for actor in actors:
        for party in actor.parties:
            sides.setdefault(party, []).append(actor)
    return sides


def _level_and_channel(
    clauses: Clauses, event: Event, left: list[Actor], right: list[Actor]
) -> tuple[Level, Channel, bool]:
    """Level, channel, and whether both sides' ranks are known."""
    ranks = [min((actor.level for actor in side), key=_RANK.index) for side in (left, right)]
    if Level.UNKNOWN in ranks and any(actor.counterpart for actor in (*left, *right)):
        ranks = [max(ranks, key=_RANK[::-1].index)] * BOTH
    known = [rank for rank in ranks if rank is not Level.UNKNOWN]
    level = max(known, key=_RANK.index) if known else Level.UNKNOWN
    portfolios = {actor.channel for actor in (*left, *right) if actor.channel is not None}
    spoken = _spoken_channel(clauses, event)
    if event.mode.polarity is Polarity.RUPTURE:
        named, channel = _named_contact(clauses, event)
        level = named if level is Level.UNKNOWN else level
        if event.mode is Mode.SUSPENSION and (told := _spoken_level(clauses, event)) is not Level.UNKNOWN:
            return told, spoken or channel or _cut_channel(event, portfolios, level), True
        return _cut_level(event, level), spoken or channel or _cut_channel(event, portfolios, level), True
    if event.mode is Mode.RESTORATION and spoken is not None:
        told = _spoken_level(clauses, event)
        return (level if told is Level.UNKNOWN and len(known) == BOTH else told), spoken, True
    if level is Level.UNKNOWN:
        level = Level.SENIOR if event.mode is Mode.EXCHANGE else _spoken_level(clauses, event)
    return level, _channel(portfolios, spoken, ranks), len(known) == BOTH or level is Level.UNKNOWN


BOTH = 2


def _spoken_level(clauses: Clauses, event: Event) -> Level:
    """The rank that the words before the thing name ("high-level military communication")."""
    thing = event.thing if event.thing is not None else event.trigger
    words = set(clauses.low[max(0, thing - _CHANNEL_REACH) : thing])
    if words & {"high-level", "top-level", "ministerial"}:
        return Level.MINISTER
    return Level.WORKING if "working-level" in words else Level.UNKNOWN


def _named_contact(clauses: Clauses, event: Event) -> tuple[Level, Channel | None]:
    """Rank and portfolio of the unnamed people whose contact is cut ("a meeting of defence ministers")."""
    if event.mode not in (Mode.REFUSAL, Mode.CANCELLATION):
        return Level.UNKNOWN, None
    for group in clauses.groups:
        for actor in group.actors:
            if (
                event.trigger < actor.first <= event.end + _CONTACT_REACH
                and not actor.parties
                and actor.level is not Level.UNKNOWN
            ):
                return actor.level, actor.channel
    return Level.UNKNOWN, None


_CONTACT_REACH = 5


def _channel(portfolios: set[Channel], spoken: Channel | None, ranks: list[Level]) -> Channel:
    heads = ranks.count(Level.HEAD)
    if heads == BOTH or (heads == 1 and Level.UNKNOWN in ranks and not spoken):
        return Channel.LEADERS
    rest = portfolios - {Channel.LEADERS}
    if len(rest) == 1:
        return next(iter(rest))
    if not rest and spoken:
        return spoken
    return Channel.DIPLOMATIC


def _cut_level(event: Event, level: Level) -> Level:
    if event.mode in (Mode.REFUSAL, Mode.CANCELLATION, Mode.WALKOUT):
        return level
    if event.mode is Mode.EXPULSION:
        return Level.SENIOR if event.ambassador else Level.WORKING
    return Level.SENIOR if event.mode is Mode.RECALL else Level.UNKNOWN


def _cut_channel(event: Event, portfolios: set[Channel], level: Level) -> Channel:
    if event.mode not in (Mode.REFUSAL, Mode.CANCELLATION, Mode.WALKOUT, Mode.SUSPENSION):
        return Channel.DIPLOMATIC
    met = event.mode is not Mode.SUSPENSION and level is Level.HEAD
    if len(portfolios) == 1 and (portfolios != {Channel.LEADERS} or met):
        return next(iter(portfolios))
    rest = portfolios - {Channel.LEADERS, Channel.DIPLOMATIC}
    return next(iter(rest)) if len(rest) == 1 else Channel.DIPLOMATIC


def _spoken_channel(clauses: Clauses, event: Event) -> Channel | None:
    """The portfolio that the words before the trigger's noun name ("military communication")."""
    thing = event.thing if event.thing is not None else event.trigger
    end = event.end + (_CHANNEL_REACH if clauses.low[event.end : event.end + 1] in (["of"], ["between"]) else 0)
    begin = max(0, thing - _CHANNEL_REACH)
    if event.mode is Mode.CLOSURE:  # "the military government shut its consulate"
        begin = max(begin, event.trigger)
    words = set(clauses.low[begin:end])
    return next((channel for channel, cues in clauses.portfolio_words.items() if words & cues), None)
