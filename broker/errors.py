"""What a caller of the local broker may meet: one error type, and one more for where a fallback makes sense."""


class BrokerError(RuntimeError):
    """The local broker cannot be started or stopped; the message is one line that says why and what to do."""


class JarsUnavailableError(BrokerError):
    """Kafka's jars are not in the cache and cannot be fetched: a volatile broker would still work."""
