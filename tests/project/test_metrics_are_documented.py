import re
from pathlib import Path

import pytest
from metric_names import METRICS, exposed_names

PAGE = (Path(__file__).parents[2] / "docs/metrics.md").read_text()
DOCUMENTED = {
    name: {label.strip() for label in labels.split(",") if label.strip()}
    for name, labels in re.findall(r"^\| `(detente_\w+)` \|([^|]*)\|", PAGE, re.MULTILINE)
}


def name_of(constant: str) -> str:
    """A histogram is documented once, by its name without the suffixes."""
    metric = METRICS[constant]
    return metric._name if metric._type == "histogram" else exposed_names(metric)[0]


@pytest.mark.parametrize("constant", METRICS)
def test_every_metric_is_documented_with_its_labels(constant: str) -> None:
    labels = {"version"} if constant == "BUILD" else set(METRICS[constant]._labelnames)
    assert DOCUMENTED.get(name_of(constant)) == labels


def test_no_metric_is_documented_that_does_not_exist() -> None:
    assert DOCUMENTED.keys() == {name_of(constant) for constant in METRICS}
