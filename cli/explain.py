"""``detente rules explain``: why something paged, or did not, from what lies on Kafka."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from kafka.errors import KafkaError

from alerts.rule_files import RuleError, load_rules
from cli.kafka_settings import kafka_settings
from cli.output import USAGE, Format, emit, fail
from detente import wire
from detente.alerts.alert import Alert
from detente.alerts.verdict_words import WORDS
from detente.alerts.verdicts import Verdict
from detente.alerts.why import Why, why
from detente.contacts.transitions import Transition
from detente.topics import Topic
from runtime.settings import KafkaSettings
from runtime.topic_reader import NoSuchTopicError, read_latest, read_to_end

COLUMNS = {
    "at": "at",
    "transition": "transition",
    "event_date": "event",
    "reason": "reason",
    "rule": "rule",
    "verdict": "verdict",
    "because": "because",
}
PROOF = {"publisher": "publisher", "published_at": "published", "mode": "what", "evidence": "sentence", "url": "url"}

MATTERS_NOT = frozenset({Verdict.OTHER_TRANSITION, Verdict.NOTHING_TO_UPDATE})
"""What a table leaves out: most rules are about other transitions."""


def explain(
    about: Annotated[
        str, typer.Argument(help="An alert's id or its beginning, or a contact such as CHN-USA:military.")
    ],
    rules: Annotated[Path | None, typer.Option(help="A folder of rules; the shipped ones if left out.")] = None,
    fmt: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """Say why something paged, and why it did not: each rule's verdict on each transition, and the sentences behind it.

    The rules are applied anew: give the folder that the worker uses.

    Example: detente rules explain CHN-USA:military
    """
    try:
        loaded = load_rules(rules)
    except RuleError as error:
        fail(str(error), USAGE)
    kafka = kafka_settings()
    try:
        alert = None if ":" in about else _alert(kafka, about)
        contact = about if alert is None else alert.contact
        transitions = _transitions(kafka, contact)
    except (KafkaError, NoSuchTopicError) as error:
        fail(str(error))
    if not transitions:
        fail(f"no transition of {contact} is on record")
    told = [one for one in why(loaded, transitions) if alert is None or one.alert == alert.id]
    if alert is not None and not told:
        fail(f"the rule {alert.rule} of that alert is not in this folder: give it with --rules")
    shown = told if fmt is Format.JSONL else [one for one in told if one.verdict not in MATTERS_NOT]
    emit((_row(one, fmt) for one in shown), COLUMNS, fmt, title=_title(contact, alert))
    if fmt is Format.TABLE:
        emit(_proof([one.transition for one in told]), PROOF, fmt, title="What was said")


def _alert(kafka: KafkaSettings, beginning: str) -> Alert:
    records = read_latest(kafka, Topic.ALERTS.named(kafka.topic_prefix))
    found = [record for key, record in records.items() if key.decode(errors="replace").startswith(beginning)]
    if len(found) != 1:
        fail(f"{len(found) or 'no'} alerts have an id that begins with {beginning!r}")
    return wire.decode(found[0].value, Alert)


def _transitions(kafka: KafkaSettings, contact: str) -> list[Transition]:
    """Those of the contact, each once, in the order in which they were made."""
    wanted = contact.encode()
    records = read_to_end(kafka, Topic.TRANSITIONS.named(kafka.topic_prefix))
    made = (wire.decode(record.value, Transition) for record in records if record.key == wanted)
    return list({transition.id: transition for transition in made}.values())


def _row(one: Why, fmt: Format) -> dict[str, Any]:
    transition = one.transition
    kind = f"{transition.kind} ({transition.of})" if transition.of else transition.kind.value
    row: dict[str, Any] = {
        "at": f"{transition.at:%Y-%m-%d %H:%M}",
        "transition": f"{kind}, {transition.tier}",
        "event_date": str(transition.event_date),
        "reason": transition.reason.value,
        "rule": one.rule,
        "verdict": one.verdict.value,
        "because": WORDS[one.verdict],
    }
    if fmt is Format.JSONL:
        row |= {"alert": one.alert, "transition_id": transition.id, "encounters": list(transition.encounter_ids)}
    return row


def _title(contact: str, alert: Alert | None) -> str:
    if alert is None:
        return f"{contact}: what each rule made of each transition"
    return f"{alert.id[:12]} {alert.rule}: {alert.summary} ({alert.status})"


def _proof(transitions: list[Transition]) -> Iterator[dict[str, Any]]:
    for transition in {transition.id: transition for transition in transitions}.values():
        for article in transition.articles:
            for signal in transition.signals:
                yield {
                    "publisher": article.publisher,
                    "published_at": f"{article.published_at:%Y-%m-%d %H:%M}",
                    "mode": signal.mode.value,
                    "evidence": signal.evidence.text,
                    "url": article.url,
                }
