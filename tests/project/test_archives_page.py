"""The workflow that the page shows is one: valid YAML, with commands and options that exist."""

import re
import shlex
from pathlib import Path

import typer
import yaml

from cli.main import app

PAGE = (Path(__file__).parents[2] / "docs/archives.md").read_text()


def test_the_workflow_of_the_page_runs_commands_that_exist():
    (snippet,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    steps = yaml.safe_load(snippet)["jobs"]["rules"]["steps"]
    ours = [part.strip() for step in steps for part in step.get("run", "").split("&&") if "detente " in part]
    lines = [line.removeprefix("detente ") for line in ours if line.startswith("detente ")]
    assert [line.split()[0] for line in lines] == ["rules", "rules", "backtest"]
    for line in lines:
        words = shlex.split(line)
        command = typer.main.get_command(app)
        name = words[0]
        while hasattr(command, "get_command"):
            name = words.pop(0)
            command = command.get_command(None, name)
            assert command is not None, name
        command.make_context(name, words)
