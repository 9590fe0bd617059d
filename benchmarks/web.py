"""The desk's web server in a process of its own, and a browser that costs next to nothing: one open connection."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Self
from urllib.parse import urlencode

from service.config import Settings, child_environment
from service.supervisor.children import Child, Plan, stop
from service.supervisor.commands import web_command

SECONDS_TO_START = 60.0


@contextmanager
def web_server(settings: Settings) -> Iterator[int]:
    """Serve the desk of these settings on loopback, as `perstolk run` does; give the port."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("PERSTOLK_")}
    own = {name: value for name, value in child_environment(settings).items() if name.startswith("PERSTOLK_")}
    own["PERSTOLK_DATABASE_URL"] = settings.database_url
    own["PERSTOLK_SECRET_KEY"] = settings.secret_key.get_secret_value()
    environment = {**given, **own}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        descriptor = listening.fileno()
        child = Child(Plan("web", web_command(listen_fd=descriptor), pass_fds=(descriptor,)), environment)
        child.start()
        try:
            port: int = listening.getsockname()[1]
            _await_answer(port)
            yield port
        finally:
            stop([child], patience_seconds=5.0, hurry_seconds=1.0, now_or_never=lambda: True)


def _await_answer(port: int) -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", "/livez")
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()


class Browser:
    """One connection to a web server, kept open, with what cookies it was given."""

    def __init__(self, port: int) -> None:
        """Connect at the first request."""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
        self._cookies: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Hang up."""
        self._connection.close()

    def get(self, path: str) -> str:
        """Return a page; an answer other than 200 is an error."""
        return self._ask("GET", path, None, "text/html", 200)

    def post(self, path: str, form: Mapping[str, object], *, accept: str = "text/html", status: int = 200) -> str:
        """Send a form and return the answer, which has to have the status."""
        return self._ask("POST", path, urlencode(form), accept, status)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the form."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/sign-in"))
        assert found is not None
        self.post("/sign-in", {"csrf_token": found[1], "email": email, "password": password}, status=303)

    def _ask(self, method: str, path: str, body: str | None, accept: str, status: int) -> str:
        headers = {"Accept": accept, "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        assert answer.status == status, (method, path, answer.status, text[:500])
        return text
