"""Every detente command line that a page shows has options that exist."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from cli.main import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINE = re.compile(r"^\$ .*?\b(?:\.venv/bin/)?detente (.*)$", re.MULTILINE)


def command_lines():
    for page in PAGES:
        for line in LINE.findall(page.read_text().replace("\\\n", " ")):
            yield pytest.param(line, id=f"{page.name}: {line}")


@pytest.mark.parametrize("line", list(command_lines()))
def test_a_command_line_of_a_page_parses(line):
    ours = re.split(r"[|>&;)]|\s#", line)[0].strip()
    words = shlex.split(ours if ours.count('"') % 2 == 0 else ours.rstrip('"'))  # the quote of a shell around it
    command = typer.main.get_command(app)
    name = words[0]
    while hasattr(command, "get_command"):
        name = words.pop(0)
        command = command.get_command(None, name)
        assert command is not None, f"there is no command {name}"
    command.make_context(name, words)


def test_an_option_that_does_not_exist_would_be_found():
    command = typer.main.get_command(app).get_command(None, "backtest")
    with pytest.raises(Exception, match="--nope"):
        command.make_context("backtest", ["articles.jsonl", "--nope"])
