"""The HTTP client of the engines: bounded in time by the wall clock and in size, without redirects and proxies.

Each request has a connection of its own, so threads share nothing. It is also the guard of confidential texts: unless
they are cleared for outside, it hangs up on a peer that is not in the office before the first byte is written.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import httpx

from service.domain.retry import LONGEST_RETRY_AFTER, parse_retry_after
from workers.engines.base import (
    REST_SECONDS,
    Deadline,
    EngineBadAnswer,
    EngineError,
    EngineRefused,
    EngineUnavailable,
)
from workers.engines.clearance import CONFIDENTIAL, is_office_address, may_leave_office

USER_AGENT = "Perstolk/0.1"
LONGEST_REST_SECONDS = LONGEST_RETRY_AFTER.total_seconds()
ANSWER_BYTES = 2_000_000

_READING_TRUST = threading.Lock()
_TOO_MANY_REQUESTS = frozenset({429, 456})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one request may take: to connect, between two bytes, and altogether."""

    connect_seconds: float = 3.0
    read_seconds: float = 15.0
    request_seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer whose status is not one of the server's own troubles: the status and the whole body."""

    status: int
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8, with a mark for what is none."""
        return self.body.decode("utf-8", errors="replace")


class EngineClient:
    """Asks one engine. `in_office` says that the engine is meant to run on the office's own machines."""

    def __init__(
        self,
        *,
        in_office: bool,
        patience: Patience | None = None,
        is_office_peer: Callable[[str], bool] = is_office_address,
    ) -> None:
        """Keep what all requests share; nothing is connected yet."""
        self._in_office = in_office
        self._patience = patience or Patience()
        self._is_office_peer = is_office_peer

    def request(
        self,
        method: str,
        url: str,
        *,
        deadline: Deadline,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request and return the answer; server errors, rate limits and silence are `EngineUnavailable`.

        `json` is any value that JSON has, or None for a request without a body; `headers` go along with the usual ones.
        """
        if not (self._in_office or may_leave_office()):
            raise EngineRefused(CONFIDENTIAL, "the text may not leave the office")
        seconds = min(deadline.remaining(), self._patience.request_seconds)
        if seconds <= 0:
            raise EngineUnavailable("timeout", "no time was left to ask")
        line = _Line(None if may_leave_office() else self._is_office_peer)
        timeout = httpx.Timeout(
            min(seconds, self._patience.read_seconds), connect=min(seconds, self._patience.connect_seconds)
        )
        cut = threading.Timer(seconds, line.cut)
        cut.daemon = True
        cut.start()
        try:
            with (
                httpx.Client(trust_env=False, verify=_trust(), timeout=timeout) as client,
                client.stream(
                    method,
                    url,
                    params=params,
                    json=json,
                    headers={"User-Agent": USER_AGENT, **(headers or {})},
                    extensions={"trace": line},
                ) as response,
            ):
                reply = _checked(response)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _told(error, too_late=line.was_cut) from None
        finally:
            cut.cancel()
        if line.was_cut:  # a body without a length seems to end where the line was cut
            raise EngineUnavailable("timeout", "the answer did not end in time")
        return reply


def _trust() -> ssl.SSLContext:
    """Return the trusted authorities; reading them takes longer than many a request, so it is done once."""
    with _READING_TRUST:
        return _read_trust()


@cache
def _read_trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Line:
    """Watches the connection of one request: refuses a peer outside the office, and can hang up from elsewhere."""

    def __init__(self, is_office_peer: Callable[[str], bool] | None) -> None:
        self._is_office_peer = is_office_peer
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self.was_cut = False

    def __call__(self, event: str, facts: dict[str, Any]) -> None:
        if event not in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            return
        connection: socket.socket = facts["return_value"].get_extra_info("socket")
        try:
            peer = str(connection.getpeername()[0])
        except OSError:  # it hung up before it was looked at
            connection.close()
            raise EngineUnavailable("broken_connection", "the engine hung up") from None
        if self._is_office_peer is not None and not self._is_office_peer(peer):
            connection.close()
            raise EngineRefused(CONFIDENTIAL, "the engine's address is not in the office")
        with self._lock:
            self._sockets.append(connection)
            if self.was_cut:
                _hang_up(connection)

    def cut(self) -> None:
        """Hang up, which wakes whoever waits for a byte."""
        with self._lock:
            self.was_cut = True
            for connection in self._sockets:
                _hang_up(connection)


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # already gone, or replaced by its encrypted self
        connection.shutdown(socket.SHUT_RDWR)


def _checked(response: httpx.Response) -> Reply:
    status = response.status_code
    retry_after = _retry_after(response.headers.get("Retry-After"))
    if status in _TOO_MANY_REQUESTS:
        rest = REST_SECONDS if retry_after is None else retry_after
        raise EngineUnavailable("rate_limited", f"HTTP {status}", rest_seconds=rest)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise EngineUnavailable(f"http_{status}", f"HTTP {status}", rest_seconds=retry_after)
    if response.is_redirect:
        raise EngineBadAnswer("redirected", f"HTTP {status}")
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > ANSWER_BYTES:
            raise EngineBadAnswer("too_large", f"more than {ANSWER_BYTES} bytes")
    return Reply(status, bytes(body))


def _told(error: Exception, *, too_late: bool) -> EngineError:
    """Name what went wrong, in words of our own: a library's sentence may hold the address with the text in it."""
    if too_late or isinstance(error, httpx.TimeoutException):
        return EngineUnavailable("timeout", "no answer in time")
    if isinstance(error, httpx.ConnectError):
        return EngineUnavailable("refused_connection", "the engine could not be reached")
    if isinstance(error, httpx.TransportError):
        return EngineUnavailable("broken_connection", type(error).__name__)
    return EngineBadAnswer("garbage", type(error).__name__)


def _retry_after(value: str | None) -> float | None:
    """Return for how many seconds the engine asks to be left alone; None for what cannot be read."""
    asked = parse_retry_after(value, datetime.now(UTC))
    return None if asked is None else max(asked.total_seconds(), 1.0)
