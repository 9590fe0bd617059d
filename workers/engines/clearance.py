"""Where a text may be sent: the guard that keeps a confidential text on the office's own machines.

The pipeline leaves engines out that may not see a text; this is the second lock, inside the client that opens the
connection. What a piece of code may send stands in a context variable whose default is "not outside", so that code
which forgets to say is refused rather than trusted.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

OFFICE_NETWORKS = tuple(
    ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)

CONFIDENTIAL = "confidential"  # the reason that is told when a text may not be sent

_outside: ContextVar[bool] = ContextVar("may_leave_the_office", default=False)

Resolver = Callable[[str], Sequence[str]]


def may_leave_office() -> bool:
    """May what is being sent now leave the office?"""
    return _outside.get()


@contextmanager
def cleared(*, outside: bool) -> Iterator[None]:
    """Say for the block, and for what runs in a copy of its context, whether its texts may leave the office."""
    token = _outside.set(outside)
    try:
        yield
    finally:
        _outside.reset(token)


def is_office_address(address: str) -> bool:
    """Is this literal address on this machine or on a private network? What is no address is not."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed.version == network.version and parsed in network for network in OFFICE_NETWORKS)


def resolve(host: str) -> Sequence[str]:
    """Return every address of a host; none if the name is not known."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(str(entry[4][0]) for entry in found)


def is_office_host(host: str, *, resolver: Resolver = resolve) -> bool:
    """Does every address of the host lie in the office? A host that cannot be resolved does not."""
    addresses = resolver(host)
    return bool(addresses) and all(is_office_address(address) for address in addresses)
