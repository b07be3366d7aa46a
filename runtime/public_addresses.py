"""Keeps an address that somebody gave us from leading into our own network: every connection is checked where it is made.

A check of the URL would not do: names resolve to what their owner says, and redirects lead anywhere.
"""

import errno
import ipaddress
import socket
from typing import Any

import aiohttp


class PrivateAddressError(OSError):
    """A connection to a loopback, private, link-local, multicast or reserved address was refused."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet; IPv4 inside IPv6 is judged as IPv4."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def connector(*, allow_private: bool) -> aiohttp.TCPConnector:
    """Connections for one session; with ``allow_private`` to anywhere, for intranets and tests."""
    return aiohttp.TCPConnector(limit=16, socket_factory=None if allow_private else _public_socket)


def _public_socket(address: Any) -> socket.socket:  # noqa: ANN401  # the tuple of socket.getaddrinfo
    family, kind, protocol, _, target = address
    if not is_public(target[0]):
        raise PrivateAddressError(
            errno.EACCES, f"{target[0]} is no public address, and private ones are not allowed here"
        )
    return socket.socket(family, kind, protocol)
