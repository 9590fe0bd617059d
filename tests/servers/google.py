"""A stand-in for Google's page for simple browsers, from which deep-translator reads its answers, on loopback.

`python -m tests.servers.google --port 5001` runs it alone.
"""

from __future__ import annotations

import html
from urllib.parse import parse_qs, urlsplit

from tests.servers.base import Asked, Behaviour, EngineHandler, EngineServer, serve


class _Handler(EngineHandler):
    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        parts = urlsplit(self.path)
        sent = {name: values[0] for name, values in parse_qs(parts.query).items()}
        text = sent.get("q", "")
        asked = Asked("GET", parts.path, (text,), sent.get("sl", ""), sent.get("tl", ""))

        def write(behaviour: Behaviour) -> tuple[str, bytes]:
            # The page knows one text; a line of it is what a text of a list is to the others.
            lines = Asked(asked.method, asked.path, tuple(text.split("\n")), asked.source, asked.target)
            answer = html.escape("\n".join(self.engine.answers(lines, behaviour)))
            page = f'<!DOCTYPE html><html><body><div class="result-container">{answer}</div></body></html>'
            return "text/html; charset=utf-8", page.encode()

        self.respond(asked, write)


class GoogleServer(EngineServer):
    """Translates between any two languages."""

    handler = _Handler

    @property
    def page(self) -> str:
        """The address to set as the engine's."""
        return f"{self.url}/m"


if __name__ == "__main__":
    serve(lambda port, latency: GoogleServer(port=port, latency=latency))
