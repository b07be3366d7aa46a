"""The corpus is well-formed, large enough, and nobody else's text."""

import json
from collections import Counter
from pathlib import Path

from detente.parties.gazetteer import load_gazetteer
from evaluation.corpus import Gold, Group, load_corpus

ENTRIES = load_corpus()
MIN_COPIED_CHARS = 40
"""A shorter sentence may be the same by chance."""


def test_it_holds_three_hundred_articles_with_signals_and_as_many_that_must_give_none():
    assert sum(bool(entry.signals) for entry in ENTRIES) >= 300
    assert sum(not entry.signals for entry in ENTRIES) >= 300


def test_each_article_has_an_id_of_its_own():
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


def test_each_group_is_in_the_test_part_and_in_the_tune_part():
    counts = Counter((entry.group, entry.is_test) for entry in ENTRIES)
    assert min(counts[group, part] for group in Group for part in (True, False)) >= 5


def test_every_party_of_an_annotation_is_known():
    names = load_gazetteer()
    known = {party.code for party in (*names.states, *names.organisations)}
    assert {code for entry in ENTRIES for gold in entry.gold for code in gold.dyad.split("-")} <= known


def test_no_sentence_of_the_shared_data_is_in_it(shared_data: Path):
    text = " ".join(" ".join(entry.text.split()) for entry in ENTRIES)
    for name in ("sentences_dev.jsonl", "noise_dev.jsonl"):
        foreign = [" ".join(json.loads(row)["text"].split()) for row in (shared_data / name).read_text().splitlines()]
        assert [sentence for sentence in foreign if len(sentence) >= MIN_COPIED_CHARS and sentence in text] == []


def test_an_open_rupture_is_a_rupture():
    assert Gold.read("CHN-USA military unknown *rupture occurred 2024").polarity == "rupture"
