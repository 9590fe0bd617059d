"""A bad line on loopback between a browser and the desk: answers come late or not at all, some requests come twice.

What it does follows from a seed. A request whose answer is dropped has been carried out all the same; the copy of a
request that comes twice arrives later than the first, and may come after newer ones.
"""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any, Self
from urllib.parse import urlsplit

NOT_PASSED_ON = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive"})


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to one request: how many seconds its answer takes, whether it is lost, when a copy follows."""

    delay: float = 0.0
    is_dropped: bool = False
    copy_after: float | None = None


class BadLine:
    """Stands before the desk at `origin`; use it as a context manager, its own address is `url`.

    Only what is sent to a path that ends in one of `bad_paths` meets faults, once `is_bad`.
    """

    def __init__(self, origin: str, *, seed: int, bad_paths: tuple[str, ...] = ("/save", "/standing")) -> None:
        address = urlsplit(origin)
        self.seed = seed
        self.is_bad = False
        self.counts: Counter[str] = Counter()
        self._host, self._port = address.hostname or "127.0.0.1", address.port or 80
        self._bad_paths = bad_paths
        self._chance = Random(seed)
        self._lock = threading.Lock()
        self._copies: list[threading.Timer] = []
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"line": self}))

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def is_quiet(self) -> bool:
        """Tell whether no copy of a request is on its way any more."""
        with self._lock:
            return not any(copy.is_alive() for copy in self._copies)

    def send_later(self, seconds: float, *asked: Any) -> None:
        """Send a copy of a request after a while."""
        copy = threading.Timer(seconds, self._copy, asked)
        copy.daemon = True
        with self._lock:
            self._copies.append(copy)
            copy.start()

    def _copy(self, *asked: Any) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.pass_on(*asked)

    def fate(self, path: str) -> Fate:
        """Draw what happens to the next request: up to 600 ms late, a third without an answer, a tenth twice."""
        if not self.is_bad or not path.partition("?")[0].endswith(self._bad_paths):
            return Fate()
        with self._lock:
            delay, dropped, doubled, later = (self._chance.random() for _ in range(4))
            fate = Fate(delay * 0.6, dropped < 1 / 3, later * 1.5 if doubled < 1 / 10 else None)
            self.counts["requests"] += 1
            self.counts["dropped"] += fate.is_dropped
            self.counts["doubled"] += fate.copy_after is not None
        return fate

    def pass_on(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Ask the desk and return its answer."""
        connection = http.client.HTTPConnection(self._host, self._port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()


class _Handler(BaseHTTPRequestHandler):
    line: BadLine

    def _carry(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in NOT_PASSED_ON}
        fate = self.line.fate(self.path)
        if fate.copy_after is not None:
            self.line.send_later(fate.copy_after, self.command, self.path, headers, body)
        status, answered, content = self.line.pass_on(self.command, self.path, headers, body)
        time.sleep(fate.delay)
        if fate.is_dropped:
            self.close_connection = True
            return
        self.send_response_only(status)
        for name, value in answered:
            if name.lower() not in NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = _carry  # noqa: N815 - the base class's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up has its reasons."""
