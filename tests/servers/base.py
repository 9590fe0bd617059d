"""What the stand-ins of translation engines share: a server on loopback that answers as told and keeps what came.

Each engine's own form of request and answer is in a module of its own. Behaviours can be switched at any time, while
requests are under way.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.servers.wording import plausible

TOKEN = re.compile(r'\[X\d+X\]|<x id="\d+"/>')

Translate = Callable[[str, str, str], str]


class Behaviour(StrEnum):
    """How an engine can fail: first with whole requests, then with what its answers say."""

    WELL = "well"
    HANG = "hang"  # takes the request, never answers
    REFUSE = "refuse"  # nobody listens
    DROP = "drop"  # hangs up
    HTTP_500 = "http_500"
    HTTP_500_ONCE = "http_500_once"
    RATE_LIMITED = "rate_limited"
    HTTP_456 = "http_456"  # the quota is used up
    GARBAGE = "garbage"  # 200 and a body that is no answer
    SLOW = "slow"  # the head at once, the body a byte at a time
    SLOW_HEAD = "slow_head"  # the head a byte at a time
    ENDLESS = "endless"
    REDIRECT = "redirect"

    EMPTY = "empty"
    NOTICE = "notice"
    QUOTA = "quota"
    MERGED = "merged"
    SPLIT = "split"
    SWAPPED = "swapped"
    DROPPED = "dropped"
    LOST_TOKEN = "lost_token"
    DOUBLED_TOKEN = "doubled_token"
    ECHO = "echo"
    TRUNCATED = "truncated"
    MARKUP = "markup"


def _split(answers: list[str]) -> list[str]:
    words = answers[0].split(" ")
    middle = max(1, len(words) // 2)
    return [" ".join(words[:middle]), " ".join(words[middle:]), *answers[1:]]


# From the texts that were asked for and their good answers to the bad ones.
ANSWERS: dict[Behaviour, Callable[[list[str], list[str]], list[str]]] = {
    Behaviour.EMPTY: lambda asked, _: [""] * len(asked),
    Behaviour.NOTICE: lambda asked, _: ["QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY: 500 CHARS"] * len(asked),
    Behaviour.QUOTA: lambda asked, _: ["MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS"] * len(asked),
    Behaviour.MERGED: lambda _, good: [" ".join(good[:2]), *good[2:]],
    Behaviour.SPLIT: lambda _, good: _split(good),
    Behaviour.SWAPPED: lambda _, good: good[::-1],
    Behaviour.DROPPED: lambda _, good: good[:-1] or good,
    Behaviour.LOST_TOKEN: lambda _, good: [TOKEN.sub("", text, count=1) for text in good],
    Behaviour.DOUBLED_TOKEN: lambda _, good: [TOKEN.sub(r"\g<0> \g<0>", text, count=1) for text in good],
    Behaviour.ECHO: lambda asked, _: asked,
    Behaviour.TRUNCATED: lambda _, good: [text[: len(text) // 4] for text in good],
    Behaviour.MARKUP: lambda _, good: [f"<b>{text}</b>" for text in good],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: where it went and, if it wanted a translation, which texts it held."""

    method: str
    path: str
    texts: tuple[str, ...] = ()
    source: str = ""
    target: str = ""


class EngineServer:
    """A stand-in for an engine; use it as a context manager, its address is `url`."""

    handler: type[EngineHandler]

    def __init__(self, *, translate: Translate = plausible, latency: float = 0.0, port: int = 0) -> None:
        self.translate = translate
        self.latency = latency
        self.retry_after: str | None = None
        self.poison: str | None = None  # a request with this in one of its texts fails with 500
        self.requests: list[Asked] = []
        self.most_at_once = 0
        self._port = port
        self._behaviour = Behaviour.WELL
        self._at_once = 0
        self._lock = threading.Lock()
        self._released = threading.Event()
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._released.set()
        self._close()

    @property
    def port(self) -> int:
        return self._port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def translations(self) -> list[Asked]:
        """The requests that asked for a translation, in the order in which they came."""
        with self._lock:
            return [asked for asked in self.requests if asked.texts]

    def behave(self, behaviour: Behaviour | str, *, retry_after: str | None = None) -> None:
        """Answer like that from now on; who hangs is let go."""
        self._behaviour = Behaviour(behaviour)
        self.retry_after = retry_after
        self._released.set()
        self._released = threading.Event()
        if self._behaviour is Behaviour.REFUSE:
            self._close()
        elif self._server is None:
            self._listen()

    def take(self, asked: Asked) -> Behaviour:
        """Keep a request and return how to answer it."""
        with self._lock:
            self.requests.append(asked)
            behaviour = self._behaviour
            if behaviour is Behaviour.HTTP_500_ONCE and asked.texts:
                self._behaviour = Behaviour.WELL
        if behaviour is Behaviour.HTTP_500_ONCE:
            return Behaviour.HTTP_500 if asked.texts else Behaviour.WELL
        if self.poison is not None and any(self.poison in text for text in asked.texts):
            return Behaviour.HTTP_500
        return behaviour

    def answers(self, asked: Asked, behaviour: Behaviour) -> list[str]:
        """Return what the engine says to the texts, good or bad."""
        good = [self.translate(text, asked.source, asked.target) for text in asked.texts]
        twist = ANSWERS.get(behaviour)
        return good if twist is None else twist(list(asked.texts), good)

    def think(self) -> None:
        """Take the time that an answer takes."""
        if self.latency:
            time.sleep(self.latency)

    def enter(self) -> None:
        """Count a request that is under way."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)

    def leave(self) -> None:
        """Count a request as over."""
        with self._lock:
            self._at_once -= 1

    def wait_for_release(self, seconds: float | None = None) -> bool:
        """Wait until the behaviour changes or the server closes."""
        return self._released.wait(seconds)

    def _listen(self) -> None:
        handler = type("Handler", (self.handler,), {"engine": self})
        self._server = _Server(("127.0.0.1", self._port), handler)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def _close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class EngineHandler(BaseHTTPRequestHandler):
    """Answers one request; the engine's own handler reads it and writes the good answer."""

    engine: EngineServer
    _under_way = False

    def respond(  # noqa: C901 - a case for each behaviour
        self, asked: Asked, write: Callable[[Behaviour], tuple[str, bytes]], *, status: int = 200
    ) -> None:
        """Behave as told; `write` makes the content type and the body of an answer that has the given status."""
        behaviour = self.engine.take(asked)
        with self._counted():
            self.engine.think()
            match behaviour:
                case Behaviour.HANG:
                    self.engine.wait_for_release()
                case Behaviour.DROP:
                    pass
                case Behaviour.HTTP_500:
                    self.send(500, "application/json", b'{"error": "An unexpected error occurred"}')
                case Behaviour.RATE_LIMITED:
                    held = [("Retry-After", self.engine.retry_after)] if self.engine.retry_after else []
                    self.send(429, "text/html", b"Too many requests", held)
                case Behaviour.HTTP_456:
                    self.send(456, "application/json", b'{"message": "Quota exceeded"}')
                case Behaviour.REDIRECT:
                    self.send(302, "text/html", b"", [("Location", f"{self.engine.url}/elsewhere")])
                case Behaviour.GARBAGE:
                    self.send(200, "text/html", b"<html><body>\xff Wartung</body></html>")
                case Behaviour.ENDLESS:
                    self.drip(b"HTTP/1.0 200 OK\r\n\r\n", b"x" * 65_536, pause=0.0)
                case Behaviour.SLOW:
                    self.drip(b"HTTP/1.0 200 OK\r\n\r\n", b" ", pause=0.02)
                case Behaviour.SLOW_HEAD:
                    self.drip(b"HTTP/1.0 200 OK\r\nX-Slow: ", b"x", pause=0.02)
                case _:
                    self.send(status, *write(behaviour))

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        """Count this request as under way, until its answer is sent or it ends without one."""
        self._under_way = True
        self.engine.enter()
        try:
            yield
        finally:
            self._over()

    def _over(self) -> None:
        if self._under_way:
            self._under_way = False
            self.engine.leave()

    def send(self, status: int, kind: str, body: bytes, headers: Sequence[tuple[str, str]] = ()) -> None:
        """Send one answer; whoever has it may ask again before this thread gets to its next line."""
        self._over()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, head: bytes, piece: bytes, *, pause: float) -> None:
        """Send a head and then pieces without end, until the other side hangs up or the server closes."""
        self.wfile.write(head)
        while not self.engine.wait_for_release(pause):
            self.wfile.write(piece)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up on a stand-in has its reasons."""


def serve(make: Callable[[int, float], EngineServer]) -> None:
    """Run a stand-in alone until it is interrupted."""
    arguments = argparse.ArgumentParser(description="A stand-in for a translation engine, on this machine only.")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    given = arguments.parse_args()
    with make(given.port, given.latency) as server:
        print(server.url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
