"""The event coder: one article in, its signals out. Reading ``Coder._read`` is reading the pipeline."""

from collections import Counter, deque
from dataclasses import replace

from detente.articles import Article
from detente.coder.actors import Actor, ActorKind, Discourse
from detente.coder.article_to_passages import Passage, article_to_passages, load_boilerplate
from detente.coder.clauses import Clauses
from detente.coder.date_expressions import find_dates, of_events
from detente.coder.denials import denied
from detente.coder.echoes import echoed, last_deed
from detente.coder.event_context import completed, without_called_off
from detente.coder.event_to_date import event_to_date
from detente.coder.events import Event, Verdict
from detente.coder.events_to_signals import event_to_signals
from detente.coder.explanation import Explanation, Skipped
from detente.coder.filed_from import filed_from
from detente.coder.gap_claims import find_gap_claim, is_about_the_last
from detente.coder.lexicon import load_lexicon
from detente.coder.linked_dates import DatesBefore
from detente.coder.merge_signals import Told, merge_signals
from detente.coder.noun_events import find_noun_events
from detente.coder.passage_to_sentences import Sentence, load_abbreviations, passage_to_sentences
from detente.coder.retelling import is_apposition, is_purpose, retells
from detente.coder.sentence_to_tokens import Token, sentence_to_tokens, title_case_to_plain
from detente.coder.tokens_to_actors import ActorFinder
from detente.coder.trace import Trace, explain_trace
from detente.coder.verb_events import find_verb_events
from detente.coder.words import load_scenes, load_words
from detente.parties.gazetteer import NameKind, load_gazetteer
from detente.parties.text_to_mentions import Mention, MentionFinder
from detente.parties.titles import load_titles
from detente.signals import Signal
from detente.vocabulary import Level, Polarity, Status


class Coder:
    """Compiled once from the data files; holds no state between articles, so one may be shared by threads."""

    def __init__(self) -> None:
        gazetteer = load_gazetteer()
        self._lexicon = load_lexicon()
        self._words = load_words()
        self._scenes = load_scenes()
        self._boilerplate = load_boilerplate()
        self._abbreviations = load_abbreviations()
        self._mentions = MentionFinder(gazetteer)
        self._actors = ActorFinder(
            self._words, load_titles(), gazetteer.holders_by_name(), frozenset(self._lexicon.patterns)
        )

    def __reduce__(self) -> tuple[type["Coder"], tuple[()]]:
        """A coder is sent to another process as the order to build one: the data files are the same everywhere."""
        return Coder, ()

    def code(self, article: Article) -> tuple[Signal, ...]:
        """The article's signals in the order of their evidence; deterministic, and linear in the length of the text."""
        return self._read(article, None)

    def explain(self, article: Article) -> Explanation:
        """What was seen in each sentence, each candidate with the reason for its acceptance or rejection."""
        trace = Trace()
        signals = self._read(article, trace)
        return explain_trace(article, trace, signals)

    def _read(self, article: Article, trace: Trace | None) -> tuple[Signal, ...]:
        passages = article_to_passages(article, self._boilerplate)
        mentions = {passage: self._mentions.find(passage.text) for passage in passages if passage.dropped is None}
        if trace is not None:
            trace.drop(passages)
        place = filed_from(article.body, self._mentions) if " here" in article.body else None
        if trace is None and not _two_parties(mentions, place):
            return ()
        discourse = Discourse(article.published_at.date(), article.body)
        discourse.mentions = Counter(
            mention.code for found in mentions.values() for mention in found if mention.kind in _NAMING
        )
        discourse.place = place
        told: list[Told] = []
        last: list[Told] = []
        for passage, found in mentions.items():
            rest = deque(found)
            for sentence in passage_to_sentences(passage, self._abbreviations):
                new = self._sentence(article, sentence, _inside(rest, passage, sentence), discourse, trace)
                if new:
                    told += last
                    last = new
                elif last:
                    last = self._with_more(last, sentence, discourse)
        told += last
        return merge_signals(told)

    def _with_more(self, last: list[Told], sentence: Sentence, discourse: Discourse) -> list[Told]:
        """What the last telling sentence told, with what a later one says of it: a claim of silence, or a denial."""
        if last[-1].signal.polarity is Polarity.ENGAGEMENT:
            last[-1] = self._with_claim_after(last[-1], sentence, discourse)
        low = [token.low for token in discourse.last_tokens]
        return denied(low, discourse.of_sentence, last, self._words) if sentence.field == "body" else last

    def _with_claim_after(self, last: Told, sentence: Sentence, discourse: Discourse) -> Told:
        """The contact told before, with the claim that the sentence after it makes ("It was the first since 2022")."""
        tokens = sentence_to_tokens(sentence.text, [])
        if last.signal.gap_claim is not None or not is_about_the_last(tokens):
            return last
        claim = find_gap_claim(tokens, sentence.text, discourse.published, self._words)
        return last if claim is None else last._replace(signal=last.signal.model_copy(update={"gap_claim": claim}))

    def _sentence(
        self, article: Article, sentence: Sentence, mentions: list[Mention], discourse: Discourse, trace: Trace | None
    ) -> list[Told]:
        tokens = sentence_to_tokens(sentence.text, mentions)
        discourse.spoke_of_ties = any(token.low in _TIES for token in discourse.last_tokens)
        discourse.last_tokens, discourse.of_sentence = tokens, []
        if sentence.field == "title":
            tokens = title_case_to_plain(tokens, discourse.names)
        actors = self._actors_of(sentence, tokens, mentions, discourse, trace)
        if actors is None:
            discourse.told_date = None
            discourse.name_dates(find_dates([token.low for token in tokens[:_HEAD]], discourse.published))
            return []
        discourse.diplomatic |= any(token.low in self._words.missions for token in tokens)
        clauses = Clauses(tokens, actors, self._words, self._lexicon, discourse)
        events = self._events(clauses, sentence, discourse)
        named = find_dates(clauses.low, discourse.published)
        dates = of_events(named, clauses.low)
        claim = find_gap_claim(tokens, sentence.text, discourse.published, self._words)
        before = DatesBefore(discourse.told_date, discourse.named_day, discourse.named_date, discourse.opening_day)
        accepted = [event for event in events if event.verdict is Verdict.ACCEPTED]
        told: list[Told] = []
        signals: list[Signal] = []
        for event in events:
            verdict = event.verdict
            made: list[Signal] = []
            when = event_to_date(event, accepted, dates, clauses, discourse.published, before)
            if verdict is Verdict.ACCEPTED:
                made, verdict = event_to_signals(article, sentence, clauses, event, when, claim)
            if (
                made
                and (event.nominal or event.status is Status.PLANNED)
                and retells(made, signals, summing_up=is_purpose(clauses, event) or is_apposition(clauses, event))
            ):
                made, verdict = [], Verdict.MERGED
            signals += made
            told += [Told(signal, when[1], event.doer(signal.dyad)) for signal in made]
            if trace is not None:
                trace.candidate(sentence, clauses, event, when[0], verdict)
        if trace is not None:
            trace.sentence(sentence, clauses, actors, dates)
        discourse.remember(actors, signals)
        dated = [each.signal.event_date for each in told if each.dated]
        discourse.name_dates(named)
        goes_on = clauses.low[0] in self._words.pronouns or any(actor.kind is ActorKind.PAIR for actor in actors[:1])
        discourse.told_date = dated[-1] if dated else discourse.told_date if goes_on else None
        return told

    def _actors_of(
        self,
        sentence: Sentence,
        tokens: list[Token],
        mentions: list[Mention],
        discourse: Discourse,
        trace: Trace | None,
    ) -> list[Actor] | None:
        """The sentence's actors, who are remembered; None where nothing can come of it, which costs almost nothing."""
        silent = self._lexicon.triggers.isdisjoint(token.low for token in tokens)
        named = bool(mentions) or "Korea" in sentence.text
        meant = bool(discourse.last_pair) and (
            tokens[0].low in self._words.pronouns or any(token.low in _OF_TWO for token in tokens)
        )
        if not (named or discourse.names or meant) or (silent and not named):
            if trace is not None:
                trace.skip(sentence, Skipped.TOO_FEW_PARTIES)
            return None
        actors = self._actors.find(tokens, discourse)
        if silent:
            if trace is not None:
                trace.skip(sentence, Skipped.NO_TRIGGER, tokens, actors)
            discourse.remember(actors, None)
            return None
        return actors

    def _events(self, clauses: Clauses, sentence: Sentence, discourse: Discourse) -> list[Event]:
        verbs = completed(
            clauses,
            find_verb_events(clauses, self._lexicon),
            discourse.last_told,
            discourse.first_deed or discourse.last_deed,
            discourse.mentions.keys(),
        )
        verbs = echoed(verbs, discourse.last_deed)
        discourse.last_deed = last_deed(verbs) or discourse.last_deed
        if (
            discourse.first_deed is None
            and discourse.last_deed
            and discourse.last_deed.mode.polarity is Polarity.RUPTURE
        ):
            discourse.first_deed = discourse.last_deed
        taken = frozenset(
            index
            for event in verbs
            if event.verdict is not Verdict.NO_SUBJECT
            for index in (event.trigger, event.thing)
            if index is not None
        )
        nouns = find_noun_events(clauses, self._lexicon, taken)
        events = without_called_off(sorted((*verbs, *nouns), key=lambda event: event.trigger))
        if sentence.text.rstrip("\"') ").endswith("?"):
            return [replace(event, verdict=Verdict.QUESTION) for event in events]
        if not self._scenes.sport.isdisjoint(clauses.low):
            return [event if _is_of_leaders(event) else replace(event, verdict=Verdict.SPORT) for event in events]
        if any(event.name == "meet" for event in events) and discourse.sporting(self._scenes.sport):
            events = [_as_match(event) for event in events]
        if not self._scenes.fiction.isdisjoint(clauses.low):
            return [replace(event, verdict=Verdict.FICTION) for event in events]
        return events


_OF_TWO = frozenset(
    {
        "they",
        "their",
        "two",
        "both",
        "country",
        "such",
        "previous",
        "ministers",
        "presidents",
        "leaders",
        "sides",
        "envoys",
    }
)
"""A sentence without a name may still speak of the two just spoken of."""
_TIES = frozenset({"ties", "relations"})
_HEAD = 4
"""Of a sentence without a contact only the head is searched for a date, since all but a few are such."""
_NAMING = frozenset({NameKind.STATE, NameKind.DEMONYM, NameKind.CAPITAL, NameKind.METONYM})


def _is_of_leaders(event: Event) -> bool:
    """As in "the two presidents shook hands at the World Cup"."""
    ranks = {actor.level for actor in (*event.one, *event.other) if actor.is_people}
    bare = any(not actor.is_people for actor in (*event.one, *event.other))
    return not bare and bool(ranks) and ranks <= {Level.HEAD, Level.MINISTER}


def _as_match(event: Event) -> Event:
    """As in "A and B meet tonight", in an article that speaks of a coach: states without people meet on the field."""
    bare = all(actor.kind is ActorKind.STATE for actor in (*event.one, *event.other))
    return replace(event, verdict=Verdict.SPORT) if event.name == "meet" and bare else event


def _two_parties(mentions: dict[Passage, list[Mention]], place: str | None) -> bool:
    """Whether at least two names of different parties stand in the article, or "the two Koreas", by the cheapest test there is."""
    codes = {mention.code for found in mentions.values() for mention in found if mention.kind is not NameKind.NONE}
    return len(codes | {place} - {None}) > 1 or any("Korea" in passage.text for passage in mentions)


def _inside(rest: deque[Mention], passage: Passage, sentence: Sentence) -> list[Mention]:
    """Take the mentions within the sentence from ``rest``, with their place in the sentence; those before it are let go."""
    shift = sentence.start - passage.start
    end = shift + len(sentence.text)
    found = []
    while rest and rest[0].start < end:
        mention = rest.popleft()
        if shift <= mention.start and mention.end <= end:
            found.append(Mention(mention.start - shift, mention.end - shift, mention.kind, mention.code))
    return found


def load_coder() -> Coder:
    """A coder from the package's data files; takes under half a second."""
    return Coder()
