"""What a rule's words may speak of: the documented fields, made from a transition."""

from pydantic import BaseModel, ConfigDict

from detente.alerts.record_words import record_words
from detente.contacts.transitions import Paging, Transition
from detente.vocabulary import AlertStatus


class TemplateFields(BaseModel):
    """The fields of the ``summary`` and ``body`` templates. Texts are never None: what is not known is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dyad: str
    """``CHN-USA``"""
    codes: tuple[str, ...]
    """``("CHN", "USA")``"""
    parties: tuple[str, ...]
    """The parties' names, in the order of ``codes``."""
    pair: str
    """Both names in a sentence: ``China and the United States``."""
    channel: str
    level: str
    tier: str
    transition: str
    mode: str
    """Empty if no single event is behind the transition."""
    reason: str
    state_before: str
    state_after: str
    event_date: str
    """As far as it is known: ``2024-04-16``, ``2022-08``, ``2016`` or ``unknown``."""
    previous: str
    """The date of what had decided the state before; empty if nothing had."""
    gap: str
    """The article's own words on how long there was no contact: ``first in nearly two years``; else empty."""
    publisher: str
    """The first publisher; empty if the article names none."""
    publishers: tuple[str, ...]
    independent: int
    """How many of the publishers are independent of each other."""
    confirmation: str
    """``one_outlet``, ``independent_outlets``, ``one_readout`` or ``both_readouts``, when the alert fires."""
    claimed_days: int
    """The silence that the article claims, in days; 0 if it claims none that can be measured."""
    record_days: int
    """The days since the last such contact in our own record; 0 if it has none."""
    record: str
    """What our own record says of the claim, in words, where it differs from it; else empty."""
    silence_days: int
    """Of a lapse: the limit that was passed, in days; else 0."""
    title: str
    url: str
    evidence: str
    """The sentence that proves it; empty for a silence."""
    confidence: float
    blind: bool
    """A silence that nobody listened to."""
    also_working: bool
    """The working tier changed with the high one."""
    status: str
    """``unconfirmed`` when the alert fires: words are rendered once, confirmations do not change them."""


def template_fields(transition: Transition, names: tuple[str, ...] | None = None) -> TemplateFields:
    """The fields of one transition; ``names`` are the parties' names, else their codes stand for them."""
    codes = tuple(transition.dyad.split("-"))
    parties = names or codes
    article = transition.articles[0] if transition.articles else None
    return TemplateFields(
        dyad=transition.dyad,
        codes=codes,
        parties=parties,
        pair=" and ".join(parties),
        channel=transition.channel,
        level=transition.level,
        tier=transition.tier,
        transition=transition.kind,
        mode=transition.mode or "",
        reason=transition.reason,
        state_before=transition.from_state,
        state_after=transition.to_state,
        event_date=str(transition.event_date),
        previous=str(transition.previous) if transition.previous else "",
        gap=transition.gap_claim.text if transition.gap_claim else "",
        publisher=transition.publishers[0] if transition.publishers else "",
        publishers=transition.publishers,
        independent=transition.independent,
        confirmation=transition.confirmation,
        claimed_days=transition.record.claimed_days if transition.record else 0,
        record_days=(transition.record.record_days or 0) if transition.record else 0,
        record=record_words(transition.record) if transition.record else "",
        silence_days=transition.silence.days if transition.silence else 0,
        title=article.title if article else "",
        url=(article.url or "") if article else "",
        evidence=_evidence(transition),
        confidence=round(transition.confidence, 2),
        blind=transition.paging is Paging.BLIND,
        also_working=transition.also_working,
        status=AlertStatus.UNCONFIRMED,
    )


def _evidence(transition: Transition) -> str:
    """The sentence of the signal that speaks most surely."""
    best = max(transition.signals, key=lambda signal: signal.confidence, default=None)
    return best.evidence.text if best else ""


_FULL = TemplateFields(
    dyad="CHN-USA",
    codes=("CHN", "USA"),
    parties=("China", "United States"),
    pair="China and United States",
    channel="military",
    level="minister",
    tier="high",
    transition="resumed",
    mode="video",
    reason="engaged_after_rupture",
    state_before="suspended",
    state_after="open",
    event_date="2024-04-16",
    previous="2022-08-05",
    gap="first in nearly two years",
    publisher="example.com",
    publishers=("example.com", "example.org"),
    independent=2,
    confirmation="independent_outlets",
    claimed_days=730,
    record_days=511,
    record="our own record has one on 2022-11-22, 511 days before",
    silence_days=180,
    title="Ministers speak again",
    url="https://example.com/ministers-speak-again",
    evidence="The two ministers spoke by video on Tuesday.",
    confidence=0.9,
    blind=False,
    also_working=True,
    status="unconfirmed",
)
_BARE = _FULL.model_copy(
    update={
        "transition": "lapsed",
        "reason": "silence",
        "state_before": "open",
        "state_after": "dormant",
        "level": "unknown",
        "event_date": "unknown",
        "blind": True,
        "also_working": False,
        "publishers": (),
        **dict.fromkeys(("mode", "previous", "gap", "publisher", "record", "title", "url", "evidence"), ""),
        **dict.fromkeys(("independent", "claimed_days", "record_days", "silence_days"), 0),
    }
)
SAMPLES = (_FULL, _BARE)
"""A transition with everything and one with as little as can be: a template must do with both."""
