"""The outbound client for webhooks and for publishers' pages: one request, to a checked address, within one deadline.

It resolves a name once, asks `service.domain.endpoints` about every answer, and connects to the address that
it asked about. It follows no redirect, keeps no cookie, knows no proxy. What an answer means is decided by
its callers.
"""

from __future__ import annotations

import contextlib
import http.client
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
from workers.wire import Deadline, Reply, TooLong, Wire, exchange

DEADLINE_SECONDS = 20.0
READ_BYTES = 16 * 1024
EXCERPT_BYTES = 2 * 1024
PAGE_BYTES = 2 * 1024 * 1024

Resolver = Callable[[str, int], Sequence[Address]]

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came: its status, and its first 2 MB as text."""

    status: int
    text: str


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
        reply = self._call("POST", url, headers, body, seconds=deadline_seconds, keep_bytes=EXCERPT_BYTES)
        return Answer(reply.status, reply.retry_after, _excerpt(reply.body), round((time.monotonic() - began) * 1000))

    def get(self, url: str, *, deadline_seconds: float = DEADLINE_SECONDS) -> Page:
        """Fetch a page and return it, whatever its status; raise as `post` does."""
        headers = {"accept": "text/html, text/plain;q=0.5"}
        reply = self._call("GET", url, headers, b"", seconds=deadline_seconds, keep_bytes=PAGE_BYTES)
        return Page(reply.status, _decoded(reply.body, reply.content_type))

    def _call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, seconds: float, keep_bytes: int
    ) -> Reply:
        deadline = Deadline(time.monotonic() + seconds)
        try:
            place = parse_endpoint_url(url, self._allow_networks)
        except Invalid as refused:
            raise OutboundRefused(refused.code) from None
        try:
            addresses = self._checked_addresses(place, deadline)
            with contextlib.closing(self._connect(place, addresses, deadline)) as connected:
                wire = Wire(connected, deadline, read_bytes=max(READ_BYTES, keep_bytes))
                return exchange(wire, place, method, headers, body=body, keep_bytes=keep_bytes)
        except TimeoutError:
            raise OutboundFailed(FailureReason.TIMEOUT, f"no answer in {seconds:g} s") from None
        except ssl.SSLError as error:
            raise OutboundFailed(FailureReason.TLS, _tls_detail(error)) from None
        except OSError as error:
            raise OutboundFailed(FailureReason.CONNECTION, error.strerror or type(error).__name__) from None
        except (http.client.HTTPException, TooLong, ValueError) as error:
            raise OutboundFailed(FailureReason.PROTOCOL, type(error).__name__.lstrip("_")) from None

    def _checked_addresses(self, place: EndpointUrl, deadline: Deadline) -> Sequence[Address]:
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

    def _connect(self, place: EndpointUrl, addresses: Sequence[Address], deadline: Deadline) -> socket.socket:
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

    def _secured(self, connected: socket.socket, place: EndpointUrl, deadline: Deadline) -> socket.socket:
        """Wrap a connection in TLS for the name in the URL, not for the address behind it."""
        try:
            connected.settimeout(deadline.left())
            # Python counts this time-out over the whole handshake, so a slow peer cannot stretch it.
            return self._tls.wrap_socket(connected, server_hostname=place.host)
        except BaseException:
            connected.close()
            raise


def _excerpt(received: bytes) -> str:
    """Return the first 2 kB of a body as printable text."""
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", received.decode("utf-8", "replace"))
    return text.encode()[:EXCERPT_BYTES].decode("utf-8", "ignore")


def _decoded(body: bytes, content_type: str) -> str:
    """Return a page as text, in the encoding that its header or its own beginning names, else as UTF-8."""
    named = _CHARSET.search(content_type) or _CHARSET.search(body[:1024].decode("ascii", "ignore"))
    try:
        return body.decode(named[1] if named else "utf-8", "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _in_time(ask: Callable[[], Sequence[Address]], deadline: Deadline) -> Sequence[Address]:
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
