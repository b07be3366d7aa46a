"""The corpus is well-formed, large enough, and nobody else's text."""

import json

from evaluation.corpus import Group, load_corpus

ENTRIES = load_corpus()


def test_it_holds_three_hundred_articles_and_each_id_once():
    assert len(ENTRIES) >= 300
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


def test_over_a_third_must_give_no_signal():
    assert sum(not entry.gold for entry in ENTRIES) > len(ENTRIES) / 3


def test_every_group_has_articles_in_both_parts():
    parts = {(entry.group, entry.is_test) for entry in ENTRIES}
    assert parts == {(group, part) for group in Group for part in (True, False)}


def test_no_sentence_of_the_shared_data_is_in_it(shared_data):
    texts = " ".join(" ".join(entry.article.body.split()) for entry in ENTRIES)
    for name in ("sentences_dev.jsonl", "noise_dev.jsonl"):
        for line in (shared_data / name).read_text().splitlines():
            foreign = " ".join(json.loads(line)["text"].split())
            assert len(foreign) < 40 or foreign not in texts
