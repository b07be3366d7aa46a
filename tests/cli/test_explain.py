"""``detente rules explain`` says why something paged, and why it did not."""

import json

import pytest
from builders import NOW, report, signal
from kafka import KafkaProducer
from processes import run

from alerts.rule_files import load_rules
from detente import wire
from detente.alerts.evaluate import evaluate
from detente.contacts.advance import advance
from detente.topics import Topic

pytestmark = pytest.mark.kafka


@pytest.fixture
def stored(kafka):
    cut = report("2022-08-05", signal("suspension", "2022-08-05"))
    call = report("2024-04-16", signal("call", "2024-04-16", text="The ministers spoke by phone."))
    contact, memory = None, None
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers)
    for article in (cut, call):
        contact, transitions = advance(contact, article, NOW)
        for made in transitions:
            producer.send(
                Topic.TRANSITIONS.named(kafka.topic_prefix), key=made.contact.encode(), value=wire.encode(made)
            )
            memory, alerts, _ = evaluate(load_rules(None), memory, made, NOW)
            for alert in alerts:
                producer.send(Topic.ALERTS.named(kafka.topic_prefix), key=alert.id.encode(), value=wire.encode(alert))
    producer.flush()
    assert memory is not None
    return kafka, memory.alerts[-1]


def test_a_contact_shows_what_each_rule_made_of_each_transition(stored, tmp_path):
    kafka, _ = stored
    done = run("rules", "explain", "CHN-USA:military", "--format", "jsonl", kafka=kafka, state_dir=tmp_path)
    verdicts = {
        (row["transition"].split(",")[0], row["rule"]): row["verdict"]
        for row in map(json.loads, done.stdout.splitlines())
    }
    assert verdicts["broken_off", "high_level_contact_broken_off"] == "fired"
    assert verdicts["resumed", "high_level_contact_resumed"] == "fired"
    assert verdicts["resumed", "high_level_contact_strained"] == "other_transition"


def test_an_alert_is_found_by_the_beginning_of_its_id_and_shows_the_sentence(stored, tmp_path):
    kafka, alert = stored
    done = run("rules", "explain", alert.id[:10], kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "everything that the rule asks for was there" in done.stdout
    assert "The ministers spoke by phone." in done.stdout


def test_what_is_not_there_is_one_clear_line(stored, tmp_path):
    kafka, _ = stored
    for about, complaint in (
        ("zzz", "no alerts have an id"),
        ("FRA-JPN:military", "no transition of FRA-JPN:military"),
    ):
        done = run("rules", "explain", about, kafka=kafka, state_dir=tmp_path)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert complaint in done.stderr
