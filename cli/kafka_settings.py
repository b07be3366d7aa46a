"""Which cluster a command talks to: the configured one, else the local broker if one runs."""

from pydantic import ValidationError

from broker.local_broker import status
from cli.output import USAGE, fail
from runtime.settings import KafkaSettings, Settings


def kafka_settings() -> KafkaSettings:
    """Settings with an address in them; ends the command with one line where there is none."""
    try:
        kafka = KafkaSettings()
        local = None if kafka.bootstrap_servers else status(Settings().state_dir / "broker")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        fail(f"settings: {'.'.join(map(str, first['loc']))}: {first['msg']}", USAGE)
    if kafka.bootstrap_servers:
        return kafka
    if local is None:
        fail("no Kafka: set DETENTE_KAFKA_BOOTSTRAP_SERVERS, or run 'detente broker start'")
    return kafka.model_copy(update=local.settings)
