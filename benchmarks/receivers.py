"""Hundreds of webhook receivers behind one address on loopback, each under a path of its own; some behave badly.

For what the desk makes of a receiver in detail there is `tests/servers/receiver.py`; here many are heard at once.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections import Counter, defaultdict
from enum import StrEnum

BACKLOG = 1_000
SLOW_SECONDS = 10.0


class Kind(StrEnum):
    """How a receiver answers, other than well."""

    SLOW = "slow"  # well, after `SLOW_SECONDS`
    REFUSING = "refusing"  # nobody listens at its address
    FAILING = "failing"  # 500
    GARBAGE = "garbage"  # no HTTP


_WELL = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"
_ANSWERS = {
    None: _WELL,
    Kind.SLOW: _WELL,
    Kind.FAILING: b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    Kind.GARBAGE: b"\x00\xff\x13 this is no answer\r\n\r\n",
}


class Receivers:
    """The receivers, by number. `kinds` says which misbehave, and may be changed at any time.

    `first` is when each was first told of anything since `forget`, by the monotonic clock; `heard` is how often each
    answered well to each message.
    """

    def __init__(self) -> None:
        self.kinds: dict[int, Kind] = {}
        self.first: dict[int, float] = {}
        self.heard: dict[int, Counter[str]] = defaultdict(Counter)
        self._port = 0
        self._nobody = socket.socket()  # bound and not listening: whoever connects is refused, and nobody else gets it
        self._nobody.bind(("127.0.0.1", 0))
        self._ready = threading.Event()
        threading.Thread(target=self._serve, name="receivers", daemon=True).start()
        self._ready.wait()

    def url(self, number: int) -> str:
        """Return the address of a receiver."""
        refuses = self.kinds.get(number) is Kind.REFUSING
        port = self._nobody.getsockname()[1] if refuses else self._port
        return f"http://127.0.0.1:{port}/hooks/{number}"

    def forget(self) -> None:
        """Forget what came so far."""
        self.first = {}
        self.heard = defaultdict(Counter)

    def _serve(self) -> None:
        async def main() -> None:
            server = await asyncio.start_server(self._receive, "127.0.0.1", 0, backlog=BACKLOG)
            self._port = server.sockets[0].getsockname()[1]
            self._ready.set()
            await server.serve_forever()

        asyncio.new_event_loop().run_until_complete(main())

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begin, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        await reader.readexactly(int(headers["content-length"]))
        number = int(begin.split(" ")[1].removeprefix("/hooks/"))
        kind = self.kinds.get(number)
        if kind is Kind.SLOW:
            await asyncio.sleep(SLOW_SECONDS)
        writer.write(_ANSWERS[kind])
        await writer.drain()
        if kind in {None, Kind.SLOW}:
            self.first.setdefault(number, time.monotonic())
            self.heard[number][headers.get("webhook-id", "")] += 1
        writer.close()
