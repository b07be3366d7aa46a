"""What a query may ask for: the samples that our metrics expose, and their labels."""

import re

from prometheus_client import Histogram
from prometheus_client.metrics import MetricWrapperBase

from runtime import metrics

METRICS: dict[str, MetricWrapperBase] = {
    name: value for name, value in vars(metrics).items() if isinstance(value, MetricWrapperBase)
}
GIVEN_BY_PROMETHEUS = {"job", "instance", "alertname", "alertstate"}


def sample_labels() -> dict[str, set[str]]:
    """Each sample's name as Prometheus stores it, with its labels."""
    labels = {}
    for metric in METRICS.values():
        for name in exposed_names(metric):
            labels[name] = set(metric._labelnames) | GIVEN_BY_PROMETHEUS
            if isinstance(metric, Histogram):
                labels[name].add("le")
    labels["detente_build_info"].add("version")
    labels["up"] = set(GIVEN_BY_PROMETHEUS)
    labels["ALERTS"] = GIVEN_BY_PROMETHEUS | {"kind", "severity"}
    return labels


def exposed_names(metric: MetricWrapperBase) -> list[str]:
    """A counter ends in ``_total``, a histogram is three series; a gauge stays as it is."""
    suffixes = {"counter": ["_total"], "info": ["_info"], "histogram": ["_bucket", "_sum", "_count"], "gauge": [""]}
    return [f"{metric._name}{suffix}" for suffix in suffixes[metric._type]]


def problems_of(query: str) -> list[str]:
    """Names of metrics and labels in a PromQL expression that we do not expose."""
    known = sample_labels()
    asked = set(re.findall(r"\b(detente_\w+|up|ALERTS)\b", query))
    problems = [f"no such metric: {name}" for name in asked - known.keys()]
    if not asked:
        return [f"asks for no metric: {query}"]
    labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=(?!=))\s*\"", query))
    for listed in re.findall(r"\b(?:by|on|ignoring|without)\s*\(([^)]*)\)", query):
        labels |= {label.strip() for label in listed.split(",") if label.strip()}
    available = set().union(*(known[name] for name in asked & known.keys()))
    return problems + [f"no such label: {label}" for label in labels - available]
