"""A stand-in for MyMemory: its `/get`, on loopback.

`python -m tests.servers.mymemory --port 5004` runs it alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.base import Asked, Behaviour, EngineHandler, EngineServer, serve

LANGUAGES = ("nl-NL", "nl-BE", "fr-FR", "fr-BE", "de-DE", "en-GB", "pt-PT", "sr-Latn-RS", "zh-CN")
MOST_BYTES = 500
QUOTA = (
    "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT AVAILABLE IN  07 HOURS 12 MINUTES "
    "33 SECONDS"
)


class _Handler(EngineHandler):
    engine: MyMemoryServer

    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        parts = urlsplit(self.path)
        sent = {name: values[0] for name, values in parse_qs(parts.query).items()}
        text = sent.get("q", "")
        source, _, target = sent.get("langpair", "").partition("|")
        asked = Asked("GET", parts.path, (text,), source, target)
        self.engine.emails.append(sent.get("de"))

        def write(behaviour: Behaviour) -> tuple[str, bytes]:
            refusal = self._refusal(asked)
            if refusal is not None:
                return _as_json(refusal, status="403", details=refusal)
            if behaviour is Behaviour.QUOTA:
                return _as_json(QUOTA, status=429, details=QUOTA, quotaFinished=True)
            if behaviour is Behaviour.NOTICE:
                notice = f"QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : {MOST_BYTES} CHARS"
                return _as_json(notice, status="403", details=notice)
            answer = " ".join(self.engine.answers(asked, behaviour))
            return _as_json(answer, matches=self.engine.matches, **self.engine.besides)

        self.respond(asked, write)

    def _refusal(self, asked: Asked) -> str | None:
        """Return the sentence with which the true one refuses, in the place of the translation."""
        if asked.source == asked.target:
            return "PLEASE SELECT TWO DISTINCT LANGUAGES"
        for code, side in ((asked.source, "SOURCE"), (asked.target, "TARGET")):
            if code not in self.engine.languages:
                return f"'{code}' IS AN INVALID {side} LANGUAGE . EXAMPLE: LANGPAIR=EN|IT"
        if len(asked.texts[0].encode()) > MOST_BYTES:
            return f"QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : {MOST_BYTES} CHARS"
        return None


class MyMemoryServer(EngineServer):
    """Every pair of its languages works. `besides` are parts of its answer that a test wants otherwise."""

    handler = _Handler

    def __init__(self, *, languages: Sequence[str] = LANGUAGES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.languages = tuple(languages)
        self.matches: list[dict[str, Any]] = []
        self.besides: dict[str, Any] = {}
        self.emails: list[str | None] = []


def _as_json(text: str, *, status: int | str = 200, details: str = "", **besides: Any) -> tuple[str, bytes]:
    answer = {
        "responseData": {"translatedText": text, "match": 0.85},
        "quotaFinished": False,
        "mtLangSupported": None,
        "responseDetails": details,
        "responseStatus": status,
        "responderId": "1",
        "exception_code": None,
        "matches": [],
        **besides,
    }
    return "application/json; charset=utf-8", json.dumps(answer).encode()


if __name__ == "__main__":
    serve(lambda port, latency: MyMemoryServer(port=port, latency=latency))
