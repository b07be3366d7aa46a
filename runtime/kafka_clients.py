"""One set of Kafka settings turned into what each client library wants to be told."""

import ssl
from typing import Any

import faust
from faust.types.auth import CredentialsT

from runtime.settings import KafkaSettings

MAX_REQUEST_BYTES = 4 * 1024 * 1024
"""Of one produced record; the dead-letter topics take as much, so that any article Kafka took can be kept there."""


BOOTSTRAP_MILLISECONDS = 10_000
"""After that a command says that the cluster does not answer."""


class NoKafkaError(RuntimeError):
    """No cluster is configured."""


def bootstrap_servers(kafka: KafkaSettings) -> list[str]:
    """The configured ``host:port`` list; raises NoKafkaError if there is none."""
    if not kafka.bootstrap_servers:
        raise NoKafkaError("no Kafka: set DETENTE_KAFKA_BOOTSTRAP_SERVERS, or run 'detente broker start'")
    return [server.strip() for server in kafka.bootstrap_servers.split(",") if server.strip()]


def ssl_context(kafka: KafkaSettings) -> ssl.SSLContext | None:
    """The TLS context, or None for a plain connection."""
    if not kafka.security_protocol.endswith("SSL"):
        return None
    context = ssl.create_default_context(cafile=str(kafka.ssl_cafile) if kafka.ssl_cafile else None)
    if kafka.ssl_certfile:
        context.load_cert_chain(kafka.ssl_certfile, kafka.ssl_keyfile)
    return context


def client_options(kafka: KafkaSettings) -> dict[str, Any]:
    """What kafka-python and aiokafka have in common."""
    options: dict[str, Any] = {
        "bootstrap_servers": bootstrap_servers(kafka),
        "security_protocol": kafka.security_protocol,
        "ssl_context": ssl_context(kafka),
    }
    if kafka.security_protocol.startswith("SASL"):
        options |= {
            "sasl_mechanism": kafka.sasl_mechanism,
            "sasl_plain_username": kafka.sasl_username,
            "sasl_plain_password": kafka.password(),
        }
    return options


def kafka_python_options(kafka: KafkaSettings) -> dict[str, Any]:
    """Options of kafka-python's clients."""
    options = client_options(kafka) | {"bootstrap_timeout_ms": BOOTSTRAP_MILLISECONDS}
    if kafka.api_version:
        options["api_version"] = tuple(int(part) for part in kafka.api_version.split("."))
    return options


def aiokafka_options(kafka: KafkaSettings) -> dict[str, Any]:
    """Options of aiokafka's clients."""
    return client_options(kafka)


def faust_broker(kafka: KafkaSettings) -> list[str]:
    """The cluster as Faust's ``broker`` setting."""
    return [f"kafka://{server}" for server in bootstrap_servers(kafka)]


def faust_credentials(kafka: KafkaSettings) -> CredentialsT | None:
    """The cluster's credentials as Faust's ``broker_credentials`` setting."""
    context = ssl_context(kafka)
    if kafka.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=kafka.sasl_username,
            password=kafka.password(),
            mechanism=kafka.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context else None
