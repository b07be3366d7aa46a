import subprocess
from pathlib import Path

import pytest
from programs import find_program

CONFIG = Path(__file__).parents[2] / "monitoring/alertmanager/alertmanager.yml"

pytestmark = pytest.mark.system


def amtool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([find_program("amtool"), *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_alertmanager_accepts_its_configuration() -> None:
    done = amtool("check-config", str(CONFIG))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("labels", "receiver"),
    [
        (["rule=high_level_contact_resumed", "dyad=CHN-USA", "severity=critical"], "analysts-on-call"),
        (["rule=high_level_contact_announced", "dyad=CHN-USA", "severity=info"], "analysts"),
        (["alertname=DetenteNoWorker", "kind=health", "severity=critical"], "operators"),
    ],
)
def test_an_alert_reaches_those_whom_it_concerns(labels: list[str], receiver: str) -> None:
    done = amtool("config", "routes", "test", f"--config.file={CONFIG}", *labels)
    assert done.stdout.split() == [receiver], done.stderr
