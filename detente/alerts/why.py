"""Why a contact's transitions fired what they fired, and not the rest: the evaluation again, with its reasons kept."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from detente.alerts.alert import Alert, alert_id
from detente.alerts.evaluate import evaluate
from detente.alerts.memory import AlertMemory
from detente.alerts.rule import Rule
from detente.alerts.verdicts import Verdict
from detente.contacts.transitions import Transition


class Why(NamedTuple):
    """What one rule made of one transition; ``alert`` is the id of the alert that it is about, or would have been."""

    transition: Transition
    rule: str
    verdict: Verdict
    alert: str


def why(rules: Sequence[Rule], transitions: Iterable[Transition]) -> Iterator[Why]:
    """Evaluate the transitions of contacts again, in the order given; each at the time at which it was made."""
    memories: dict[str, AlertMemory] = {}
    for transition in transitions:
        evaluation = evaluate(rules, memories.get(transition.contact), transition, transition.at)
        memories[transition.contact] = evaluation.memory
        for rule, verdict in evaluation.verdicts:
            yield Why(transition, rule, verdict, _about(evaluation.alerts, rule, transition))


def _about(made: Sequence[Alert], rule: str, transition: Transition) -> str:
    """The alert that was made or changed, or the one that would have been: its id tells of what it is about."""
    changed = next((alert.id for alert in made if alert.rule == rule), None)
    kind = transition.of or transition.kind
    return changed or alert_id(rule, transition.contact, transition.tier, kind, transition.encounter_id)
