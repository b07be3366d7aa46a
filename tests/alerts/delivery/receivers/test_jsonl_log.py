"""The log has each version once, in whole lines, whatever happened before."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from alerts.delivery.receiver import Accepted, Transient
from alerts.delivery.receivers import jsonl_log
from alerts.delivery.receivers.jsonl_log import JsonlLogConfig, JsonlLogReceiver
from detente.alerts.alert import Alert


def send(file: Path, clock: Any, *alerts: Alert) -> list[object]:
    async def run() -> list[object]:
        receiver = JsonlLogReceiver(JsonlLogConfig(path=file))
        try:
            return [await receiver.send(alert, clock()) for alert in alerts]
        finally:
            await receiver.close()

    return asyncio.run(run())


def ids(file: Path) -> list[tuple[str, int]]:
    return [(line["id"], line["version"]) for line in map(json.loads, file.read_text().splitlines())]


def test_a_line_holds_the_whole_alert(tmp_path: Path, make_alert: Any, clock: Any) -> None:
    file = tmp_path / "new" / "alerts.jsonl"
    assert send(file, clock, make_alert()) == [Accepted()]
    assert Alert.model_validate_json(file.read_text()) == make_alert()


def test_a_line_written_before_a_crash_is_not_written_again(tmp_path: Path, make_alert: Any, clock: Any) -> None:
    file = tmp_path / "alerts.jsonl"
    send(file, clock, make_alert("a"), make_alert("b"))
    assert send(file, clock, make_alert("b"), make_alert("c")) == [Accepted(), Accepted()]
    assert ids(file) == [("a", 1), ("b", 1), ("c", 1)]


@pytest.mark.parametrize("whole_lines", [0, 1, 3])
def test_a_line_that_a_crash_tore_is_cut_off_and_written_whole(
    tmp_path: Path, make_alert: Any, clock: Any, whole_lines: int
) -> None:
    file = tmp_path / "alerts.jsonl"
    names = ["a", "b", "c"][:whole_lines]
    send(file, clock, *(make_alert(name) for name in names))
    with file.open("a") as torn:
        torn.write(make_alert("torn").model_dump_json()[:100])
    send(file, clock, make_alert("torn"))
    assert [name for name, _ in ids(file)] == [*names, "torn"]


def test_lines_of_others_are_left_alone(tmp_path: Path, make_alert: Any, clock: Any) -> None:
    file = tmp_path / "alerts.jsonl"
    file.write_text('not ours\n{"id": 3}\n[]\n')
    send(file, clock, make_alert("a"))
    assert file.read_text().startswith('not ours\n{"id": 3}\n[]\n{"id":"a"')


def test_a_full_disk_leaves_no_half_line_and_is_tried_again(
    tmp_path: Path, make_alert: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "alerts.jsonl"
    send(file, clock, make_alert("a"))
    real = jsonl_log.os.write
    with monkeypatch.context() as patch:
        patch.setattr(jsonl_log.os, "write", lambda number, line: real(number, line[:10]))
        assert send(file, clock, make_alert("b")) == [Transient("the disk took only a part of the line")]
    assert ids(file) == [("a", 1)]
