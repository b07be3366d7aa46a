"""A real Prometheus, started as compose starts it, asks processes of ours."""

import subprocess
import sys
from pathlib import Path

import pytest
from processes import Process
from prometheuses import prometheus, query, rule_health, soon

ROOT = Path(__file__).parents[2]
HEALTH_PAGE = """
import time
from runtime.health import Health, serve
print(serve(Health(), "127.0.0.1", 0)[1], flush=True)
time.sleep(120)
"""

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def health_page():
    with subprocess.Popen([sys.executable, "-c", HEALTH_PAGE], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield int(process.stdout.readline())
        process.kill()


@pytest.fixture(scope="module")
def address(health_page, tmp_path_factory):
    with prometheus(tmp_path_factory.mktemp("prometheus"), {"worker": health_page}) as found:
        yield found


@pytest.mark.parametrize("metric", ["up", "detente_ready", "detente_alive", "detente_build_info"])
def test_prometheus_sees_a_process_of_ours(address, metric):
    (sample,) = soon(lambda: query(address, f'{metric}{{job="worker"}}'), bool)
    assert sample["value"][1] == "1"


def test_prometheus_evaluates_every_health_rule_without_an_error(address):
    health = soon(lambda: rule_health(address), lambda rules: rules and "unknown" not in rules.values())
    assert set(health.values()) == {"ok"}, health


def test_prometheus_finds_a_whole_deployment_well(kafka, tmp_path):
    with (
        Process("worker", kafka=kafka, state_dir=tmp_path) as worker,
        Process(
            "deliver", "--no-terminal", "--log", str(tmp_path / "alerts.jsonl"), kafka=kafka, state_dir=tmp_path
        ) as deliver,
        prometheus(tmp_path, {"worker": worker.port, "deliver": deliver.port}) as found,
    ):
        ready = soon(
            lambda: query(found, "detente_ready == 1 and detente_alive == 1"), lambda samples: len(samples) == 2
        )
        assert {sample["metric"]["job"] for sample in ready} == {"worker", "deliver"}
        assert query(found, 'detente_rules_loaded{job="worker"} > 0')
        # "There is no worker" is considered until the first answers are in.
        assert soon(lambda: query(found, "ALERTS"), lambda alerts: not alerts) == []
