import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
import yaml
from programs import find_program

from cli.main import app
from runtime.settings import KafkaSettings, Settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"].startswith("detente:")]
UID = re.compile(r"^\d+:\d+$")


@pytest.fixture(params=SERVICES)
def service(request):
    return SERVICES[request.param]


def compose_config(env_file, password=""):
    program = shutil.which("docker-compose")
    command = [program] if program else [find_program("docker"), "compose"]
    env_file.write_text(password)
    return subprocess.run(
        [
            *command,
            "-f",
            str(ROOT / "docker-compose.yml"),
            "--env-file",
            str(env_file),
            "--profile",
            "feeds",
            "config",
            "-q",
        ],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]},
        timeout=60,
        check=False,
    )


@pytest.mark.system
def test_compose_accepts_the_file(tmp_path):
    done = compose_config(tmp_path / "env", "GRAFANA_ADMIN_PASSWORD=not-a-secret\n")
    assert done.returncode == 0, done.stderr


@pytest.mark.system
def test_compose_refuses_to_start_without_a_password_for_grafana(tmp_path):
    done = compose_config(tmp_path / "env")
    assert done.returncode != 0
    assert "set it in the environment" in done.stderr


def test_a_service_is_hardened(service):
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_a_service_cannot_take_the_whole_machine_and_comes_back(service):
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]


def test_a_service_has_a_pinned_image(service):
    _, _, tag = service["image"].partition(":")
    assert re.match(r"v?\d+\.\d+\.\d+$", tag)


def test_nothing_is_published_beyond_loopback(service):
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_only_the_pages_for_people_are_published():
    assert {name for name, service in SERVICES.items() if "ports" in service} == {
        "prometheus",
        "alertmanager",
        "grafana",
    }


def test_all_but_kafka_have_a_read_only_root():
    assert {name for name, service in SERVICES.items() if not service.get("read_only")} == {"kafka"}


def test_foreign_images_are_told_a_user_that_is_not_root():
    # Kafka's image runs as its own user, and writes files that belong to it; ours says USER in the Dockerfile.
    told = {name for name, service in SERVICES.items() if UID.match(service.get("user", ""))}
    assert told == set(SERVICES) - set(OURS) - {"kafka"}
    assert re.search(r"^USER [1-9]\d*$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def test_every_mount_has_a_volume_or_a_file_behind_it(service):
    for mount in service.get("volumes", []):
        source = mount.partition(":")[0]
        if source.startswith("./"):
            assert (ROOT / source).exists()
            assert mount.endswith(":ro")
        elif not source.startswith("$"):
            assert source in COMPOSE["volumes"]


def test_kafka_and_those_who_need_no_way_out_have_none():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if "outside" not in service["networks"]} == {
        "kafka",
        "worker",
        "deliver",
    }


def test_kafka_is_the_version_that_the_local_broker_has():
    roots = yaml.safe_load((ROOT / "broker/jars.yaml").read_text())["roots"]
    local = next(root.rpartition(":")[2] for root in roots if ":kafka_2" in root)
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{local}"


@pytest.mark.parametrize("name", OURS)
def test_our_services_set_only_variables_that_are_read(name):
    known = {f"DETENTE_{field}".upper() for field in Settings.model_fields}
    known |= {f"DETENTE_KAFKA_{field}".upper() for field in KafkaSettings.model_fields}
    assert SERVICES[name]["environment"].keys() <= known


@pytest.mark.parametrize("name", OURS)
def test_the_command_line_understands_the_command_of_our_services(name, tmp_path):
    feeds = tmp_path / "feeds.yaml"
    feeds.write_text("feeds: []\n")
    words = [str(feeds) if word == "/etc/detente/feeds.yaml" else word for word in SERVICES[name]["command"]]
    group = typer.main.get_command(app)
    command = group.get_command(typer.Context(group), words[0])
    assert command is not None, f"no such command: {shlex.join(words)}"
    command.make_context(words[0], words[1:])


@pytest.mark.parametrize("name", OURS)
def test_our_health_checks_are_python_that_compiles(name):
    test = SERVICES[name]["healthcheck"]["test"]
    assert test[:3] == ["CMD", "python", "-c"]
    compile(test[3], name, "exec")
