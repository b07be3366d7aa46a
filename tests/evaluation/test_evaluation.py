"""The corpus is well-formed, the arithmetic is right, and the coder does not fall behind what it reached."""

import json
from collections import Counter
from pathlib import Path

import pytest

from detente.coder.article_to_signals import load_coder
from detente.parties.gazetteer import load_gazetteer
from evaluation.corpus import Gold, Group, load_corpus
from evaluation.measures import Counts, bootstrap_f1, count_equal, matched, total, wilson
from evaluation.report import read, verdict

ENTRIES = load_corpus()
MIN_COPIED_CHARS = 25


def test_the_corpus_has_300_articles_with_ids_of_their_own_and_many_without_a_signal():
    assert len(ENTRIES) >= 300
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    assert sum(not entry.signals for entry in ENTRIES) >= 100


def test_each_group_is_in_the_test_part_and_in_the_tune_part():
    counts = Counter((entry.group, entry.is_test) for entry in ENTRIES)
    assert min(counts[group, part] for group in Group for part in (True, False)) >= 5


def test_every_party_of_an_annotation_is_known():
    names = load_gazetteer()
    known = {party.code for party in (*names.states, *names.organisations)}
    assert {code for entry in ENTRIES for gold in entry.gold for code in gold.dyad.split("-")} <= known


def test_no_labelled_sentence_is_copied_into_the_corpus(shared_data: Path):
    text = " ".join(" ".join(entry.text.split()) for entry in ENTRIES)
    rows = (shared_data / "sentences_dev.jsonl").read_text().splitlines()
    sentences = [" ".join(json.loads(row)["text"].split()) for row in rows]
    assert [s for s in sentences if len(s) >= MIN_COPIED_CHARS and s in text] == []


def test_wilson_s_interval_is_that_of_the_textbook():
    assert wilson(8, 10) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10)[:2] == (0.0, 0.0)
    assert wilson(0, 0)[1:] == (0.0, 1.0)


def test_each_thing_is_matched_once():
    assert count_equal(["a", "a", "b"], ["a", "c"]) == Counts(1, 2, 3)
    assert matched(["*", "a"], ["a", "b"], lambda w, g: w in ("*", g)) == {0, 1}
    assert total([Counts(1, 2, 3), Counts(1, 1, 1)]).f1 == pytest.approx(4 / 7)


def test_the_bootstrap_gives_the_same_interval_each_time():
    counts = [Counts(1, 1, 1), Counts(0, 1, 1), Counts(0, 0, 1)] * 5
    assert bootstrap_f1(counts) == bootstrap_f1(counts)
    assert bootstrap_f1(counts).low < bootstrap_f1(counts).value < bootstrap_f1(counts).high


def test_an_open_rupture_is_a_rupture():
    assert Gold.read("CHN-USA military unknown *rupture occurred 2024").polarity == "rupture"


def test_a_figure_without_a_value_passes_no_bar():
    assert verdict(float("nan"), 0.5) == "not met"


def test_the_test_part_is_coded_no_worse_than_before():
    coder = load_coder()
    readings = [read(entry, coder) for entry in ENTRIES if entry.is_test]
    assert total([r.core for r in readings]).f1 >= 0.70
    assert total([r.full for r in readings]).f1 >= 0.62
