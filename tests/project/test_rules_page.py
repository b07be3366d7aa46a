"""The page about rules does what it says: its files are written, its commands run, its tables whole."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from alerts.rule_tests import AlertPattern, Saying
from detente.alerts.rule import RESERVED_LABELS, Match
from detente.alerts.template_fields import TemplateFields
from detente.alerts.templates import FILTERS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rules.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a reader has who wrote down every file of the page."""
    folder = tmp_path_factory.mktemp("page")
    for kind, text in BLOCK.findall(PAGE):
        if kind in ("yaml", "json"):
            name, _, content = text.partition("\n")
            file = folder / name.removeprefix("# ")
            file.parent.mkdir(exist_ok=True)
            file.write_text(content)
    return folder


CONSOLES = [text.splitlines() for kind, text in BLOCK.findall(PAGE) if kind == "console"]


@pytest.mark.parametrize(("command", "shown"), [(c[0].removeprefix("$ "), c[1:]) for c in CONSOLES], ids=lambda c: c)
def test_a_command_of_the_page_says_what_the_page_says(folder: Path, command: str, shown: list[str]) -> None:
    program, *arguments = shlex.split(command)
    assert program == "detente"
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in shown if line not in done.stdout + done.stderr] == []


def test_the_backtest_of_the_page_fires_the_rule_of_the_page(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "backtest", "articles.jsonl", "--rules", "my-rules", "--format", "jsonl"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (line,) = done.stdout.splitlines()
    assert "North Korea and United States: the leaders are in contact again (2018-06-12)" in line


@pytest.mark.parametrize(
    "names",
    [
        Match.model_fields,
        TemplateFields.model_fields,
        FILTERS,
        RESERVED_LABELS,
        AlertPattern.model_fields,
        Saying.model_fields,
    ],
    ids=["match", "fields", "filters", "labels", "pattern", "signal"],
)
def test_every_name_that_can_be_used_is_on_the_page(names: list[str]) -> None:
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
    spoken = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", prose))))
    assert set(names) - spoken == set()
