"""A stand-in for Microsoft Translator: `/translate` of its Text API, version 3, on loopback.

`python -m tests.servers.microsoft --port 5003` runs it alone.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.base import ANSWERS, Asked, Behaviour, EngineHandler, EngineServer, serve

LANGUAGES = ("nl", "fr", "fr-ca", "de", "en", "nb", "pt", "pt-pt", "sr-Cyrl", "sr-Latn", "zh-Hans", "zh-Hant")
MOST_TEXTS = 1_000
MOST_CHARACTERS = 50_000
_KEPT = re.compile(r'(<span class="notranslate">.*?</span>|<[^<>]+>)', re.DOTALL)


class _Refusal(Exception):  # noqa: N818 - it is an answer
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = json.dumps({"error": {"code": code, "message": message}}).encode()


class _Handler(EngineHandler):
    engine: MicrosoftServer

    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        listed = {code: {"name": code, "nativeName": code, "dir": "ltr"} for code in self.engine.languages}
        self.respond(Asked("GET", urlsplit(self.path).path), lambda _: _as_json({"translation": listed}))

    def do_POST(self) -> None:  # noqa: N802 - as http.server calls it
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        parts = urlsplit(self.path)
        params = {name: values[0] for name, values in parse_qs(parts.query).items()}
        texts = tuple(str(item["Text"]) for item in sent)
        asked = Asked("POST", parts.path, texts, params.get("from", ""), params.get("to", ""))
        self.engine.params.append(params)

        def write(behaviour: Behaviour) -> tuple[str, bytes]:
            if behaviour is Behaviour.QUOTA:
                raise _Refusal(403, 403001, "The free quota of this subscription is used up.")
            answers = self.engine.answers(asked, behaviour)
            return _as_json([{"translations": [{"text": text, "to": asked.target}]} for text in answers])

        try:
            self._check(asked, params)
            self.respond(asked, write)
        except _Refusal as refusal:
            if asked not in self.engine.requests:
                self.engine.take(asked)
            self.send(refusal.status, "application/json; charset=utf-8", refusal.body)

    def _check(self, asked: Asked, params: dict[str, str]) -> None:
        """Refuse what the true one refuses, with its own numbers."""
        if self.engine.refusal is not None:
            raise _Refusal(*self.engine.refusal, f"What was refused: {asked.texts[0]}")
        found = self.headers["Ocp-Apim-Subscription-Key"], self.headers["Ocp-Apim-Subscription-Region"]
        if found != (self.engine.key, self.engine.region):
            raise _Refusal(401, 401000, "The key is missing or wrong.")
        if params.get("api-version") != "3.0":
            raise _Refusal(400, 400021, "The version is missing or wrong.")
        if asked.source not in self.engine.languages:
            raise _Refusal(400, 400035, "The source language is not valid.")
        if asked.target not in self.engine.languages:
            raise _Refusal(400, 400036, "The target language is not valid.")
        if len(asked.texts) > MOST_TEXTS:
            raise _Refusal(400, 400072, "There are too many texts.")
        if sum(map(len, asked.texts)) > MOST_CHARACTERS:
            raise _Refusal(400, 400050, "The text is too long.")


class MicrosoftServer(EngineServer):
    """Every pair of its languages works for those who send its key, and its region where it has one.

    `refusal` is the status and the number with which every request is refused.
    """

    handler = _Handler

    def __init__(
        self, *, key: str = "a-key", region: str | None = None, languages: Sequence[str] = LANGUAGES, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.key = key
        self.region = region
        self.languages = tuple(languages)
        self.refusal: tuple[int, int] | None = None
        self.params: list[dict[str, str]] = []

    def answers(self, asked: Asked, behaviour: Behaviour) -> list[str]:
        """Translate the words between the tags, leaving whole what is marked as not to be translated."""
        good = [self._html(text, asked.source, asked.target) for text in asked.texts]
        twist = ANSWERS.get(behaviour)
        return good if twist is None else twist(list(asked.texts), good)

    def _html(self, text: str, source: str, target: str) -> str:
        pieces = _KEPT.split(text)
        translated = [
            piece if place % 2 else html.escape(self.translate(html.unescape(piece), source, target), quote=False)
            for place, piece in enumerate(pieces)
        ]
        return "".join(translated)


def _as_json(value: Any) -> tuple[str, bytes]:
    return "application/json; charset=utf-8", json.dumps(value, ensure_ascii=False).encode()


if __name__ == "__main__":
    serve(lambda port, latency: MicrosoftServer(port=port, latency=latency))
