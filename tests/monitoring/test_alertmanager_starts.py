"""A real Alertmanager, started as compose starts it, takes an alert to those whom it concerns."""

import json
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import yaml
from programs import find_program, free_port, running

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.system, pytest.mark.timeout(90)]


@pytest.fixture(scope="module")
def alertmanager(tmp_path_factory):
    program = find_program("prometheus-alertmanager", "alertmanager")
    folder = tmp_path_factory.mktemp("alertmanager")
    flags = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["alertmanager"]["command"]
    local = [
        flag.replace("=/etc/alertmanager/", f"={ROOT}/monitoring/alertmanager/").replace("=/alertmanager", f"={folder}")
        for flag in flags
    ]
    address = f"127.0.0.1:{free_port()}"
    with running([program, *local, f"--web.listen-address={address}"], f"http://{address}/-/ready", folder / "log"):
        yield f"http://{address}"


def test_an_alert_stands_in_its_page_under_the_right_receiver(alertmanager):
    alert = {"labels": {"alertname": "DetenteNoWorker", "kind": "health", "severity": "critical"}}
    headers = {"Content-Type": "application/json"}
    with urlopen(
        Request(f"{alertmanager}/api/v2/alerts", json.dumps([alert]).encode(), headers), timeout=5
    ) as response:
        assert response.status == 200
    deadline, found = time.monotonic() + 20, []
    while not found and time.monotonic() < deadline:
        with urlopen(f"{alertmanager}/api/v2/alerts?receiver=operators", timeout=5) as response:
            found = json.load(response)
        time.sleep(0.2)
    assert [entry["labels"]["alertname"] for entry in found] == ["DetenteNoWorker"]
