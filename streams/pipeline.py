"""The stream stages put together: reading this is reading the flow from articles to transitions."""

import datetime as dt
from typing import NamedTuple

import faust

from runtime.settings import KafkaSettings
from runtime.stage import Stage
from streams import articles_to_signals, signals_to_transitions, silence_to_transitions
from streams.articles_to_signals import Clock, Code
from streams.contact_store import ContactStore
from streams.silence_to_transitions import Limits


class Streams(NamedTuple):
    """What the worker needs of the stages that were added."""

    stages: tuple[Stage, ...]
    contacts: ContactStore


def register(
    app: faust.App, kafka: KafkaSettings, *, code: Code, clock: Clock, limits: Limits, silence_check: dt.timedelta
) -> Streams:
    """Add ``code``, ``track`` and the silence timer to the app."""
    contacts = ContactStore(app, kafka)
    coding = articles_to_signals.register(app, kafka, code, clock)
    tracking = signals_to_transitions.register(app, kafka, contacts, clock)
    silence_to_transitions.register(app, kafka, contacts, clock, limits, silence_check)
    return Streams((coding, tracking), contacts)
