import re
from pathlib import Path

import pytest
from command_names import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROSE = "\n".join(page.read_text() for page in PAGES if page.exists())
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)\s]*)\)")


def anchors_of(page):
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(page):
    broken = []
    for link in LINK.findall(page.read_text()):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    assert re.search(rf"detente {command}\b", PROSE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(command):
    assert re.search(
        rf"Example[s]?:.*detente {command}\b",
        (COMMANDS[command].help or "") + (COMMANDS[command].epilog or ""),
        re.DOTALL,
    )


def test_no_page_speaks_of_a_command_that_does_not_exist():
    groups = {name.split()[0] for name in COMMANDS}
    spoken = set(re.findall(r"`detente ([a-z]+)\b", PROSE))
    assert spoken - groups == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_that_a_page_names_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s]*(?:`|$))", page.read_text(), re.MULTILINE)) <= targets
