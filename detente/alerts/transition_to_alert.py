"""A transition on which a rule fires, into the first version of its alert."""

from datetime import datetime
from typing import NamedTuple

from detente.alerts.alert import Alert, alert_id
from detente.alerts.alert_bounds import bounded_evidence, bounded_publishers, bounded_sources
from detente.alerts.mute import muted_until
from detente.alerts.party_names import party_name
from detente.alerts.rule import Rule
from detente.alerts.template_fields import TemplateFields, template_fields
from detente.alerts.templates import RenderError, printable, render
from detente.alerts.verdicts import Verdict
from detente.contacts.transitions import Paging, Transition
from detente.vocabulary import AlertStatus


class Fired(NamedTuple):
    """A new alert; ``verdict`` is FIRED, or TEMPLATE_FAILED if it had to speak in plain words."""

    alert: Alert
    verdict: Verdict


def fire(rule: Rule, transition: Transition, now: datetime, status: AlertStatus = AlertStatus.UNCONFIRMED) -> Fired:
    """The alert's first version: it depends on the rule and the transition alone, its times aside."""
    fields = template_fields(transition, tuple(party_name(code) for code in transition.dyad.split("-")))
    try:
        summary, description = render(rule.summary, fields), render(rule.body, fields)
        verdict = Verdict.FIRED
    except RenderError:
        summary, description, verdict = plain_words(fields), "", Verdict.TEMPLATE_FAILED
    alert = Alert(
        id=alert_id(rule.name, transition.contact, transition.tier, transition.kind, transition.encounter_id),
        rule=rule.name,
        severity=rule.severity,
        status=status,
        contact=transition.contact,
        dyad=transition.dyad,
        channel=transition.channel,
        tier=transition.tier,
        level=transition.level,
        mode=transition.mode,
        transition=transition.kind,
        from_state=transition.from_state,
        reason=transition.reason,
        paging=transition.paging,
        event_date=transition.event_date,
        summary=summary or plain_words(fields),
        description=description,
        evidence=bounded_evidence(signal.evidence for signal in transition.signals),
        articles=bounded_sources(transition.articles),
        publishers=bounded_publishers(transition.publishers),
        confidence=transition.confidence,
        labels=rule.labels | ({"paging": Paging.BLIND.value} if transition.paging is Paging.BLIND else {}),
        runbook=str(rule.runbook) if rule.runbook else None,
        encounter_id=transition.encounter_id,
        transition_ids=(transition.id,),
        fired_at=now,
        updated_at=now,
        active_until=now + rule.hold,
        muted_until=muted_until(rule.mute, now),
        confirmation=transition.confirmation,
        record=transition.record,
    )
    return Fired(alert, verdict)


def plain_words(fields: TemplateFields) -> str:
    """A summary that needs no template."""
    return printable(f"{fields.dyad} {fields.channel} {fields.tier}: {fields.transition}, {fields.event_date}")
