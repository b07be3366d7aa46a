"""How fast a topic is replayed from a real local Kafka, beside a bare consumer, and how much memory that takes.

``python -m benchmarks.replay_speed`` starts a broker of its own. Dated contacts of ``../shared/data`` are folded if there.
"""

import csv
import datetime as dt
import gzip
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from kafka import KafkaProducer

from alerts.rule_files import load_rules
from benchmarks.worker_on_kafka import ONE_IN, ordinary, resumption
from broker.local_broker import running
from detente import wire
from detente.articles import Article
from detente.backtest import Backtest
from detente.contacts.changes import BROKEN
from detente.contacts.transitions import Transition
from detente.event_dates import EventDate
from detente.signals import ArticleSignals, Evidence, Signal, contact_key, dyad_of
from detente.topics import Topic
from detente.vocabulary import Channel, Level, Mode, State, Status, Tier, TransitionKind
from replay.manifest import manifest_of
from replay.run import coding_of, collect_seldom, replay
from runtime.settings import KafkaSettings
from runtime.topic_admin import ensure_topics
from runtime.topic_range import milliseconds, plan_range, read_range

ARTICLES = 200_000
CONTACTS = Path(__file__).parents[2] / "shared/data/icews_contacts.csv.gz"
MODES = {
    "Discuss by telephone": Mode.CALL,
    "Meet at a 'third' location": Mode.MEETING,
    "Host a visit": Mode.VISIT,
    "Make a visit": Mode.VISIT,
    "Sign formal agreement": Mode.AGREEMENT,
    "Expel or deport individuals": Mode.EXPULSION,
    "Expel or withdraw": Mode.EXPULSION,
    "Reduce relations": Mode.RECALL,
    "Reject proposal to meet, discuss, or negotiate": Mode.REFUSAL,
    "Reject mediation": Mode.REFUSAL,
}
"""The data's own words for a relation; the rest is talks or, of a rupture, a suspension."""
OTHERS = {"engagement": Mode.TALKS, "rupture": Mode.SUSPENSION}
WHOLE = (dt.date(2011, 10, 1), dt.date(2015, 12, 31))
"""The data has holes before and after, which would pass for silences."""
INTENTIONS = ("Express intent", "Threaten")
SECOND = dt.timedelta(seconds=30)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fill(kafka: KafkaSettings) -> None:
    """Articles of some 2,000 characters, one in fifty about states."""
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers, linger_ms=50, batch_size=262_144)
    topic = Topic.ARTICLES.named(kafka.topic_prefix)
    for number in range(ARTICLES):
        made = resumption(number, "r") if number % ONE_IN == 0 else ordinary(number)
        article: Article = made.model_copy(update={"published_at": made.published_at + number * SECOND})
        at = milliseconds(article.published_at)
        producer.send(topic, key=article.id.encode(), value=wire.encode(article), timestamp_ms=at)
    producer.flush()


def replay_articles() -> None:
    """From Kafka to results on disk."""
    collect_seldom()
    with tempfile.TemporaryDirectory() as name, running(Path(name) / "kafka") as info:
        kafka = KafkaSettings(bootstrap_servers=info.bootstrap_servers, topic_prefix="bench.")
        ensure_topics(kafka)
        filler = multiprocessing.get_context("spawn").Process(target=fill, args=(kafka,))  # its memory is not ours
        filler.start()
        filler.join()
        wanted = plan_range(kafka, Topic.ARTICLES.named(kafka.topic_prefix))
        begun = time.monotonic()
        count = sum(1 for _ in read_range(kafka, wanted))
        say(f"bare reading and merging: {count / (time.monotonic() - begun):,.0f} records/s")
        for processes in (1, os.cpu_count() or 1):
            begun = time.monotonic()
            manifest = manifest_of(wanted, None, None, load_rules(None))
            folder = Path(name) / f"out{processes}"
            coding = coding_of(Topic.ARTICLES, processes)
            done = replay(read_range(kafka, wanted), manifest, folder, coding=coding, rules=load_rules(None))
            rate = ARTICLES / (time.monotonic() - begun)
            say(f"replay with {processes} processes: {rate:,.0f} articles/s, {done.counts}")
    say(f"memory at the most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def message_of(number: int, row: dict[str, str]) -> ArticleSignals | None:
    """A machine-coded contact as a message; None if it is of one state with itself."""
    if row["source"] == row["target"]:
        return None
    mode = MODES.get(row["relation"], OTHERS[row["label"]])
    day = dt.date.fromisoformat(row["date"])
    dyad = dyad_of(row["source"], row["target"])
    signal = Signal(
        article_id=f"i{number}",
        dyad=dyad,
        channel=Channel.DIPLOMATIC,
        polarity=mode.polarity,
        level=Level.UNKNOWN,
        mode=mode,
        status=Status.PLANNED if row["relation"].startswith(INTENTIONS) else Status.OCCURRED,
        event_date=EventDate.day(day),
        evidence=Evidence(text=row["relation"], start=0, end=0),
        confidence=0.9,
    )
    return ArticleSignals(
        article_id=f"i{number}",
        contact=contact_key(dyad, Channel.DIPLOMATIC),
        dyad=dyad,
        channel=Channel.DIPLOMATIC,
        published_at=dt.datetime.combine(day, dt.time(12), dt.UTC),
        publisher="contacts.example",
        signals=(signal,),
    )


def fold_contacts() -> None:
    """Years of contacts through the fold and the rules, and the longest breaks that ended."""
    if not CONTACTS.exists():
        say("dated contacts: not there")
        return
    with gzip.open(CONTACTS, "rt") as file:
        messages = [made for number, row in enumerate(csv.DictReader(file)) if (made := message_of(number, row))]
    collect_seldom()
    run, begun = Backtest(lambda _: (), load_rules(None)), time.monotonic()
    transitions = [made for message in messages for outcome in run.feed(message) for made in outcome.transitions]
    took = time.monotonic() - begun
    say(f"{len(messages):,} dated contacts folded in {took:.1f} s, {len(messages) / took:,.0f}/s")
    resumed = [
        made
        for made in transitions
        if made.kind is TransitionKind.RESUMED and (made.also_working or made.tier is Tier.WORKING)
    ]
    say("the longest breaks that a rupture began, as told:")
    say_longest(made for made in resumed if made.from_state in BROKEN)
    say("the longest silences:")
    say_longest(made for made in resumed if made.from_state is State.DORMANT)


def say_longest(resumed: Iterable[Transition]) -> None:
    """The ten that ended the longest gaps, where the data is whole."""
    gaps = [
        (made.event_date.date - made.previous.date, made.contact, made.event_date.date)
        for made in resumed
        if made.previous and made.previous.date and made.event_date.date
        if WHOLE[0] <= made.previous.date and made.event_date.date <= WHOLE[1]
    ]
    for length, contact, ended in sorted(gaps, reverse=True)[:10]:
        say(f"  {contact}: {length.days:,} days until {ended}")


if __name__ == "__main__":
    replay_articles()
    fold_contacts()
