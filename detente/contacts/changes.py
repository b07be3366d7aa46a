"""Two states of a contact, before and after an article's news, into the transitions between them."""

import datetime as dt
from typing import Any, NamedTuple

from detente.contacts.confirmation import support_of
from detente.contacts.contact import SILENCE_LIMIT, Contact, Encounter, Report, TierState
from detente.contacts.record_check import check_claim
from detente.contacts.reports import report_of
from detente.contacts.state import last_day
from detente.contacts.transitions import Paging, Reason, Source, Transition, transition_id
from detente.signals import ArticleSignals, GapClaim
from detente.vocabulary import Mode, Polarity, State, Status, Tier, TransitionKind

LATE_ARTICLE = dt.timedelta(days=3)
"""An article older than this against the contact's watermark is late: it amends the record and pages nobody."""

FRESH_EVENT = dt.timedelta(days=14)
"""An event older than this against the article that reports it is history."""

BROKEN = frozenset({State.SUSPENDED, State.STRAINED})


class Step(NamedTuple):
    """One article's step: the contact with its history folded, the same with its news, and what of its news was not known."""

    before: Contact
    after: Contact
    article: ArticleSignals
    told: set[Report]
    now: dt.datetime

    def tells_of(self, encounter: Encounter) -> bool:
        """Whether the article's news says something of the encounter that was not known."""
        mine = self.article.article_id
        return mine in encounter.article_ids and any(
            report.article_id == mine and report in self.told for report in encounter.reports
        )


class Change(NamedTuple):
    """What a tier's change is, and through which encounter."""

    kind: TransitionKind
    reason: Reason
    encounter: Encounter


def changes_of(step: Step) -> tuple[Transition, ...]:
    """The transitions that the article's news made.

    A change that both tiers make is one transition, of the high tier.
    """
    high = _change(step, Tier.HIGH)
    working = _change(step, Tier.WORKING)
    both = high is not None and working is not None and high.kind is working.kind
    made = []
    if high is not None:
        made.append(_transition(step, Tier.HIGH, high, also_working=both))
    if working is not None and not both:
        made.append(_transition(step, Tier.WORKING, working))
    return tuple(made)


def _change(step: Step, tier: Tier) -> Change | None:
    old, new = step.before.tier(tier), step.after.tier(tier)
    encounter = step.after.encounter(new.encounter_id) if new.encounter_id != old.encounter_id else None
    if encounter is not None and step.tells_of(encounter):
        change = _to_new_state(old, new, encounter, step.told)
        if change is not None:
            return change
    if tier is Tier.HIGH and new.state is not State.OPEN:
        return _announcement(step)
    return None


def _to_new_state(old: TierState, new: TierState, encounter: Encounter, told: set[Report]) -> Change | None:
    if new.state is State.OPEN:
        reason = _why_resumed(old, encounter, told)
        return Change(TransitionKind.RESUMED, reason, encounter) if reason else None
    if new.state is old.state:
        return None
    if new.state is State.SUSPENDED:
        return Change(TransitionKind.BROKEN_OFF, Reason.CUT, encounter)
    if new.state is State.STRAINED:
        return Change(TransitionKind.STRAINED, Reason.REBUFFED, encounter)
    return None


def _why_resumed(old: TierState, encounter: Encounter, told: set[Report]) -> Reason | None:
    """Why an engagement is a resumption; None when the tier was open, or unknown with nothing said of a gap."""
    if old.state is State.OPEN:
        return None
    if encounter.mode is Mode.RESTORATION:
        return Reason.RESTORED
    if old.state in BROKEN:
        return Reason.ENGAGED_AFTER_RUPTURE
    if old.state is State.DORMANT:
        return Reason.ENGAGED_AFTER_SILENCE
    return Reason.CLAIMED_GAP if claimed_gap(encounter, told) else None


def claimed_gap(encounter: Encounter, told: set[Report]) -> GapClaim | None:
    """The article's own claim that the encounter ended a silence of at least the limit."""
    until = encounter.event_date.latest or max(report.published_at for report in encounter.reports).date()
    claims = [report.gap_claim for report in encounter.reports if report in told and report.gap_claim]
    return next((claim for claim in claims if claim.length(until) >= SILENCE_LIMIT), None)


def _announcement(step: Step) -> Change | None:
    for encounter in step.after.encounters:
        if (
            encounter.status is Status.PLANNED
            and encounter.polarity is Polarity.ENGAGEMENT
            and encounter.tier is Tier.HIGH
            and step.tells_of(encounter)
        ):
            return Change(TransitionKind.ANNOUNCED, Reason.PLANNED_WHILE_NOT_OPEN, encounter)
    return None


def _transition(step: Step, tier: Tier, change: Change, *, also_working: bool = False) -> Transition:
    encounter = change.encounter
    return Transition(
        id=transition_id(step.after.key, tier, change.kind, encounter.id, _called_off_by(step, tier, change)),
        kind=change.kind,
        also_working=also_working,
        reason=change.reason,
        paging=_paging(step, encounter),
        from_state=step.before.tier(tier).state,
        previous=step.before.tier(tier).since,
        **told_of(step, tier, encounter, step.before.tier(tier).encounter_id),
    )


def _called_off_by(step: Step, tier: Tier, change: Change) -> str:
    """The rupture that stands while a plan is announced: after another one, the same plan is news again ("back on")."""
    state = step.after.tier(tier)
    return state.encounter_id or "" if change.kind is TransitionKind.ANNOUNCED and state.state in BROKEN else ""


def told_of(step: Step, tier: Tier, encounter: Encounter, before: str | None) -> dict[str, Any]:
    """The fields of a transition that the step and the encounter give, whatever the change is.

    ``before`` is the encounter that had decided the state until the change.
    """
    reports = [report for report in encounter.reports if report.article_id == step.article.article_id]
    claim = next((report.gap_claim for report in (*reports, *encounter.reports) if report.gap_claim), None)
    support = support_of(encounter, step.after.dyad)
    return {
        "contact": step.after.key,
        "dyad": step.after.dyad,
        "channel": step.after.channel,
        "tier": tier,
        "to_state": step.after.tier(tier).state,
        "encounter_id": encounter.id,
        "event_date": encounter.event_date,
        "mode": encounter.mode,
        "level": encounter.level,
        "encounter_ids": tuple(dict.fromkeys(wanted for wanted in (encounter.id, before) if wanted)),
        "gap_claim": claim,
        "record": claim and check_claim(claim, encounter, tier, step.after.encounters),
        "confidence": max(report.confidence for report in reports),
        "publishers": encounter.publishers,
        "independent": support.independent,
        "confirmation": support.confirmation,
        "articles": (_source_of(step.article),),
        "signals": tuple(s for s in step.article.signals if report_of(step.article, s) in encounter.reports),
        "at": step.now,
    }


def _paging(step: Step, encounter: Encounter) -> Paging:
    """Whether the change may page: not when an undated report turns out to be of an old event, nor when it is late."""
    published = step.article.published_at
    if encounter.event_date.date and published.date() - last_day(encounter) > FRESH_EVENT:
        return Paging.OLD_EVENT
    return Paging.LATE_ARTICLE if step.after.watermark - published > LATE_ARTICLE else Paging.PAGES


def _source_of(article: ArticleSignals) -> Source:
    """The article as a transition names it."""
    return Source(
        article_id=article.article_id,
        published_at=article.published_at,
        publisher=article.publisher,
        url=article.url,
        title=article.title,
    )
