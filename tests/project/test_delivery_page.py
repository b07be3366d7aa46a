"""The commands on the page about delivery are commands of ours, and those that end by themselves do."""

import re
import shlex
from pathlib import Path

import pytest
from processes import run

from runtime.settings import KafkaSettings

PAGE = (Path(__file__).parents[2] / "docs" / "delivery.md").read_text()
COMMANDS = [shlex.split(line)[1:] for line in re.findall(r"^\$ (detente deliver .*)$", PAGE, re.MULTILINE)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_of_the_page_is_understood(command: list[str], tmp_path: Path) -> None:
    nowhere = KafkaSettings(bootstrap_servers="127.0.0.1:1")
    done = run(*command, "--help", kafka=nowhere, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [c for c in COMMANDS if {"--once", "--dry-run"} & set(c)], ids=" ".join)
def test_a_command_of_the_page_that_ends_by_itself_ends_well(
    command: list[str], kafka: KafkaSettings, tmp_path: Path
) -> None:
    in_folder = [str(tmp_path / word) if word.endswith(".jsonl") else word for word in command]
    done = run(*in_folder, "--http-port", "0", kafka=kafka, state_dir=tmp_path)
    assert done.returncode == 0, done.stderr
