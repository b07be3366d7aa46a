"""The lock of Kafka's jars: which coordinates make up the broker, and the digest that each file must have."""

from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import Field

from detente.model import Value

LOCK_FILE = Path(str(files("broker"))) / "jars.yaml"


class PinnedJar(Value):
    """One jar by its Maven coordinate."""

    coordinate: str = Field(pattern=r"^[^:\s/]+:[^:\s/]+:[^:\s/]+$")
    """``group:artifact:version``."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def filename(self) -> str:
        """The name that Maven gives the file."""
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}.jar"


class JarLock(Value):
    """Everything on the broker's class path."""

    roots: tuple[str, ...]
    """What was asked for; the first is Kafka itself, and the rest of ``jars`` follows from them."""
    jars: tuple[PinnedJar, ...]

    @property
    def kafka_version(self) -> str:
        """The version of Apache Kafka, such as ``4.4.0``."""
        return self.roots[0].rsplit(":", 1)[-1]


def read_lock(file: Path = LOCK_FILE) -> JarLock:
    """The lock that detente ships; a malformed one raises pydantic's ValidationError."""
    return JarLock.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def write_lock(lock: JarLock, file: Path = LOCK_FILE) -> None:
    """Write the lock, one jar a block, in a stable order."""
    file.write_text(yaml.safe_dump(lock.model_dump(mode="json"), sort_keys=False), encoding="utf-8")
