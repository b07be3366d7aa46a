"""A real Alertmanager that posts its notifications to the test, and can be restarted."""

import json
import subprocess
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

import yaml
from programs import find_program, free_port, wait_for


class Alertmanager:
    """One Alertmanager with a folder and a port of its own; use it as a context."""

    def __init__(self, folder: Path, webhook: str) -> None:
        self._program = find_program("prometheus-alertmanager", "alertmanager")
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        config = {
            "route": {
                "receiver": "test",
                "group_by": ["..."],
                "group_wait": "0s",
                "group_interval": "1s",
                "repeat_interval": "1h",
            },
            "receivers": [{"name": "test", "webhook_configs": [{"url": webhook, "send_resolved": True}]}],
        }
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "alertmanager.yml").write_text(yaml.safe_dump(config))

    def start(self) -> None:
        log = self._folder / "log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [
                    self._program,
                    f"--config.file={self._folder / 'alertmanager.yml'}",
                    f"--storage.path={self._folder / 'data'}",
                    f"--web.listen-address=127.0.0.1:{self._port}",
                    "--cluster.listen-address=",
                ],
                stdout=output,
                stderr=output,
            )
        wait_for(f"{self.url}/-/ready", log)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
            self._process = None

    def alerts(self) -> list[dict[str, Any]]:
        """What it holds as firing."""
        with urlopen(f"{self.url}/api/v2/alerts", timeout=5) as answer:
            held: list[dict[str, Any]] = json.load(answer)
        return held

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
