"""The desk's own address: one socket, kept open while web servers come and go.

Because the supervisor holds it, a web server that restarts refuses nobody: callers wait in the queue of the
socket.
"""

from __future__ import annotations

import errno
import http.client
import socket

BACKLOG = 512
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - read, not bound


class CannotListen(Exception):  # noqa: N818 - a state, told to a person
    """The address cannot be had; the sentence says which, and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Open the desk's address, which children may inherit; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotListen(_sentence(error, host, port)) from None
    listener.set_inheritable(True)
    return listener


def _sentence(error: OSError, host: str, port: int) -> str:
    """Say why the address cannot be had."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use by another program. Stop that program, or choose another port, "
            f"for example with PERSTOLK_PORT={port + 1 if port < 65535 else 8000}."  # noqa: PLR2004 - the highest port
        )
    if error.errno == errno.EACCES:
        return f"Port {port} on {host} is not open to this user. Choose one above 1023 with PERSTOLK_PORT."
    reason = error.strerror or type(error).__name__
    return f"Perstolk cannot listen on {host}, port {port}: {reason}. Change PERSTOLK_HOST or PERSTOLK_PORT."


def is_ready(host: str, port: int, *, timeout_seconds: float = 1.0) -> bool:
    """Ask the desk itself, on this machine, whether it is ready to work."""
    connection = http.client.HTTPConnection(ANY_ADDRESS.get(host, host), port, timeout=timeout_seconds)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
