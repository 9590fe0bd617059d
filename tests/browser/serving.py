"""Pages served on a free port of loopback, in a thread of the test's process."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server


class _QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log(self, *_: object) -> None:  # type: ignore[override]
        """Say nothing."""


class PageServer:
    """Serves `app`, which may be put there once it has been told `origin`."""

    def __init__(self, app: Any = None) -> None:
        self.app = app or _not_yet
        self.server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_QuietHandler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        """Close what was answered once it is sent.

        The server itself closes it only after it has looked for more of the request, which fails when a tab that
        was closed dropped the connection; the file of a style sheet then stayed open.
        """
        body = self.app(environ, start_response)
        try:
            yield from body
        finally:
            if hasattr(body, "close"):
                body.close()


def _not_yet(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Stand in for the application until it can be told its own address."""
    start_response("503 Service Unavailable", [])
    return []


@contextmanager
def serving(app: Any = None) -> Iterator[PageServer]:
    """Serve an application for as long as the context lasts."""
    pages = PageServer(app)
    thread = threading.Thread(target=pages.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield pages
    finally:
        pages.server.shutdown()
        thread.join(10)
        pages.server.server_close()
