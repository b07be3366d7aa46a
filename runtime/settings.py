"""The settings of a process, read once from the environment (``DETENTE_…``) by the composition root and frozen."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class KafkaSettings(BaseSettings):
    """How to reach the cluster; ``DETENTE_KAFKA_…``. A password comes from the environment or from a file, never the log."""

    model_config = SettingsConfigDict(env_prefix="DETENTE_KAFKA_", frozen=True)

    bootstrap_servers: str | None = None
    """Comma-separated ``host:port``; None means: the local broker, if one runs."""
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    sasl_username: str | None = None
    sasl_password: SecretStr | None = None
    sasl_password_file: Path | None = None
    ssl_cafile: Path | None = None
    ssl_certfile: Path | None = None
    ssl_keyfile: Path | None = None
    api_version: str | None = Field(default=None, pattern=r"^\d+\.\d+$")
    """A fixed protocol version for clusters (or mocks) that cannot negotiate one, such as ``2.3``."""
    topic_prefix: str = Field(default="detente.", pattern=r"^[A-Za-z0-9._-]*$")
    partitions: int = Field(default=4, ge=1, le=1024)
    """Of each partitioned topic; fixed for ever once the topics exist."""
    replication_factor: int = Field(default=1, ge=1)
    declare_topics: bool = True
    """False where an administrator makes the topics: they are then only checked for."""
    instance_id: str | None = None
    """A name of this worker that stays the same over restarts (static membership), so that a restart is no rebalance."""

    @model_validator(mode="after")
    def _sasl_is_whole(self) -> "KafkaSettings":
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.password()):
            raise ValueError("SASL needs DETENTE_KAFKA_SASL_USERNAME and a password or a password file")
        return self

    def password(self) -> str | None:
        """The SASL password, from the environment or else its file."""
        if self.sasl_password is not None:
            return self.sasl_password.get_secret_value()
        return self.sasl_password_file.read_text().strip() if self.sasl_password_file else None


class Settings(BaseSettings):
    """Everything else; ``DETENTE_…``."""

    model_config = SettingsConfigDict(env_prefix="DETENTE_", frozen=True)

    state_dir: Path = Path(".detente")
    """Resume points, the deliverer's outbox and the local broker live here."""
    rules_dir: Path | None = None
    """None means the rules shipped with detente."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"
    http_host: str = "127.0.0.1"
    """Where /metrics, /live and /ready are served; loopback unless told otherwise."""
    http_port: int | None = Field(default=None, ge=0, le=65535)
    """None: the command's own default port; 0: any free port."""
    silence_check_seconds: float = Field(default=3600.0, ge=0)
    """How often the worker looks for watched contacts that have lapsed; 0 turns the timer off."""
