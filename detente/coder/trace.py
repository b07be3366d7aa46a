"""Collects what the coder saw while it reads, for ``explain``; without it nothing is collected."""

from dataclasses import dataclass, field

from detente.articles import Article
from detente.coder.actors import Actor
from detente.coder.article_to_passages import Passage
from detente.coder.clauses import Clauses
from detente.coder.date_words import DateExpression
from detente.coder.events import Event, Verdict
from detente.coder.explanation import (
    ExplainedActor,
    ExplainedCandidate,
    ExplainedDate,
    ExplainedSentence,
    Explanation,
    Skipped,
)
from detente.coder.passage_to_sentences import Sentence
from detente.coder.sentence_to_tokens import Token
from detente.event_dates import EventDate
from detente.signals import Signal


@dataclass(slots=True)
class Trace:
    """What was seen so far."""

    _sentences: list[ExplainedSentence] = field(default_factory=list)
    _candidates: list[ExplainedCandidate] = field(default_factory=list)

    def drop(self, passages: list[Passage]) -> None:
        """The passages that are not read."""
        for p in passages:
            if p.dropped is not None:
                reason = Skipped(p.dropped.value)
                self._sentences.append(
                    ExplainedSentence(field=p.field, start=p.start, end=p.end, text=p.text.strip(), skipped=reason)
                )

    def skip(
        self, sentence: Sentence, reason: Skipped, tokens: list[Token] | None = None, actors: list[Actor] | None = None
    ) -> None:
        """A sentence that was not looked into."""
        parties = tuple(_actor(a, sentence, tokens) for a in actors or () if a.parties) if tokens else ()
        self._sentences.append(
            ExplainedSentence(
                field=sentence.field,
                start=sentence.start,
                end=sentence.end,
                text=sentence.text,
                skipped=reason,
                parties=parties,
            )
        )

    def candidate(self, sentence: Sentence, clauses: Clauses, event: Event, when: EventDate, verdict: Verdict) -> None:
        """A candidate of the sentence that ``sentence`` will close."""
        tokens = clauses.tokens[event.trigger : max(event.end, event.trigger + 1)]
        text = sentence.text[tokens[0].start : tokens[-1].end]
        parties = tuple(dict.fromkeys(party for actor in (*event.one, *event.other) for party in actor.parties))
        self._candidates.append(
            ExplainedCandidate(
                frame=event.name,
                trigger=text,
                mode=event.mode,
                status=event.status,
                parties=parties,
                date=str(when),
                verdict=verdict,
            )
        )

    def sentence(self, sentence: Sentence, clauses: Clauses, actors: list[Actor], dates: list[DateExpression]) -> None:
        """A sentence that was looked into."""
        tokens = clauses.tokens

        def text(first: int, last: int) -> str:
            return sentence.text[tokens[first].start : tokens[last - 1].end]

        self._sentences.append(
            ExplainedSentence(
                field=sentence.field,
                start=sentence.start,
                end=sentence.end,
                text=sentence.text,
                parties=tuple(_actor(actor, sentence, tokens) for actor in actors if actor.parties),
                clauses=tuple(text(group.first, group.last) for group in clauses.groups if group.parties()),
                dates=tuple(ExplainedDate(text=text(d.first, d.last), date=str(d.date)) for d in dates),
                candidates=tuple(self._candidates),
            )
        )
        self._candidates.clear()


def _actor(actor: Actor, sentence: Sentence, tokens: list[Token]) -> ExplainedActor:
    text = sentence.text[tokens[actor.first].start : tokens[actor.last - 1].end]
    return ExplainedActor(text=text, kind=actor.kind, parties=actor.parties, level=actor.level, former=actor.former)


def explain_trace(article: Article, trace: Trace, signals: tuple[Signal, ...]) -> Explanation:
    """The explanation, sentences in the order of the text."""
    ordered = sorted(trace._sentences, key=lambda s: (s.field != "title", s.start))  # noqa: SLF001
    return Explanation(article_id=article.id, sentences=tuple(ordered), signals=signals)
