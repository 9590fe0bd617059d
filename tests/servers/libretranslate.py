"""A stand-in for LibreTranslate: its `/translate`, `/languages` and `/health`, on loopback.

`python -m tests.servers.libretranslate --port 5000` runs it alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.servers.base import Asked, Behaviour, EngineHandler, EngineServer, serve


class _Handler(EngineHandler):
    engine: LibreTranslateServer

    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        asked = Asked("GET", self.path)
        self.respond(asked, lambda _: _as_json(self._found()))

    def do_POST(self) -> None:  # noqa: N802 - as http.server calls it
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = sent["q"] if isinstance(sent["q"], list) else [sent["q"]]
        asked = Asked("POST", self.path, tuple(texts), sent["source"], sent["target"])
        if self.engine.api_key is not None and sent.get("api_key") != self.engine.api_key:
            self._refuse(asked, 403, "Invalid API key")
            return
        for code in (asked.source, asked.target):
            if code not in self.engine.languages:
                self._refuse(asked, 400, f"{code} is not supported")
                return

        def write(behaviour: Behaviour) -> tuple[str, bytes]:
            answers = self.engine.answers(asked, behaviour)
            return _as_json({"translatedText": answers if isinstance(sent["q"], list) else answers[0]})

        self.respond(asked, write)

    def _refuse(self, asked: Asked, status: int, sentence: str) -> None:
        self.engine.take(asked)
        self.send(status, *_as_json({"error": sentence}))

    def _found(self) -> Any:
        if self.path != "/languages":
            return {"status": "ok"}
        languages = self.engine.languages
        return [{"code": code, "name": code, "targets": list(languages)} for code in languages]


class LibreTranslateServer(EngineServer):
    """Every pair of its languages works; with an `api_key`, only for those who send it."""

    handler = _Handler

    def __init__(
        self, languages: Sequence[str] = ("nl", "fr", "de", "en"), *, api_key: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.languages = tuple(languages)
        self.api_key = api_key


def _as_json(value: Any) -> tuple[str, bytes]:
    return "application/json", json.dumps(value).encode()


if __name__ == "__main__":
    serve(lambda port, latency: LibreTranslateServer(port=port, latency=latency))
