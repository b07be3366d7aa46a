import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from metric_names import problems_of
from programs import find_program

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "monitoring/prometheus"
RULES: list[dict[str, Any]] = [
    rule
    for path in sorted(PROMETHEUS.glob("rules/*.yml"))
    for group in yaml.safe_load(path.read_text())["groups"]
    for rule in group["rules"]
]


def promtool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [find_program("promtool"), *arguments], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.system
def test_prometheus_accepts_its_configuration_and_rules() -> None:
    done = promtool("check", "config", str(PROMETHEUS / "prometheus.yml"))
    assert done.returncode == 0, done.stderr


@pytest.mark.system
def test_each_health_rule_fires_where_it_must_and_only_there() -> None:
    done = promtool("test", "rules", *map(str, sorted(PROMETHEUS.glob("tests/*.yml"))))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_health_rule_has_a_case_in_which_it_fires() -> None:
    fires = {
        case["alertname"]
        for path in PROMETHEUS.glob("tests/*.yml")
        for test in yaml.safe_load(path.read_text())["tests"]
        for case in test.get("alert_rule_test", [])
        if case["exp_alerts"]
    }
    assert fires == {rule["alert"] for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_health_rule_asks_for_what_exists(rule: dict[str, Any]) -> None:
    assert problems_of(rule["expr"]) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_a_health_rule_is_labelled_and_says_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["kind"] == "health"
    assert rule["labels"]["severity"] in {"critical", "warning"}
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    headings = {line.strip("# ").lower() for line in (ROOT / page).read_text().splitlines() if line.startswith("#")}
    assert anchor in headings


def test_prometheus_asks_each_process_at_the_port_of_its_health_check() -> None:
    jobs = {
        job["job_name"]: job for job in yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())["scrape_configs"]
    }
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for name in ("producer", "worker", "deliver"):
        discovery = jobs[name]["dns_sd_configs"][0]
        assert discovery["names"] == [name]
        assert f":{discovery['port']}/ready" in services[name]["healthcheck"]["test"][-1]
