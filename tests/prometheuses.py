"""A real Prometheus with the shipped configuration and flags, pointed at processes of the test."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import yaml
from programs import find_program, free_port, running

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "monitoring/prometheus"


@contextmanager
def prometheus(folder: Path, ports: dict[str, int]) -> Iterator[str]:
    """The address of a Prometheus that asks each of these jobs at its port every second."""
    program = find_program("prometheus")
    (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration(ports)))
    flags = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["prometheus"]["command"]
    local = [
        flag.replace("=/etc/prometheus/", f"={folder}/").replace("=/prometheus", f"={folder}/data") for flag in flags
    ]
    address = f"127.0.0.1:{free_port()}"
    with running([program, *local, f"--web.listen-address={address}"], f"http://{address}/-/ready", folder / "log"):
        yield f"http://{address}"


def configuration(ports: dict[str, int]) -> dict[str, Any]:
    """The shipped configuration with these jobs alone, found by port and not by name."""
    config: dict[str, Any] = yaml.safe_load((SHIPPED / "prometheus.yml").read_text())
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(SHIPPED / "rules/*.yml")]
    del config["alerting"]
    config["scrape_configs"] = [job for job in config["scrape_configs"] if job["job_name"] in ports]
    for job in config["scrape_configs"]:
        del job["dns_sd_configs"]
        job["static_configs"] = [{"targets": [f"127.0.0.1:{ports[job['job_name']]}"]}]
    return config


def query(address: str, promql: str) -> list[dict[str, Any]]:
    """The samples of an instant query."""
    result: list[dict[str, Any]] = get(f"{address}/api/v1/query?{urlencode({'query': promql})}")["result"]
    return result


def rule_health(address: str) -> dict[str, str]:
    """Each rule by name: ``ok``, ``err`` or ``unknown``."""
    groups = get(f"{address}/api/v1/rules")["groups"]
    return {rule["name"]: rule["health"] for group in groups for rule in group["rules"]}


def get(url: str) -> dict[str, Any]:
    with urlopen(url, timeout=5) as response:
        data: dict[str, Any] = json.load(response)["data"]
    return data


def soon(ask: Callable[[], Any], enough: Callable[[Any], object]) -> Any:
    """The first answer that is enough, or the last one within 40 seconds."""
    deadline = time.monotonic() + 40
    while not enough(answer := ask()) and time.monotonic() < deadline:
        time.sleep(0.3)
    return answer
