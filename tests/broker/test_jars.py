"""Jars come from a real Maven repository layout, served by a real HTTP server, and none gets in unverified."""

import hashlib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from broker import jars
from broker.errors import BrokerError, JarsUnavailableError
from broker.jar_lock import JarLock, PinnedJar, read_lock
from broker.jars import default_cache, verified_jars

CONTENT = b"not really a jar"
PIN = PinnedJar(coordinate="org.example:thing:1.0", sha256=hashlib.sha256(CONTENT).hexdigest())
LOCK = JarLock(roots=(PIN.coordinate,), jars=(PIN,))
IN_REPOSITORY = Path("org/example/thing/1.0/thing-1.0.jar")

pytestmark = pytest.mark.usefixtures("only_our_repositories")


@pytest.fixture
def maven_cache(tmp_path: Path) -> Path:
    """Maven's own cache on this machine."""
    return tmp_path / "m2"


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder that an HTTP server serves, and its address."""
    folder = tmp_path / "repository"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def only_our_repositories(
    tmp_path: Path, maven_cache: Path, repository: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """jgo's own configuration names a mirror, as a user behind a firewall would do it."""
    config = tmp_path / "jgo.conf"
    config.write_text(f"[repositories]\ncentral = {repository[1]}\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(config))
    monkeypatch.setenv("M2_REPO", str(maven_cache))
    monkeypatch.setattr(jars.time, "sleep", lambda _seconds: None)


def publish(folder: Path, content: bytes = CONTENT) -> None:
    file = folder / IN_REPOSITORY
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def test_a_jar_is_fetched_once_with_progress_and_then_comes_from_the_cache(
    tmp_path: Path, repository: tuple[Path, str]
) -> None:
    publish(repository[0])
    progress: list[tuple[int, int]] = []

    first = verified_jars(LOCK, tmp_path / "cache", lambda done, total: progress.append((done, total)))
    (repository[0] / IN_REPOSITORY).unlink()
    again = verified_jars(LOCK, tmp_path / "cache", lambda done, total: progress.append((done, total)))

    assert first == again == [tmp_path / "cache" / "thing-1.0.jar"]
    assert first[0].read_bytes() == CONTENT
    assert progress == [(0, 1), (1, 1)]
    assert [file.name for file in (tmp_path / "cache").iterdir()] == ["thing-1.0.jar"]


def test_mavens_own_cache_is_used_before_the_network(tmp_path: Path, maven_cache: Path) -> None:
    publish(maven_cache)

    (jar,) = verified_jars(LOCK, tmp_path / "cache")

    assert jar.read_bytes() == CONTENT


def test_a_jar_with_another_digest_is_refused_by_name_and_not_kept(
    tmp_path: Path, repository: tuple[Path, str]
) -> None:
    publish(repository[0], b"something else")

    with pytest.raises(BrokerError, match=r"refused org\.example:thing:1\.0: its SHA-256 is [0-9a-f]{64}") as refusal:
        verified_jars(LOCK, tmp_path / "cache")

    assert not isinstance(refusal.value, JarsUnavailableError)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_cached_jar_that_was_damaged_is_fetched_again(tmp_path: Path, repository: tuple[Path, str]) -> None:
    publish(repository[0])
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "thing-1.0.jar").write_bytes(CONTENT[:5])

    (jar,) = verified_jars(LOCK, tmp_path / "cache")

    assert jar.read_bytes() == CONTENT


def test_a_jar_that_no_repository_has_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(
        JarsUnavailableError, match=r"cannot fetch org\.example:thing:1\.0: no network, or no repository"
    ):
        verified_jars(LOCK, tmp_path / "cache")


def test_without_a_network_the_jars_are_unavailable(tmp_path: Path) -> None:
    (tmp_path / "jgo.conf").write_text("[repositories]\ncentral = http://127.0.0.1:1\n")

    with pytest.raises(JarsUnavailableError, match="no network") as refusal:
        verified_jars(LOCK, tmp_path / "cache")

    assert "\n" not in str(refusal.value)


def test_a_cache_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BrokerError, match=r"cannot write to the cache of Kafka's jars, .*: Not a directory"):
        verified_jars(LOCK, tmp_path / "file" / "cache")


def test_the_cache_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache() == tmp_path / "detente" / "kafka-jars"

    monkeypatch.setenv("DETENTE_BROKER_CACHE", str(tmp_path / "mine"))
    assert default_cache() == tmp_path / "mine"


def test_the_shipped_lock_pins_kafka_and_everything_it_asks_for_once() -> None:
    lock = read_lock()
    coordinates = [jar.coordinate for jar in lock.jars]

    assert set(lock.roots) <= set(coordinates)
    assert len({coordinate.rsplit(":", 1)[0] for coordinate in coordinates}) == len(coordinates)
    assert lock.kafka_version.startswith("4.")
