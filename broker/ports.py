"""Ports on loopback: which are free, and which one a broker in a folder used before."""

import socket

LOOPBACK = "127.0.0.1"


def free_port(besides: int | None = None) -> int:
    """A port that nothing listens on at this moment, and another than ``besides``, which is promised but not yet bound."""
    while True:
        with socket.create_server((LOOPBACK, 0)) as server:
            port: int = server.getsockname()[1]
        if port != besides:
            return port


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError:
        return False
    return True
