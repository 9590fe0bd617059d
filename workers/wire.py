"""A connection that never outlasts its deadline and of which only so much is read; one request and its answer on it.

Which places may be called, and what an answer means, is left to `http`.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.domain.endpoints import EndpointUrl

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

USER_AGENT = "Perstolk"
BUFFER_BYTES = 16 * 1024


class TooLong(Exception):  # noqa: N818 - a signal between the wire and the client
    """The peer sent more than anybody wants to read."""


class Deadline:
    """A moment by the monotonic clock after which nothing is waited for."""

    def __init__(self, at: float) -> None:
        """Take the moment."""
        self._at = at

    def left(self) -> float:
        """Return the seconds that are left; raise `TimeoutError` where there are none."""
        seconds = self._at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class Wire(io.RawIOBase):
    """A connection on which no wait outlasts the deadline, and of which only so many bytes are read.

    `http.client` sees in it what it needs of a socket: `sendall`, `makefile`, `close`.
    """

    def __init__(self, connected: socket.socket, deadline: Deadline, *, read_bytes: int) -> None:
        """Take a connection; of what comes, no more than `read_bytes` are read, the head included."""
        super().__init__()
        self._connected = connected
        self._deadline = deadline
        self._bytes_left = read_bytes

    def sendall(self, content: ReadableBuffer) -> None:
        """Send everything; each wait takes from the same deadline."""
        view = memoryview(content).cast("B")
        while view:
            self._connected.settimeout(self._deadline.left())
            view = view[self._connected.send(view) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the reading side."""
        return io.BufferedReader(self, buffer_size=BUFFER_BYTES)

    def close(self) -> None:
        """Do nothing: `http.client` lets go of a connection before its answer is read."""

    def readable(self) -> bool:
        """Tell `io` that it may read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what has come; raise `TooLong` at the limit, `TimeoutError` at the deadline."""
        if not self._bytes_left:
            raise TooLong
        self._connected.settimeout(self._deadline.left())
        received = self._connected.recv_into(memoryview(buffer)[: self._bytes_left])
        self._bytes_left -= received
        return received


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, two of the headers as written, the body's beginning."""

    status: int
    retry_after: str | None
    content_type: str
    body: bytes


def exchange(
    wire: Wire, place: EndpointUrl, method: str, headers: Mapping[str, str], *, body: bytes, keep_bytes: int
) -> Reply:
    """Send one request and return the answer, with at most `keep_bytes` of its body, however the rest of it ends."""
    connection = http.client.HTTPConnection(place.host, place.port)
    connection.auto_open = 0
    connection.sock = wire
    connection.putrequest(method, place.target, skip_host=True, skip_accept_encoding=True)
    fixed = {"host": place.authority, "user-agent": USER_AGENT, "connection": "close"}
    if method == "POST":
        fixed["content-length"] = str(len(body))
    given = {name: value for name, value in headers.items() if name.lower() not in {*fixed, "content-length"}}
    for name, value in {**fixed, **given}.items():
        connection.putheader(name, value)
    # Who answers before the end of a body, with a 413 for instance, may already have hung up.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.endheaders(body or None)
    with connection.getresponse() as answer:
        content_type = answer.getheader("Content-Type") or ""
        return Reply(answer.status, answer.getheader("Retry-After"), content_type, _beginning(answer, keep_bytes))


def _beginning(answer: http.client.HTTPResponse, keep_bytes: int) -> bytes:
    received = b""
    with contextlib.suppress(OSError, http.client.HTTPException, TooLong, ValueError):
        while len(received) < keep_bytes and (part := answer.read1(keep_bytes - len(received))):
            received += part
    return received
