"""A drill: a topic's articles played again at a pace, for worker, deliverer and Alertmanager to see as if live."""

import datetime as dt
import re
import time
from collections.abc import Iterator

from cli.output import USAGE, fail, say
from cli.replay_progress import shown
from detente.topics import Topic
from replay.manifest import Manifest
from replay.run import Watch
from replay.to_topics import namespace, play
from runtime.settings import KafkaSettings
from runtime.topic_range import Known, TopicRange, read_range


def pace_of(told: str) -> float:
    """How many times faster than it was: ``600x``, or the number alone."""
    factor = re.fullmatch(r"(\d+(?:\.\d+)?)x?", told)
    if factor is None or not float(factor[1]):
        fail(f"--pace: a factor such as 600x, not {told!r}", USAGE)
    return float(factor[1])


def drill(kafka: KafkaSettings, wanted: TopicRange, manifest: Manifest, pace: float, *, shift: bool) -> None:
    """Play the articles again; worker, deliverer and Alertmanager see them as if live."""
    if not wanted.topic.endswith(Topic.ARTICLES):
        fail("--pace plays articles; leave --topic out", USAGE)
    prefix = namespace(kafka, manifest.id).topic_prefix
    say("In other terminals, each with a state folder of its own, since outbox and resume points live there:")
    say(f"  DETENTE_KAFKA_TOPIC_PREFIX={prefix} DETENTE_STATE_DIR=drill DETENTE_SILENCE_CHECK_SECONDS=0 detente worker")
    say(f"  DETENTE_KAFKA_TOPIC_PREFIX={prefix} DETENTE_STATE_DIR=drill detente deliver")
    last = max((known.at for known in read_range(kafka, wanted)), default=None) if shift else None
    with shown(wanted.size) as watch:
        count = play(
            kafka,
            manifest.id,
            _watched(read_range(kafka, wanted), watch),
            pace,
            last=last,
            clock=lambda: dt.datetime.now(dt.UTC),
            sleep=time.sleep,
        )
    say(f"{count:,} articles played into {prefix}{Topic.ARTICLES}")


def _watched(records: Iterator[Known], watch: Watch) -> Iterator[Known]:
    for record in records:
        yield record
        watch(record.at)
