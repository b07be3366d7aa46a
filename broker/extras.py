"""The packages of ``detente[broker]``, which a deployment with a cluster of its own does without."""

from importlib.util import find_spec

from broker.errors import BrokerError


def require(package: str) -> None:
    """Raise BrokerError, with what to install, if the package is not there."""
    if find_spec(package) is None:
        raise BrokerError(f"a local broker needs the package {package}: pip install 'detente[broker]'")
