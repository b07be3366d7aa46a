"""What a reader may rely on in every file of this repository."""

import re
import subprocess
import tomllib
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUESTIONED, TOO_LONG = 250, 400
DATA = {".json", ".jsonl", ".csv", ".yaml", ".yml", ".lock", ".xml", ".html", ".txt"}
INDEX_HOSTS = ["pypi" + ".org", "files.python" + "hosted.org", "repo1.maven" + ".org", "repo.maven.apache" + ".org"]
MACHINE_PATHS = re.compile(r"(?<![\w.-])/(?:work|root|tmp|home/\w+)/[\w.]+")


def tracked(*patterns):
    """The tracked text files, most of all: what git knows and what exists."""
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def texts():
    for path in tracked():
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:
            continue


def test_no_file_names_the_host_of_a_package_index():
    named = [(str(path.relative_to(ROOT)), host) for path, text in texts() for host in INDEX_HOSTS if host in text]
    assert named == []


def test_no_file_names_a_path_of_somebodys_machine():
    named = [
        (str(path.relative_to(ROOT)), match.group())
        for path, text in texts()
        if path != Path(__file__)
        for match in MACHINE_PATHS.finditer(text)
    ]
    assert named == []


def test_no_source_file_is_too_long_to_read():
    lengths = {
        str(path.relative_to(ROOT)): text.count("\n")
        for path, text in texts()
        if path.suffix not in DATA and path.suffix != ".md"
    }
    for name, lines in lengths.items():
        if lines > QUESTIONED:
            warnings.warn(f"{name} has {lines} lines; can it be two files?", stacklevel=1)
    assert {name: lines for name, lines in lengths.items() if lines > TOO_LONG} == {}


def test_tests_are_no_packages():
    assert tracked("tests/**/__init__.py", "tests/__init__.py") == []


def test_no_module_is_named_after_nothing():
    vague = {"utils", "util", "common", "helpers", "misc"}
    assert [str(path) for path in tracked("*.py") if path.stem in vague or path.parent.name in vague] == []


def test_every_module_says_why_it_exists():
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked("*.py")
        if "tests" not in path.parts and not path.read_text().startswith('"""')
    ]
    assert silent == []


def test_the_changelog_speaks_of_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text()


def test_the_images_of_compose_carry_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"image: detente:{version}" in (ROOT / "docker-compose.yml").read_text()


def test_the_architecture_names_every_top_level_package():
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    page = (ROOT / "docs/architecture.md").read_text()
    assert [name for name in packages if f"{name}/" not in page] == []


def test_ci_runs_what_everybody_runs():
    assert re.search(r"^exec make .*\btest$", (ROOT / ".ci/run").read_text(), re.MULTILINE)
    assert "make test" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_every_locked_package_has_hashes(lock):
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[a-z][^\n]*==[^\n]*\\\n(?=    --hash=sha256:)", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z]", text, re.MULTILINE)) > 0
