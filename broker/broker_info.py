"""What is known of a running broker, and the record of it in its folder."""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from detente.model import Value

VOLATILE_API_VERSION = (2, 3)


class BrokerInfo(Value):
    """A broker that runs."""

    bootstrap_servers: str
    pid: int
    directory: Path
    """Absolute; holds its data, log, lock and this record."""
    kind: Literal["kafka", "volatile"]
    """``volatile``: librdkafka's mock, in memory only."""
    version: str
    """Of Apache Kafka, or of librdkafka."""

    @property
    def port(self) -> int:
        """The port on loopback."""
        return int(self.bootstrap_servers.rsplit(":", 1)[1])

    @property
    def api_version(self) -> tuple[int, int] | None:
        """The protocol version that clients must fix, since a mock does not negotiate; None if they need not."""
        return VOLATILE_API_VERSION if self.kind == "volatile" else None

    @property
    def settings(self) -> dict[str, str | bool]:
        """The KafkaSettings that a process needs to use this broker, by field."""
        fields: dict[str, str | bool] = {"bootstrap_servers": self.bootstrap_servers}
        if self.api_version:
            fields |= {"api_version": ".".join(map(str, self.api_version)), "declare_topics": False}
        return fields

    @property
    def environment(self) -> dict[str, str]:
        """The same as environment variables."""
        return {f"DETENTE_KAFKA_{field.upper()}": str(value) for field, value in self.settings.items()}


class BrokerFiles(Value):
    """The files of one broker's folder."""

    directory: Path

    @property
    def record(self) -> Path:
        """The BrokerInfo, as JSON, while the broker runs."""
        return self.directory / "broker.json"

    @property
    def start_lock(self) -> Path:
        """Held by whoever starts or stops a broker here."""
        return self.directory / "start.lock"

    @property
    def life_lock(self) -> Path:
        """Held by the broker for as long as it lives."""
        return self.directory / "broker.lock"

    @property
    def port(self) -> Path:
        """The port that Kafka had at its last start."""
        return self.directory / "port"

    @property
    def data(self) -> Path:
        """Kafka's own files."""
        return self.directory / "data"

    @property
    def properties(self) -> Path:
        """Kafka's configuration, written anew at each start."""
        return self.directory / "server.properties"

    @property
    def log(self) -> Path:
        """What the broker logs, bounded."""
        return self.directory / "broker.log"

    @property
    def console(self) -> Path:
        """What the process printed since its last start."""
        return self.directory / "console.log"

    def read_record(self) -> BrokerInfo | None:
        """The record, or None if there is none or it is not ours (cut off by a crash)."""
        try:
            return BrokerInfo.model_validate_json(self.record.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def write_record(self, info: BrokerInfo) -> None:
        """Write the record in one step, and remember the port of a real Kafka."""
        draft = self.record.with_suffix(".new")
        draft.write_text(info.model_dump_json(indent=1) + "\n", encoding="utf-8")
        draft.replace(self.record)
        if info.kind == "kafka":
            self.port.write_text(f"{info.port}\n", encoding="utf-8")

    def remembered_port(self) -> int | None:
        """The port that Kafka had here at its last start, or None."""
        try:
            return int(self.port.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
