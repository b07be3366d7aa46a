import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from metric_names import problems_of
from programs import find_program

GRAFANA = Path(__file__).parents[2] / "monitoring/grafana"
DATASOURCE = yaml.safe_load((GRAFANA / "provisioning/datasources/prometheus.yml").read_text())["datasources"][0]
DASHBOARDS = sorted((GRAFANA / "dashboards").glob("*.json"))


def panels_of(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


@pytest.fixture(params=DASHBOARDS, ids=lambda path: path.name)
def dashboard(request: pytest.FixtureRequest) -> dict[str, Any]:
    return json.loads(request.param.read_text())


def test_there_is_a_dashboard_where_the_provisioning_looks_for_it() -> None:
    provider = yaml.safe_load((GRAFANA / "provisioning/dashboards/detente.yml").read_text())["providers"][0]
    compose = yaml.safe_load((GRAFANA.parents[1] / "docker-compose.yml").read_text())
    mounts = compose["services"]["grafana"]["volumes"]
    assert f"./monitoring/grafana/dashboards:{provider['options']['path']}:ro" in mounts
    assert DASHBOARDS


def test_every_query_asks_for_metrics_and_labels_that_exist(dashboard: dict[str, Any]) -> None:
    problems = {
        panel["title"]: found
        for panel in panels_of(dashboard)
        for target in panel["targets"]
        if (found := problems_of(target["expr"]))
    }
    assert problems == {}


@pytest.mark.system
def test_every_query_is_one_that_prometheus_can_read(dashboard: dict[str, Any], tmp_path: Path) -> None:
    queries = [target["expr"] for panel in panels_of(dashboard) for target in panel["targets"]]
    queries += [annotation["expr"] for annotation in dashboard["annotations"]["list"]]
    rules = [
        {"record": "a:query", "labels": {"number": str(number)}, "expr": query.replace("$__rate_interval", "1m")}
        for number, query in enumerate(queries)
    ]
    (tmp_path / "rules.yml").write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    done = subprocess.run(
        [find_program("promtool"), "check", "rules", str(tmp_path / "rules.yml")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_legend_names_a_label_that_its_query_keeps(dashboard: dict[str, Any]) -> None:
    for panel in panels_of(dashboard):
        for target in panel["targets"]:
            grouped = re.search(r"\bby \(([^)]*)\)", target["expr"])
            kept = {label.strip() for label in grouped.group(1).split(",")} if grouped else {"job", "instance"}
            assert set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) <= kept, panel["title"]


def test_panels_have_ids_of_their_own_and_say_what_they_show(dashboard: dict[str, Any]) -> None:
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))
    assert all(panel["description"] and panel["title"] for panel in panels_of(dashboard))


def test_panels_do_not_overlap_and_stay_on_the_page(dashboard: dict[str, Any]) -> None:
    taken: dict[tuple[int, int], int] = {}
    for panel in dashboard["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert taken.setdefault((x, y), panel["id"]) == panel["id"]


def test_every_panel_uses_the_provisioned_datasource(dashboard: dict[str, Any]) -> None:
    reference = {"type": DATASOURCE["type"], "uid": DATASOURCE["uid"]}
    for panel in panels_of(dashboard):
        assert panel["datasource"] == reference
        assert all(target["datasource"] == reference for target in panel["targets"])
