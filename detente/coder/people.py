"""People of a sentence: names, titles before and after them, and "the minister" of whom the article spoke."""

from dataclasses import replace
from functools import partial

from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.officials import Officials
from detente.coder.pairs import ministers_of_the_two, people_of_both
from detente.coder.sentence_to_tokens import Token
from detente.coder.title_shapes import is_former, is_plural, is_possessive, parties_after
from detente.parties.gazetteer import NameKind
from detente.vocabulary import Level

_BODIES = ("government", "authorities", "ministry")
_AIDES = ("adviser", "advisor", "advisers", "advisors", "aide")
_SERVED_REACH = 4
_SERVICES = frozenset({"service", "services", "agency", "agencies", "staff"})
_OUTSIDE_REACH = 4
_SPEAKERS = ("spokesman", "spokeswoman", "spokesperson")


class People(Officials):
    """Finds people by the words, titles and office-holders that it is built with; keeps nothing between sentences."""

    def name(  # noqa: PLR0911  # one return a kind
        self, tokens: list[Token], at: int, discourse: Discourse
    ) -> list[Actor]:
        """A capitalised name: somebody whom the article introduced, or nobody we know."""
        low = tokens[at].low
        if low in self._words.starters or (at and tokens[at - 1].text == "("):
            return []
        end = self.name_end(tokens, at)
        for index in (end - 1, at):
            known = discourse.named(tokens[index]) if index >= at else None
            if known is not None:
                return [
                    replace(known, first=at, last=max(end, at + 1), possessive=is_possessive(tokens, max(end, at + 1)))
                ]
        if low in self._words.calendar:
            return []
        single = end - at <= 1
        if single and low in self._titles.words and low not in self._titles.cores:
            return []
        if single and (low.endswith(("ly", "ing", "ed")) or low in self._verbs):
            return []
        if single and at == 0 and len(tokens) > 1 and tokens[1].text == ",":
            return []
        last = max(end, at + 1)
        possessive = is_possessive(tokens, last)
        if possessive and last + 1 < len(tokens) and tokens[last + 1].low not in self._titles.words:
            bearer = self.name_end(tokens, last + 1)
            if bearer > last + 1:  # "Greenland's Vivian Motzfeldt"
                last, possessive = bearer, is_possessive(tokens, bearer)
        return [Actor(ActorKind.OTHER, at, last, possessive=possessive)]

    def titled(  # noqa: PLR0911  # one return a shape
        self, tokens: list[Token], at: int, discourse: Discourse
    ) -> list[Actor]:
        """A title that comes before its bearer or its party."""
        end = self.title_end(tokens, at)
        if end == at:
            return []
        level, words = self.title(tokens, at, end)
        if level is not None and (somebody := self._of_somebody(tokens, at, end, discourse, words)) is not None:
            return [somebody]
        if found := self._of_party(tokens, at, end, discourse, level, words):
            return found
        if end < len(tokens) and (mention := tokens[end].mention) is not None and mention.kind is NameKind.PERSON:
            person = self.person(tokens, at, end, discourse)
            return [person if level is not None else replace(person, kind=ActorKind.OTHER, parties=(), holders=())]
        if self.is_first_name(tokens, end):  # "Secretary Chad Wolf"
            bearer = self.name_end(tokens, end + 1)
            party = self._titles.party(words)
            parties = () if party is None else (party,)
            rank = level if parties else None
            return [self.official(tokens, at, end=bearer, parties=parties, level=rank, words=words, first=at)]
        comma = end + 1 if end < len(tokens) and tokens[end].text == "," else end
        if comma < len(tokens) and (mention := tokens[comma].mention) is not None and mention.kind is NameKind.PERSON:
            return [self.person(tokens, at, comma, discourse)]
        name_end = self.name_end(tokens, end)
        if name_end > end:
            known = discourse.named(tokens[name_end - 1]) or discourse.named(tokens[end])
            if known is not None:
                return [
                    replace(
                        known,
                        first=at,
                        last=name_end,
                        former=is_former(tokens, at),
                        possessive=is_possessive(tokens, name_end),
                    )
                ]
        if level is None or any(word in self._titles.private for word in words):
            return [Actor(ActorKind.OTHER, at, max(end, name_end))]
        return [self._anaphor(tokens, at, max(end, name_end), discourse, level, words)]

    def _of_somebody(
        self, tokens: list[Token], at: int, end: int, discourse: Discourse, words: tuple[str, ...]
    ) -> Actor | None:
        """As in "advisers of both sides", "the head of its intelligence service", "an adviser to Prime Minister X"."""
        level = self._titles.level(words)
        if (
            pair := people_of_both(tokens, end, discourse, self._words, self._titles)
        ) is not None and level is not None:
            return replace(pair, first=at, level=level, channel=self._titles.channel(words, level))
        lead = [token.low for token in tokens[end : end + 2]]
        if lead in (["of", "its"], ["of", "their"]):  # of whom it is, is seen later
            body = end + 2
            while body < len(tokens) and (tokens[body].low in self._titles.words or tokens[body].low in _SERVICES):
                body += 1
            whole = ("chief" if words == ("head",) else "", *words, *(token.low for token in tokens[end + 2 : body]))
            rank = self._titles.level(whole)
            if body > end + 2 and rank is not None:
                return Actor(ActorKind.OTHER, at, body, level=rank, channel=self._titles.channel(whole, rank))
        served = self._served(tokens, end + 1, discourse) if lead[:1] == ["to"] and words[-1] in _AIDES else None
        if served is None:
            return None
        channel = self._titles.channel(words, level)
        return Actor(ActorKind.OFFICIAL, at, served.last, served.parties, level or Level.WORKING, channel)

    def _of_party(  # the title and where it stands
        self, tokens: list[Token], at: int, end: int, discourse: Discourse, level: Level | None, words: tuple[str, ...]
    ) -> list[Actor]:
        """As in "the president of X", "foreign ministers of X and Y", "a spokesman for X"; nobody if no party follows."""
        build = partial(self.official, tokens, at, level=level, words=words)
        lead = tokens[end].low if end < len(tokens) else ""
        speaks = lead == "for" and tokens[end - 1].low in _SPEAKERS
        sits = lead == "in" and tokens[end - 1].low in _BODIES
        if not (lead in ("of", "from") or speaks or sits) or _posted(tokens, at, end):
            return []
        found: list[Actor] = []
        for index in parties_after(tokens, end + 1):
            mention = tokens[index].mention
            assert mention is not None
            if found and self.title_end(tokens, index + 1) > index + 1:  # "the emir of A and the B crown prince"
                break
            found.append(build(end=index + 1, parties=(mention.code,), first=index if found else at))
        if not found:
            return self.of_bodies(tokens, at, end, discourse, words) if lead == "of" else []
        after = tuple(token.low for token in tokens[found[-1].last : found[-1].last + _OUTSIDE_REACH])
        if found[-1].possessive and self._titles.level((*words, *after)) is None:  # "the leader of B's opposition"
            return [Actor(ActorKind.OTHER, at, found[-1].last)]
        found[-1] = self.with_body(tokens, found[-1])
        return self.with_name(tokens, found, discourse)

    def _served(self, tokens: list[Token], at: int, discourse: Discourse) -> Actor | None:
        """As in "an adviser to Prime Minister Imran Khan": the person whom somebody serves."""
        name = next((i for i in range(at, min(at + _SERVED_REACH, len(tokens))) if tokens[i].mention is not None), None)
        mention = tokens[name].mention if name is not None else None
        if name is None or mention is None or mention.kind is not NameKind.PERSON:
            return None
        return self.person(tokens, at, name, discourse)

    def _anaphor(
        self, tokens: list[Token], at: int, end: int, discourse: Discourse, level: Level, words: tuple[str, ...]
    ) -> Actor:
        """As in "President Clinton", and "The minister": the last of that rank of whom the article spoke, else nobody."""
        channel = self._titles.channel(words, level)
        name = tokens[end - 1].low if end - at > len(words) else ""
        holder = self._surnames.in_office(name, level, channel, discourse) if end - at == len(words) + 1 else None
        if end - at > len(words) + 1:
            given = [token.low for token in tokens[at + len(words) : end - 1]]
            holder = self._surnames.in_office(name, level, channel, discourse, given)
        if holder is not None:
            return replace(holder, first=at, last=end, possessive=is_possessive(tokens, end))
        several = level in (Level.HEAD, Level.MINISTER) and is_plural(words) and end - at == len(words)
        if several and (both := ministers_of_the_two(tokens, at, end, discourse, self._words)) is not None:
            return replace(both, level=level, channel=channel)
        definite = at > 0 and tokens[at - 1].low == "the"
        if definite and level in (Level.HEAD, Level.MINISTER) and not is_plural(words):
            alike = [
                known
                for known in reversed(discourse.names.values())
                if known.level is level and (channel is None or known.channel is channel)
            ]
            by_office = [known for known in alike if _is_called(known, words)]
            alone = not self._titles.unique.isdisjoint(words)  # "the ayatollah" is not the president of whom it spoke
            for known in by_office or ([] if alone else alike):
                return replace(known, first=at, last=end, possessive=is_possessive(tokens, end))
        party = self._titles.party(words) or (_last_government(tokens, at, end, words, discourse) if definite else None)
        return Actor(
            ActorKind.OTHER if party is None else ActorKind.OFFICIAL,
            at,
            end,
            () if party is None else (party,),
            level=level,
            channel=channel,
            possessive=is_possessive(tokens, end),
            plural=is_plural(words),
        )


def _posted(tokens: list[Token], at: int, end: int) -> bool:
    """As in "its ambassador from Damascus": where the envoy comes home from, not whom they serve."""
    return tokens[end].low == "from" and any(token.low in ("its", "their") for token in tokens[max(0, at - 5) : at])


def _is_called(known: Actor, words: tuple[str, ...]) -> bool:
    """Whether the office of somebody known is named by those words ("the crown prince")."""
    office = (known.person.office or "").lower() if known.person is not None else ""
    return " ".join(words) in office


def _last_government(
    tokens: list[Token], at: int, end: int, words: tuple[str, ...], discourse: Discourse
) -> str | None:
    """As in "A accused B of spying. The government expelled two diplomats": that of whoever the sentence before was about."""
    last = discourse.last_subject
    opens = at <= 1 or tokens[at - 2].text in (",", '"', ";")
    alone = (
        end - at == len(words)
        and words[-1] in _BODIES
        and tokens[end : end + 1]
        and tokens[end].low not in ("of", "in", "'s")
    )
    if last is None or len(last.parties) != 1 or not (opens and alone) or discourse.of_sentence:
        return None
    return last.parties[0]
