"""The outbound client for webhooks: one POST, to an address that was checked, within one deadline.

It resolves a name once, asks `service.domain.endpoints` about every answer, and connects to the address that
it asked about. It follows no redirect, keeps no cookie, knows no proxy. What an answer means is decided by
its callers.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING

from service.domain.endpoints import (
    PORTS,
    Address,
    EndpointUrl,
    Network,
    is_plain_allowed,
    may_call,
    parse_endpoint_url,
    plain_address,
)
from service.domain.errors import Invalid

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

DEADLINE_SECONDS = 20.0
READ_BYTES = 16 * 1024
EXCERPT_BYTES = 2 * 1024
USER_AGENT = "Perstolk"

Resolver = Callable[[str, int], Sequence[Address]]

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class FailureReason(StrEnum):
    """Why an attempt ended without an answer."""

    TIMEOUT = "timeout"
    CONNECTION = "connection"
    TLS = "tls"
    PROTOCOL = "protocol"


class OutboundRefused(Exception):  # noqa: N818 - it is a refusal: nothing went wrong
    """The guard forbids the call and nothing was sent; `reason` is the code of what it forbids."""

    def __init__(self, reason: str) -> None:
        """Keep the code."""
        super().__init__(reason)
        self.reason = reason


class OutboundFailed(Exception):  # noqa: N818 - named as its sibling
    """The call was made, or tried, and no answer came."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        """Keep the reason and a short sentence that holds nothing of what was sent."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, `Retry-After` as written, the body's beginning, how long it took."""

    status: int
    retry_after: str | None
    excerpt: str
    duration_ms: int


def resolve(host: str, port: int) -> Sequence[Address]:
    """Ask the system for every address of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


class OutboundClient:
    """Sends webhooks to public addresses, and to those networks that the office allows."""

    def __init__(
        self,
        allow_networks: Sequence[Network] = (),
        *,
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Take the allowed networks; `tls` replaces the system's context, for private authorities."""
        self._allow_networks = tuple(allow_networks)
        self._resolver = resolver
        self._tls = tls or ssl.create_default_context()

    def post(
        self,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> Answer:
        """Send `body` and return the answer, whatever its status.

        Raise `OutboundRefused` before anything is sent to a place that is out of bounds, and `OutboundFailed`
        where no status came. The deadline counts from now to the end, names and handshakes included.
        """
        began = time.monotonic()
        deadline = _Deadline(began + deadline_seconds)
        try:
            place = parse_endpoint_url(url, self._allow_networks)
        except Invalid as refused:
            raise OutboundRefused(refused.code) from None
        try:
            addresses = self._checked_addresses(place, deadline)
            with contextlib.closing(self._connect(place, addresses, deadline)) as connected:
                status, retry_after, excerpt = _exchange(_Wire(connected, deadline), place, headers, body)
        except TimeoutError:
            raise OutboundFailed(FailureReason.TIMEOUT, f"no answer in {deadline_seconds:g} s") from None
        except ssl.SSLError as error:
            raise OutboundFailed(FailureReason.TLS, _tls_detail(error)) from None
        except OSError as error:
            raise OutboundFailed(FailureReason.CONNECTION, error.strerror or type(error).__name__) from None
        except (http.client.HTTPException, _TooLong, ValueError) as error:
            raise OutboundFailed(FailureReason.PROTOCOL, type(error).__name__.lstrip("_")) from None
        return Answer(status, retry_after, excerpt, round((time.monotonic() - began) * 1000))

    def _checked_addresses(self, place: EndpointUrl, deadline: _Deadline) -> Sequence[Address]:
        """Resolve once and return the addresses in order; one that is out of bounds refuses them all."""
        addresses = _in_time(lambda: self._resolver(place.host, place.port), deadline)
        if not addresses:
            raise OSError(0, "the name has no address")
        if not all(may_call(address, self._allow_networks) for address in addresses):
            raise OutboundRefused("url_private")
        plain = all(is_plain_allowed(address, self._allow_networks) for address in addresses)
        if place.scheme != "https" and not plain:
            raise OutboundRefused("url_not_https")
        if place.port != PORTS["https"] and not plain:
            raise OutboundRefused("url_port")
        return [plain_address(address) for address in addresses]

    def _connect(self, place: EndpointUrl, addresses: Sequence[Address], deadline: _Deadline) -> socket.socket:
        """Connect to the first address that listens; those still to try share the time that is left."""
        last: OSError = TimeoutError()
        for position, address in enumerate(addresses):
            seconds = deadline.left() / (len(addresses) - position)
            try:
                connected = socket.create_connection((str(address), place.port), timeout=seconds)
            except OSError as error:
                last = error
                continue
            return self._secured(connected, place, deadline) if place.scheme == "https" else connected
        raise last

    def _secured(self, connected: socket.socket, place: EndpointUrl, deadline: _Deadline) -> socket.socket:
        """Wrap a connection in TLS for the name in the URL, not for the address behind it."""
        try:
            connected.settimeout(deadline.left())
            # Python counts this time-out over the whole handshake, so a slow peer cannot stretch it.
            return self._tls.wrap_socket(connected, server_hostname=place.host)
        except BaseException:
            connected.close()
            raise


class _TooLong(Exception):  # noqa: N818 - a signal between the wire and the client
    """The peer sent more than anybody wants to read."""


class _Deadline:
    """A moment by the monotonic clock after which nothing is waited for."""

    def __init__(self, at: float) -> None:
        self._at = at

    def left(self) -> float:
        """Return the seconds that are left; raise `TimeoutError` where there are none."""
        seconds = self._at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class _Wire(io.RawIOBase):
    """A connection on which no wait outlasts the deadline, and of which only so many bytes are read.

    `http.client` sees in it what it needs of a socket: `sendall`, `makefile`, `close`.
    """

    def __init__(self, connected: socket.socket, deadline: _Deadline) -> None:
        super().__init__()
        self._connected = connected
        self._deadline = deadline
        self._bytes_left = READ_BYTES

    def sendall(self, content: ReadableBuffer) -> None:
        """Send everything; each wait takes from the same deadline."""
        view = memoryview(content).cast("B")
        while view:
            self._connected.settimeout(self._deadline.left())
            view = view[self._connected.send(view) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the reading side."""
        return io.BufferedReader(self, buffer_size=READ_BYTES)

    def close(self) -> None:
        """Do nothing: `http.client` lets go of a connection before its answer is read."""

    def readable(self) -> bool:
        """Tell `io` that it may read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what has come; raise `_TooLong` at the limit, `TimeoutError` at the deadline."""
        if not self._bytes_left:
            raise _TooLong
        self._connected.settimeout(self._deadline.left())
        received = self._connected.recv_into(memoryview(buffer)[: self._bytes_left])
        self._bytes_left -= received
        return received


def _exchange(wire: _Wire, place: EndpointUrl, headers: Mapping[str, str], body: bytes) -> tuple[int, str | None, str]:
    """Send one request; return the status, `Retry-After`, and the beginning of the answer's body."""
    connection = http.client.HTTPConnection(place.host, place.port)
    connection.auto_open = 0
    connection.sock = wire
    connection.putrequest("POST", place.target, skip_host=True, skip_accept_encoding=True)
    fixed = {
        "host": place.authority,
        "user-agent": USER_AGENT,
        "content-length": str(len(body)),
        "connection": "close",
    }
    given = {name: value for name, value in headers.items() if name.lower() not in fixed}
    for name, value in {**fixed, **given}.items():
        connection.putheader(name, value)
    # Who answers before the end of a body, with a 413 for instance, may already have hung up.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.endheaders(body)
    with connection.getresponse() as answer:
        return answer.status, answer.getheader("Retry-After"), _excerpt(answer)


def _excerpt(answer: http.client.HTTPResponse) -> str:
    """Return the first 2 kB of a body as printable text, however the rest of it ends."""
    received = b""
    with contextlib.suppress(OSError, http.client.HTTPException, _TooLong, ValueError):
        while len(received) < EXCERPT_BYTES and (part := answer.read1(EXCERPT_BYTES - len(received))):
            received += part
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", received.decode("utf-8", "replace"))
    return text.encode()[:EXCERPT_BYTES].decode("utf-8", "ignore")


def _in_time(ask: Callable[[], Sequence[Address]], deadline: _Deadline) -> Sequence[Address]:
    """Return what `ask` returns; the system's resolver has no deadline, so it waits on a thread."""
    told: queue.SimpleQueue[Sequence[Address] | Exception] = queue.SimpleQueue()

    def answer() -> None:
        try:
            told.put(ask())
        except Exception as error:  # noqa: BLE001 - it is raised again where it is awaited
            told.put(error)

    threading.Thread(target=answer, name="resolver", daemon=True).start()
    try:
        answered = told.get(timeout=deadline.left())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answered, Exception):
        raise answered
    return answered


def _tls_detail(error: ssl.SSLError) -> str:
    """Return why TLS failed, in OpenSSL's words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.reason or "no secure connection").replace("_", " ").lower()
