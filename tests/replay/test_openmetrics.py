"""A replay's history in Prometheus: the real promtool makes blocks of it, and a real Prometheus answers for the past."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
from processes import run
from programs import find_program, free_port, running
from prometheuses import get
from topics import produce

from detente.articles import ArticleRecord

ROOT = Path(__file__).parents[2]


@pytest.mark.system
def test_prometheus_shows_the_replayed_past(kafka, tmp_path):
    lines = (ROOT / "timelines/us_china_military.jsonl").read_text().splitlines()
    produce(kafka, [ArticleRecord.model_validate_json(line).to_article() for line in lines])
    file, folder = tmp_path / "history.txt", tmp_path / "out"
    options = ["--from", "2022-08-01", "--to", "2023-03-01", "--openmetrics", str(file), "--out", str(folder)]
    done = run("replay", *options, kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    promtool = find_program("promtool")
    made = subprocess.run(
        [promtool, "tsdb", "create-blocks-from", "openmetrics", file, tmp_path / "data"],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert made.returncode == 0, made.stderr
    (tmp_path / "prometheus.yml").write_text("{}")
    address = f"127.0.0.1:{free_port()}"
    flags = [
        f"--config.file={tmp_path}/prometheus.yml",
        f"--storage.tsdb.path={tmp_path}/data",
        "--storage.tsdb.retention.time=100y",
        "--query.lookback-delta=1d",
        f"--web.listen-address={address}",
    ]
    with running([find_program("prometheus"), *flags], f"http://{address}/-/ready", tmp_path / "log"):

        def at(day: str, promql: str) -> dict[str, float]:
            asked = urlencode({"query": promql, "time": f"{day}T15:00:00Z"})
            result = get(f"http://{address}/api/v1/query?{asked}")["result"]
            return {json.dumps(row["metric"]): float(row["value"][1]) for row in result}

        state = 'detente_contact_state{dyad="CHN-USA",channel="military",tier="high"}'
        assert list(at("2022-09-01", state).values()) == [4]
        assert list(at("2022-12-01", state).values()) == [1]
        assert list(at("2023-02-09", state).values()) == [3]
        panel = at("2022-12-01", "sum by (tier, state) (detente_contacts)")
        assert panel['{"state": "open", "tier": "high"}'] == 1
        alerts = {json.loads(line)["id"] for line in (folder / "alerts.jsonl").read_text().splitlines()}
        told = at("2023-02-11", 'sum(last_over_time(detente_alerts_total{status="unconfirmed"}[2d]))')
        assert list(told.values()) == [len(alerts)]
    shutil.rmtree(tmp_path / "data")
