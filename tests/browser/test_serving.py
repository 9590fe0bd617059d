"""The server that the browser's tests run beside leaves no file open when a tab drops its connection."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from typing import Any

from tests.browser.serving import serving
from tests.watching import wait_for

RESET_AT_ONCE = struct.pack("ii", 1, 0)
DROPPED = 30


class _Body:
    """What an application answers, and whether the server gave it back."""

    closed = 0

    def __iter__(self) -> Iterator[bytes]:
        yield b"body {}"

    def close(self) -> None:
        _Body.closed += 1


def _app(_: dict[str, Any], start_response: Any) -> _Body:
    start_response("200 OK", [("Content-Type", "text/css")])
    return _Body()


def test_what_was_answered_is_closed_though_the_connection_was_dropped() -> None:
    _Body.closed = 0
    with serving(_app) as pages:
        address = ("127.0.0.1", pages.server.server_port)
        for _ in range(DROPPED):
            with socket.create_connection(address) as line:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
                line.sendall(b"GET /work.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                line.recv(1)
        wait_for(lambda: _Body.closed == DROPPED)
