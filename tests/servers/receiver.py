"""A receiver of webhooks on this machine: it verifies signatures, keeps what came, misbehaves as told.

Tests use `Receiver` as a context manager; `python -m tests.servers.receiver --secret whsec_…` prints each
delivery.
"""

from __future__ import annotations

import argparse
import json
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from standardwebhooks import Webhook, WebhookVerificationError

HELLO = b'{"received":true}'


class Behaviour(StrEnum):
    """How a receiver can answer, other than with a status."""

    LIMITED = "limited"  # 429 with Retry-After
    REDIRECT = "redirect"  # 307 to `redirect_to`
    HANG = "hang"  # takes the request, never answers
    DRIP = "drip"  # the head, a byte at a time
    DRIP_BODY = "drip_body"  # 200 at once, then the body, a byte at a time
    ENDLESS = "endless"  # 200 and a body without end
    FLOOD = "flood"  # 200 and headers without end
    CONTINUE = "continue"  # 100 Continue without end
    GARBAGE = "garbage"  # no HTTP
    DROP = "drop"  # hangs up


@dataclass(frozen=True, slots=True)
class Received:
    """One request; header names in lower case, `verified` is None where the receiver has no secret."""

    path: str
    headers: dict[str, str]
    body: bytes
    verified: bool | None

    @property
    def id(self) -> str:
        return self.headers.get("webhook-id", "")

    @property
    def event(self) -> Any:
        return json.loads(self.body)


class Receiver:
    """A webhook receiver on the loopback address; `answer` is the body of its answers, `pages` what it shows.

    `behave` is consumed one entry a request, and its last entry stays: `[500, 500, 200]` recovers. A delivery
    whose signature does not fit is answered 401 whatever the script says.
    """

    def __init__(
        self,
        secret: str | None = None,
        behave: Sequence[int | Behaviour] = (200,),
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
        retry_after: str = "120",
        redirect_to: str = "http://127.0.0.1:9/",
        drip_seconds: float = 0.05,
        hear: Callable[[Received], None] | None = None,
    ) -> None:
        self.secret = secret
        self.received: list[Received] = []
        self.retry_after = retry_after
        self.redirect_to = redirect_to
        self.drip_seconds = drip_seconds
        self.answer = HELLO
        self.pages: dict[str, str] = {}
        self._behave = list(behave)
        self._hear = hear
        self._scheme = "https" if tls else "http"
        self._changed = threading.Condition()
        self.closing = threading.Event()
        self._server = _Server((host, port), self, tls)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        return f"{self._scheme}://{self._server.server_address[0]!s}:{self.port}/hooks"

    @property
    def ids(self) -> list[str]:
        return [request.id for request in self.received]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def behave(self, *behave: int | Behaviour) -> None:
        """Replace the script."""
        with self._changed:
            self._behave = list(behave)

    def wait_for(self, count: int, *, seconds: float = 10) -> list[Received]:
        """Return the requests once there are `count` of them; fail if they do not come in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.received) >= count, seconds):
                message = f"{len(self.received)} of {count} deliveries came in {seconds} s"
                raise AssertionError(message)
            return list(self.received)

    def take(self, path: str, headers: dict[str, str], body: bytes) -> int | Behaviour:
        """Remember a request and return how to answer it."""
        request = Received(path, headers, body, self._verify(headers, body))
        with self._changed:
            self.received.append(request)
            behaviour = self._behave.pop(0) if len(self._behave) > 1 else self._behave[0]
            self._changed.notify_all()
        if self._hear:
            self._hear(request)
        return 401 if request.verified is False else behaviour

    def _verify(self, headers: dict[str, str], body: bytes) -> bool | None:
        if self.secret is None:
            return None
        try:
            Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError:
            return False
        return True


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing the server waits for its threads

    def __init__(self, address: tuple[str, int], receiver: Receiver, tls: ssl.SSLContext | None) -> None:
        self.receiver = receiver
        self._tls = tls
        super().__init__(address, _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connected, peer = super().get_request()
        connected.settimeout(2)
        if self._tls:
            # The handshake is left to the first read, which happens on the request's own thread.
            return self._tls.wrap_socket(connected, server_side=True, do_handshake_on_connect=False), peer
        return connected, peer

    def handle_error(self, *_: object) -> None:
        """Stay silent: clients that hang up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 2

    def do_POST(self) -> None:
        receiver = self.server.receiver
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        behaviour = receiver.take(self.path, headers, body)
        self.close_connection = True
        if isinstance(behaviour, Behaviour):
            _MISBEHAVIOUR[behaviour](self)
        else:
            self.say(behaviour)

    def do_GET(self) -> None:
        page = self.server.receiver.pages.get(self.path)
        self.close_connection = True
        self.say(404 if page is None else 200, (page or "").encode(), content_type="text/html; charset=utf-8")

    def say(self, status: int, content: bytes | None = None, **headers: str) -> None:
        if content is None:
            content = b"" if status in {204, 304} else self.server.receiver.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def limited(self) -> None:
        self.say(429, retry_after=self.server.receiver.retry_after)

    def redirect(self) -> None:
        self.say(307, location=self.server.receiver.redirect_to, set_cookie="a=b")

    def hang(self) -> None:
        self.server.receiver.closing.wait(60)

    def drip(self, content: bytes = b"HTTP/1.1 200 OK\r\nx-slow: " + b"a" * 2000) -> None:
        receiver = self.server.receiver
        for byte in content:
            self.wfile.write(bytes([byte]))
            if receiver.closing.wait(receiver.drip_seconds):
                return

    def drip_body(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n")
        self.drip(b"a" * 2000)

    def endless(self) -> None:
        self.forever(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", b"a" * 1000)

    def flood(self) -> None:
        self.forever(b"HTTP/1.1 200 OK\r\n", b"x-flood: " + b"a" * 500 + b"\r\n")

    def continue_(self) -> None:
        self.forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n")

    def forever(self, first: bytes, again: bytes) -> None:
        self.wfile.write(first)
        while not self.server.receiver.closing.is_set():
            self.wfile.write(again)

    def garbage(self) -> None:
        self.wfile.write(b"\x00\xff\x13 this is no answer\r\n\r\n")

    def drop(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


_MISBEHAVIOUR: dict[Behaviour, Callable[[_Handler], None]] = {
    Behaviour.LIMITED: _Handler.limited,
    Behaviour.REDIRECT: _Handler.redirect,
    Behaviour.HANG: _Handler.hang,
    Behaviour.DRIP: _Handler.drip,
    Behaviour.DRIP_BODY: _Handler.drip_body,
    Behaviour.ENDLESS: _Handler.endless,
    Behaviour.FLOOD: _Handler.flood,
    Behaviour.CONTINUE: _Handler.continue_,
    Behaviour.GARBAGE: _Handler.garbage,
    Behaviour.DROP: _Handler.drop,
}


def show(request: Received) -> None:
    """Print one delivery on a line."""
    verdict = {True: "signature fits", False: "SIGNATURE DOES NOT FIT", None: "not verified"}[request.verified]
    print(f"{request.id}  {verdict}  {request.body.decode('utf-8', 'replace')}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Receive until somebody says stop."""
    parser = argparse.ArgumentParser(description="Receive webhooks on this machine and print them.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--secret", help="the endpoint's secret, whsec_…; without it nothing is verified")
    parser.add_argument("--behave", action="append", help=f"a status or one of {', '.join(Behaviour)}; may be repeated")
    chosen = parser.parse_args(arguments)
    script = [int(name) if name.isdigit() else Behaviour(name) for name in chosen.behave or ["200"]]
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with Receiver(chosen.secret, script, port=chosen.port, hear=show) as receiver:
        print(receiver.url, flush=True)
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
