"""A real Prometheus, with the shipped configuration, asks a process of ours."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml
from programs import find_program

PROMETHEUS = Path(__file__).parents[2] / "monitoring/prometheus"
WORKER = """
import time
from runtime.health import Health, serve
print(serve(Health(), "127.0.0.1", 0)[1], flush=True)
time.sleep(120)
"""

pytestmark = [pytest.mark.system, pytest.mark.timeout(90)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def worker_port() -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-c", WORKER], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield int(process.stdout.readline())
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def prometheus(worker_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = find_program("prometheus")
    folder = tmp_path_factory.mktemp("prometheus")
    config = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(PROMETHEUS / "rules/*.yml")]
    del config["alerting"]
    config["scrape_configs"] = [
        {"job_name": job["job_name"], "static_configs": [{"targets": [f"127.0.0.1:{worker_port}"]}]}
        for job in config["scrape_configs"]
        if job["job_name"] == "worker"
    ]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    address = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [
            program,
            f"--config.file={folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={address}",
        ],
        stderr=(folder / "log").open("w"),
    )
    yield f"http://{address}"
    process.terminate()
    process.wait(timeout=20)


def ask(url: str) -> Any:
    """Prometheus's answer, as soon as it is up and has one."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5) as response:
                data = json.load(response)["data"]
        except OSError:
            data = {}
        if data.get("result") or data.get("groups"):
            return data
        time.sleep(0.3)
    pytest.fail(f"no answer from {url} in 40 s")


@pytest.mark.parametrize(
    "query", ['up{job="worker"}', 'detente_ready{job="worker"}', 'detente_build_info{job="worker"}']
)
def test_prometheus_sees_a_process_of_ours(prometheus: str, query: str) -> None:
    data = ask(f"{prometheus}/api/v1/query?{urlencode({'query': query})}")
    assert data["result"][0]["value"][1] == "1"


def test_prometheus_evaluates_every_health_rule_without_an_error(prometheus: str) -> None:
    deadline = time.monotonic() + 40
    health: dict[str, str] = {}
    while time.monotonic() < deadline and (not health or "unknown" in health.values()):
        groups = ask(f"{prometheus}/api/v1/rules")["groups"]
        health = {rule["name"]: rule["health"] for group in groups for rule in group["rules"]}
        time.sleep(0.3)
    assert set(health.values()) == {"ok"}, health
