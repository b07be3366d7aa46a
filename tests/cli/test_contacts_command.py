"""``detente contacts`` shows the present, and one dyad's timeline, from the ``contacts`` topic."""

import json

import pytest
from builders import NOW, report, signal
from kafka import KafkaProducer
from processes import run

from detente import wire
from detente.contacts.advance import advance
from detente.topics import Topic

pytestmark = pytest.mark.kafka


@pytest.fixture
def stored(kafka):
    contact, _ = advance(None, report("2022-08-05", signal("suspension", "2022-08-05")), NOW)
    newer, _ = advance(contact, report("2024-04-16", signal("video", "2024-04-16")), NOW)
    other, _ = advance(None, report("2024-04-16", signal("talks", "2024-04-15", dyad="FRA-JPN")), NOW)
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers)
    for value in (contact, newer, other):
        producer.send(Topic.CONTACTS.named(kafka.topic_prefix), key=value.key.encode(), value=wire.encode(value))
    producer.flush()
    return kafka


def contacts(kafka, folder, *arguments):
    return run("contacts", *arguments, kafka=kafka, state_dir=folder)


def test_the_newest_snapshot_of_each_contact_is_shown(stored, tmp_path):
    done = contacts(stored, tmp_path, "--format", "jsonl")
    states = {c["key"]: c["high"]["state"] for c in map(json.loads, done.stdout.splitlines())}
    assert states == {"CHN-USA:military": "open", "FRA-JPN:military": "open"}


def test_a_dyad_may_be_written_either_way_round_and_shows_its_timeline(stored, tmp_path):
    done = contacts(stored, tmp_path, "usa-chn")
    assert done.returncode == 0
    timeline = done.stdout.split("Timeline")[1]
    assert timeline.index("2022-08-05") < timeline.index("2024-04-16")
    assert "FRA-JPN" not in done.stdout


def test_an_unknown_dyad_is_one_clear_line(stored, tmp_path):
    done = contacts(stored, tmp_path, "IND-PAK")
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["detente: nothing is known of IND-PAK yet"]
    assert contacts(stored, tmp_path, "IND").returncode == 2
