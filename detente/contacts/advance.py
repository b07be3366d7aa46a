"""The fold: one article's signals into a contact, and what changed by it."""

import datetime as dt
from typing import NamedTuple

from detente.contacts.changes import FRESH_EVENT, Step, changes_of
from detente.contacts.contact import Contact, Raised, Report, SilenceLimits
from detente.contacts.encounters import encounters_of, flatten
from detente.contacts.reports import keep_more, report_of
from detente.contacts.state import aged, state_of
from detente.contacts.transitions import Paging, Transition
from detente.contacts.updates import updates_of
from detente.signals import ArticleSignals, Signal
from detente.vocabulary import ArticleFlag, Confirmation, Tier, TransitionKind

RAISED_KEPT = 32


class Advance(NamedTuple):
    """The contact after an article, and the transitions that it made."""

    contact: Contact
    transitions: tuple[Transition, ...]


def advance(contact: Contact | None, article: ArticleSignals, now: dt.datetime) -> Advance:
    """Fold one article into its contact; pure, and idempotent: the same article again changes nothing.

    The article's history is folded before its news, so that what it recounts of an earlier break is known when its news
    is judged; the history itself makes no transition. ``now`` only stamps the transitions: what changes depends on the
    articles alone. Articles from the future must have been clamped before.
    """
    history: list[Report] = []
    news: list[Report] = []
    for signal in article.signals:
        (news if is_news(signal, article) else history).append(report_of(article, signal))
    before = _with(contact, article, history)
    after = _with(before, article, news)
    heard = contact is not None and any(article.article_id in encounter.article_ids for encounter in contact.encounters)
    known = flatten(contact) if heard else []
    told = {report for report in news if report not in known}
    step = Step(before, after, article, told, now)
    made = {raised.transition_id for raised in after.raised}
    changes = tuple(change for change in changes_of(step) if change.id not in made)
    step = step._replace(after=remember(after, changes))
    updates = updates_of(step)
    return Advance(remember(step.after, updates), changes + updates)


def is_news(signal: Signal, article: ArticleSignals) -> bool:
    """Whether the event is at most 14 days older than the article, by the latest day that its precision allows.

    An event of unknown date is taken for news: the reporter thought it needed no date.
    """
    day = signal.event_date.latest_by(article.published_at.date())
    return day is None or article.published_at.date() - day <= FRESH_EVENT


def _with(contact: Contact | None, article: ArticleSignals, told: list[Report]) -> Contact:
    watermark = _watermark(contact, article)
    if contact is not None and not told:
        return _later(contact, watermark)
    encounters = contact.encounters if contact else ()
    if told:
        reports = keep_more(flatten(contact), told, frozenset(article.dyad.split("-")))
        encounters = encounters_of(article.contact, reports, encounters)
    limits = contact.limits if contact else SilenceLimits()
    return Contact(
        key=article.contact,
        dyad=article.dyad,
        channel=article.channel,
        watermark=watermark,
        encounters=encounters,
        high=state_of(encounters, Tier.HIGH, watermark.date(), limits.high),
        working=state_of(encounters, Tier.WORKING, watermark.date(), limits.working),
        raised=contact.raised if contact else (),
        limits=limits,
    )


def _later(contact: Contact, watermark: dt.datetime) -> Contact:
    """The contact when time has passed and nothing was told."""
    if watermark == contact.watermark:
        return contact
    update: dict[str, object] = {"watermark": watermark}
    if watermark.date() != contact.watermark.date():
        for tier in Tier:
            state = contact.tier(tier)
            decider = contact.encounter(state.encounter_id)
            update[tier.value] = aged(state, decider, watermark.date(), contact.limits.of(tier))
    return contact.model_copy(update=update)


def _watermark(contact: Contact | None, article: ArticleSignals) -> dt.datetime:
    """The newest publication time seen; one that had to be clamped is no reason to believe that time has passed."""
    if contact is None:
        return article.published_at
    if ArticleFlag.CLAMPED in article.flags:
        return contact.watermark
    return max(contact.watermark, article.published_at)


def _said(update: Transition) -> dict[str, object]:
    """Where later confirmations go on from: a retraction puts an event back to the foot of the ladder."""
    if update.kind is TransitionKind.RETRACTED:
        return {"confirmation": Confirmation.ONE_OUTLET, "independent": 1}
    return {"confirmation": update.confirmation, "independent": update.independent}


def remember(contact: Contact, transitions: tuple[Transition, ...]) -> Contact:
    """Note the transitions in the contact, so that none is emitted twice and later reports can update them."""
    if not transitions:
        return contact
    raised = {entry.transition_id: entry for entry in contact.raised}
    for made in transitions:
        if made.of is None:
            raised[made.id] = Raised(
                transition_id=made.id,
                kind=made.kind,
                tier=made.tier,
                encounter_id=made.encounter_id,
                pages=made.paging is Paging.PAGES,
                from_state=made.from_state,
                previous=made.previous,
                before=made.encounter_ids[-1] if len(made.encounter_ids) > 1 else None,
            )
            continue
        for key, entry in raised.items():
            if (entry.kind, entry.tier, entry.encounter_id) == (made.of, made.tier, made.encounter_id):
                raised[key] = entry.model_copy(update={"update": made.kind, **_said(made)})
    return contact.model_copy(update={"raised": tuple(raised.values())[-RAISED_KEPT:]})
