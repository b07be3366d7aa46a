"""What a replay writes to Kafka, if asked: into a namespace of its own, at its pace, as if live."""

import datetime as dt
import json

import pytest
from alertmanagers import Alertmanager
from http_receivers import http_receiver
from processes import Process, run, wait_until
from timeline_articles import timelines
from topics import produce, uncommitted, values

from detente.alerts.alert import Alert
from detente.articles import Article
from detente.contacts.transitions import Transition
from detente.topics import Topic
from replay.to_topics import namespace, play
from runtime.settings import KafkaSettings
from runtime.topic_range import plan_range, read_range

READ_BY_WORKER = (Topic.ARTICLES, Topic.SIGNALS, Topic.TRANSITIONS)


def test_results_go_into_topics_of_the_replay_alone_and_only_once(kafka, tmp_path):
    produce(kafka, timelines())
    done = run("replay", "--topics", "--out", str(tmp_path / "out"), kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    own = namespace(kafka, manifest["id"])
    assert own.topic_prefix == f"replay.{manifest['id']}."
    assert len({alert.id for alert in values(own, Topic.ALERTS, Alert)}) == manifest["counts"]["alerts"]
    assert len(values(own, Topic.TRANSITIONS, Transition)) == manifest["counts"]["transitions"]
    assert values(kafka, Topic.ALERTS, Alert) == []
    again = run("replay", "--topics", "--out", str(tmp_path / "out"), kafka=kafka, state_dir=tmp_path)
    assert (again.returncode, "delete the topics" in again.stderr) == (1, True)


@pytest.mark.system
def test_a_drill_pages_as_if_live(kafka: KafkaSettings, tmp_path):
    """Eight years in some ten seconds, through a worker, a deliverer and an Alertmanager on the drill's own namespace."""
    one = kafka.model_copy(update={"partitions": 1})
    produce(one, timelines())
    done = run("replay", "--pace", "30000000x", kafka=one, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    prefix = next(word for word in done.stderr.split() if word.startswith("DETENTE_KAFKA_TOPIC_PREFIX=")).split("=")[1]
    own = one.model_copy(update={"topic_prefix": prefix})
    assert [a.id for a in values(own, Topic.ARTICLES, Article)] == [a.id for a in timelines()]
    with (
        http_receiver() as receiver,
        Alertmanager(tmp_path / "alertmanager", f"{receiver.url}/page") as manager,
        Process("worker", kafka=own, state_dir=tmp_path) as worker,
        Process("deliver", "--alertmanager", manager.url, kafka=own, state_dir=tmp_path) as deliver,
    ):
        wait_until(lambda: not uncommitted(own, "worker", *READ_BY_WORKER), 120, worker.tail)
        wait_until(lambda: not uncommitted(own, "deliver", Topic.ALERTS), 60, deliver.tail)
        wait_until(lambda: "PRK-USA" in {a["labels"]["dyad"] for a in manager.alerts()}, 60, deliver.tail)
    assert len({alert.id for alert in values(own, Topic.ALERTS, Alert)}) == 31
    assert values(one, Topic.ALERTS, Alert) == []


def test_the_pace_is_kept_and_shifted_times_end_now_and_keep_their_weekdays(kafka):
    produce(kafka, timelines())
    wanted = plan_range(kafka, Topic.ARTICLES.named(kafka.topic_prefix))
    known = list(read_range(kafka, wanted))
    now = begun = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += dt.timedelta(seconds=seconds)

    name = f"t{kafka.topic_prefix.strip('.')[-8:]}"
    last = known[-1].at
    play(kafka, name, iter(known), 86_400, last=last, clock=lambda: now, sleep=sleep)
    assert sum(slept) == pytest.approx((last - known[0].at).total_seconds() / 86_400, rel=0.01)
    played = values(namespace(kafka, name), Topic.ARTICLES, Article)
    by_id = {article.id: article for article in timelines()}
    shifts = {article.published_at - by_id[article.id].published_at for article in played}
    (shift,) = shifts
    assert shift % dt.timedelta(days=7) == dt.timedelta(0)
    newest = max(article.published_at for article in played)
    assert begun - dt.timedelta(days=7) < newest <= now
