"""Where Redis is: a machine and a port, or a socket of this machine.

The address is read by redis-py and by Celery; here it is only looked at, so that a wrong one is told when the settings
are read, and not by a process that dies of it.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

SOCKET_PATH_BYTES = 100  # the system's own limit is 104 (macOS) or 108 (Linux), the closing zero included


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


def own_redis_socket(var_dir: Path) -> Path:
    """Name the socket of the desk's own Redis, which lies in the variable directory.

    Where that path is too long for a socket, it lies with the system's temporary files, in a directory that
    bears the variable directory's digest.
    """
    socket = var_dir / "redis.sock"
    if len(os.fsencode(socket)) <= SOCKET_PATH_BYTES:
        return socket
    digest = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"perstolk-{os.getuid()}-{digest}" / "redis.sock"


def own_redis_url(var_dir: Path) -> str:
    """Return the address of the desk's own Redis, in the form that redis-py reads."""
    return f"unix://{own_redis_socket(var_dir)}"
