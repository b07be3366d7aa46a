"""The ``evaluate`` stage: a contact's transitions into new alerts and new versions of alerts."""

import datetime as dt
from collections.abc import Callable, Sequence

import faust

from detente import wire
from detente.alerts.evaluate import Evaluation, evaluate
from detente.alerts.memory import AlertMemory
from detente.alerts.rule import Rule
from detente.alerts.verdicts import Verdict
from detente.contacts.transitions import Transition
from detente.topics import Topic
from detente.wire import PoisonCause, PoisonError
from runtime import metrics
from runtime.faust_app import raw_table, raw_topic
from runtime.logs import logger
from runtime.settings import KafkaSettings
from runtime.stage import Stage

Clock = Callable[[], dt.datetime]
Rules = Callable[[], Sequence[Rule]]

_log = logger(__name__)


def register(app: faust.App, kafka: KafkaSettings, rules: Rules, clock: Clock) -> Stage:
    """Add the agent to the app; what the rules remember lies in a table keyed like the transitions.

    ``rules`` is asked with each transition: they may have been read anew.
    """
    stage = Stage(app, kafka, "evaluate", Topic.TRANSITIONS)
    alerts = raw_topic(app, kafka, Topic.ALERTS)
    memories = raw_table(app, kafka, Topic.ALERT_MEMORY)

    def work(key: str | None, value: bytes | None) -> Evaluation:
        transition = wire.decode(value, Transition)
        if key != transition.contact:
            raise PoisonError(PoisonCause.INVALID, f"the key {key!r} is not the contact {transition.contact!r}")
        raw = memories.get(transition.contact)
        memory = None if raw is None else wire.decode(raw, AlertMemory)
        evaluation = evaluate(rules(), memory, transition, clock())
        _log.info(
            "evaluated",
            contact=transition.contact,
            kind=transition.kind.value,
            paging=transition.paging.value,
            verdicts={name: verdict.value for name, verdict in evaluation.verdicts},
        )
        return evaluation

    async def hand(evaluation: Evaluation) -> None:
        for alert in evaluation.alerts:
            await (await alerts.send(key=alert.id, value=wire.encode(alert)))
            metrics.ALERTS.labels(alert.rule, alert.severity, alert.status).inc()
        for rule, verdict in evaluation.verdicts:
            if verdict in (Verdict.TEMPLATE_FAILED, Verdict.EXPRESSION_FAILED):
                metrics.RULE_ERRORS.labels(rule).inc()
        if evaluation.alerts:
            memories[evaluation.memory.contact] = wire.encode(evaluation.memory)
            await memories.written()

    async def transitions_to_alerts(stream: faust.StreamT[bytes]) -> None:
        await stage.run(stream, work, hand)

    app.agent(stage.source, name="evaluate", concurrency=1)(transitions_to_alerts)
    return stage
