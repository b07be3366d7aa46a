"""The report judges figures by their bars, and the coder does not fall behind what it reached."""

import pytest

from detente.coder.article_to_signals import load_coder
from evaluation.corpus import Manner, load_corpus
from evaluation.measures import total
from evaluation.report import read, verdict


def test_a_figure_without_a_value_passes_no_bar():
    assert verdict(float("nan"), 0.5) == "not met"


@pytest.mark.parametrize(
    ("manner", "core", "full"),
    [
        (Manner.PLAIN, 0.82, 0.75),
        (Manner.LITERARY, 0.43, 0.36),
        (Manner.REPORT, 0.7, 0.53),
        (Manner.READOUT, 0.46, 0.31),
    ],
)
def test_the_test_part_is_coded_no_worse_than_before(manner, core, full):
    coder = load_coder()
    readings = [read(entry, coder) for entry in load_corpus() if entry.is_test and entry.manner is manner]
    assert total([r.core for r in readings]).f1 >= core
    assert total([r.full for r in readings]).f1 >= full


def test_what_the_coder_is_sure_of_is_right():
    coder = load_coder()
    sure = [right for e in load_corpus() if e.is_test for confidence, right in read(e, coder).sure if confidence >= 0.8]
    assert sum(sure) >= 0.95 * len(sure) > 0
