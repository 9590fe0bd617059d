"""What the tests of outbound requests share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address, ip_network

import pytest

from service.domain.endpoints import Address
from workers.http import OutboundClient, OutboundFailed

LOOPBACK = (ip_network("127.0.0.0/8"),)
BODY = b'{"type":"ping"}'
LATE_SECONDS = 3.0  # a machine may be busy; without the deadline it would be as long as the other side likes


def names(*answers: str) -> Callable[[str, int], Sequence[Address]]:
    """A resolver that gives these addresses for every name."""
    return lambda _host, _port: [ip_address(answer) for answer in answers]


def failure(client: OutboundClient, url: str, seconds: float = 5) -> OutboundFailed:
    with pytest.raises(OutboundFailed) as failed:
        client.post(url, {}, BODY, deadline_seconds=seconds)
    return failed.value
