"""Where Redis is: a machine and a port, or a socket of this machine.

The address is read by redis-py and by Celery; here it is only looked at, so that a wrong one is told when the settings
are read, and not by a process that dies of it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def read_redis_url(address: str) -> str:
    """Return the address; raise `ValueError` with a sentence that never repeats it."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        address, parts, host = "", urlsplit(""), None
    by_line = address.startswith(("redis://", "rediss://")) and re.fullmatch(r"/{0,2}[0-9]*", parts.path)
    by_socket = address.startswith("unix://") and host is None and len(parts.path) > 1
    if not (by_line or by_socket):
        message = (
            "it is redis://user:password@host:port/number, rediss://… or unix:// and the path of a socket, "
            "where @, / and # within the password are written as %40, %2F and %23"
        )
        raise ValueError(message)
    return address
