"""A real Prometheus, started as compose starts it, asks a process of ours."""

import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml
from programs import find_program, free_port, running

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "monitoring/prometheus"
WORKER = """
import time
from runtime.health import Health, serve
print(serve(Health(), "127.0.0.1", 0)[1], flush=True)
time.sleep(120)
"""

pytestmark = [pytest.mark.system, pytest.mark.timeout(90)]


@pytest.fixture(scope="module")
def worker_port():
    with subprocess.Popen([sys.executable, "-c", WORKER], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        yield int(process.stdout.readline())
        process.kill()


@pytest.fixture(scope="module")
def prometheus(worker_port, tmp_path_factory):
    program = find_program("prometheus")
    folder = tmp_path_factory.mktemp("prometheus")
    config = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(PROMETHEUS / "rules/*.yml")]
    del config["alerting"]
    (worker,) = (job for job in config["scrape_configs"] if job["job_name"] == "worker")
    del worker["dns_sd_configs"]
    worker["static_configs"] = [{"targets": [f"127.0.0.1:{worker_port}"]}]
    config["scrape_configs"] = [worker]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))

    flags = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["prometheus"]["command"]
    local = [
        flag.replace("=/etc/prometheus/", f"={folder}/").replace("=/prometheus", f"={folder}/data") for flag in flags
    ]
    address = f"127.0.0.1:{free_port()}"
    with running([program, *local, f"--web.listen-address={address}"], f"http://{address}/-/ready", folder / "log"):
        yield f"http://{address}"


def get(url):
    with urlopen(url, timeout=5) as response:
        return json.load(response)["data"]


def soon(ask, enough):
    """The first answer that is enough, or the last one within 40 seconds."""
    deadline = time.monotonic() + 40
    while not enough(answer := ask()) and time.monotonic() < deadline:
        time.sleep(0.3)
    return answer


@pytest.mark.parametrize("query", ["up", "detente_ready", "detente_alive", "detente_build_info"])
def test_prometheus_sees_a_process_of_ours(prometheus, query):
    asked = urlencode({"query": f'{query}{{job="worker"}}'})
    url = f"{prometheus}/api/v1/query?{asked}"
    (sample,) = soon(lambda: get(url)["result"], bool)
    assert sample["value"][1] == "1"


def test_prometheus_evaluates_every_health_rule_without_an_error(prometheus):
    def health():
        groups = get(f"{prometheus}/api/v1/rules")["groups"]
        return {rule["name"]: rule["health"] for group in groups for rule in group["rules"]}

    found = soon(health, lambda rules: rules and "unknown" not in rules.values())
    assert set(found.values()) == {"ok"}, found
