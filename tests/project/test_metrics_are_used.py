"""A metric called with the wrong labels fails only when it is counted; this finds it before."""

import ast
from pathlib import Path

import pytest
from metric_names import METRICS

ROOT = Path(__file__).parents[2]
PACKAGES = ["producers", "streams", "alerts", "runtime", "cli"]
COUNTING = {"inc", "dec", "set", "observe", "set_to_current_time", "info"}


def uses():
    """Each use of a metric: where, which one, and the number of labels that it is given."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = named(node.func.value)
                if name in METRICS and node.func.attr == "labels":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", name, len(node.args) + len(node.keywords)
                elif name in METRICS and node.func.attr in COUNTING:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", name, 0


def named(node):
    """``metrics.NAME`` or ``NAME``."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "metrics":
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


USES = list(uses())


def test_every_use_gives_as_many_labels_as_the_metric_has():
    wrong = [(where, name, given) for where, name, given in USES if given != len(METRICS[name]._labelnames)]
    assert wrong == []


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_is_measured_somewhere(name):
    assert name in {used for _, used, _ in USES}
