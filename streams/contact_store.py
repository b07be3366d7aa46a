"""The contacts that this worker owns: a Faust table whose changelog is the compacted ``contacts`` topic."""

import asyncio
from collections.abc import Iterator

import faust

from detente import wire
from detente.contacts.advance import Advance
from detente.contacts.contact import Contact
from detente.contacts.transitions import Transition
from detente.topics import Topic
from detente.vocabulary import State, Tier
from runtime import metrics
from runtime.faust_app import raw_table, raw_topic
from runtime.settings import KafkaSettings


class ContactStore:
    """Reads contacts, and writes what a step made of one. Hold ``lock`` from the reading to the writing."""

    def __init__(self, app: faust.App, kafka: KafkaSettings) -> None:
        self.lock = asyncio.Lock()
        self._table = raw_table(app, kafka, Topic.CONTACTS)
        self._transitions = raw_topic(app, kafka, Topic.TRANSITIONS)
        self._states: dict[str, tuple[State, State]] = {}

    def get(self, key: str) -> Contact | None:
        """The contact of that key, if there is one. Raises PoisonError if what is stored cannot be read."""
        raw = self._table.get(key)
        return None if raw is None else wire.decode(raw, Contact)

    def all(self) -> Iterator[Contact]:
        """Every contact of this worker."""
        for raw in list(self._table.values()):
            yield wire.decode(raw, Contact)

    async def put(self, before: Contact | None, step: Advance) -> None:
        """Hand on the transitions, then store the contact; returns when Kafka has both.

        A crash between the two repeats transitions under the same ids; the other way round would lose them.
        """
        for transition in step.transitions:
            await self._send(transition)
        if step.contact != before:
            self._table[step.contact.key] = wire.encode(step.contact)
            await self._table.written()
        self._count(step.contact)

    async def _send(self, transition: Transition) -> None:
        await (await self._transitions.send(key=transition.contact, value=wire.encode(transition)))
        metrics.TRANSITIONS.labels(transition.kind, transition.channel, transition.tier, transition.paging).inc()

    def count_all(self) -> None:
        """Set the gauge of contacts by state anew: after recovery, or when partitions came or went."""
        metrics.CONTACTS.clear()
        self._states.clear()
        for contact in self.all():
            self._count(contact)

    def _count(self, contact: Contact) -> None:
        states = (contact.high.state, contact.working.state)
        before = self._states.get(contact.key)
        if states == before:
            return
        self._states[contact.key] = states
        for position, tier in enumerate((Tier.HIGH, Tier.WORKING)):
            metrics.CONTACTS.labels(tier, states[position]).inc()
            if before is not None:
                metrics.CONTACTS.labels(tier, before[position]).dec()
