"""A stand-in for DeepL: `/v2/translate`, `/v2/usage`, `/v2/languages` and `/v3/glossaries`, on loopback.

It keeps glossaries and obeys them. `python -m tests.servers.deepl --port 5004` runs it alone; it takes any key.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, unescape

from tests.servers.base import ANSWERS, Asked, Behaviour, EngineHandler, EngineServer, serve

SOURCES = ("NL", "FR", "DE", "EN", "PT", "ZH")
# Whether each target knows a formal tone.
TARGETS = {
    "NL": True,
    "FR": True,
    "DE": True,
    "EN-GB": False,
    "EN-US": False,
    "PT-PT": True,
    "PT-BR": True,
    "ZH-HANS": False,
    "ZH-HANT": False,
}
MOST_TEXTS = 50
MOST_BYTES = 128 * 1024
GLOSSARIES = "/v3/glossaries"
_DONE = {"POST": 201, "DELETE": 204}  # what is told of a glossary that was made or removed
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, slots=True)
class DeepLAsked(Asked):
    """One request, with whose key it came and all that its body said."""

    authorization: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def glossary_id(self) -> str | None:
        return self.sent.get("glossary_id")


@dataclass(slots=True)
class KeptGlossary:
    """A glossary of one pair of languages."""

    name: str
    source: str
    target: str
    entries: dict[str, str]
    glossary_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    made: datetime = field(default_factory=lambda: datetime.now(UTC))

    def described(self) -> dict[str, Any]:
        pair = {"source_lang": self.source.lower(), "target_lang": self.target.lower()}
        return {
            "glossary_id": self.glossary_id,
            "name": self.name,
            "dictionaries": [{**pair, "entry_count": len(self.entries)}],
            "creation_time": self.made.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        }


class _Refusal(Exception):  # noqa: N818 - it is an answer
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Handler(EngineHandler):
    engine: DeepLServer

    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        self._answer("GET")

    def do_POST(self) -> None:  # noqa: N802 - as http.server calls it
        self._answer("POST")

    def do_DELETE(self) -> None:  # noqa: N802 - as http.server calls it
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        length = int(self.headers["Content-Length"] or 0)
        sent = self._read(self.rfile.read(length).decode())
        asked = DeepLAsked(
            method,
            self.path,
            tuple(sent.get("text", ())),
            sent.get("source_lang", ""),
            sent.get("target_lang", ""),
            authorization=self.headers["Authorization"] or "",
            sent=sent,
        )

        def write(behaviour: Behaviour) -> tuple[str, bytes]:
            self._check(asked, length, behaviour)
            value = self._value(asked, behaviour)
            return "application/json", b"" if value is None else json.dumps(value, ensure_ascii=False).encode()

        try:
            self.respond(asked, write, status=_DONE.get(method, 200) if self.path.startswith(GLOSSARIES) else 200)
        except _Refusal as refusal:
            self.send(refusal.status, "application/json", json.dumps({"message": str(refusal)}).encode())

    def _read(self, body: str) -> dict[str, Any]:
        """Read a body: the library sends some as a form."""
        if self.headers["Content-Type"] == "application/x-www-form-urlencoded":
            return {name: values[0] for name, values in parse_qs(body).items()}
        return json.loads(body) if body else {}

    def _check(self, asked: DeepLAsked, length: int, behaviour: Behaviour) -> None:
        """Refuse what the true one refuses, with its own numbers; it quotes what it refuses."""
        kind, _, key = asked.authorization.partition(" ")
        if kind != "DeepL-Auth-Key" or not key or self.engine.key not in {None, key}:
            raise _Refusal(403, "Forbidden")
        if self.engine.refusal is not None and asked.texts:
            raise _Refusal(self.engine.refusal, f"What was refused: {asked.texts[0]}")
        if behaviour is Behaviour.QUOTA:
            raise _Refusal(456, "Quota Exceeded")
        if asked.texts and (length > MOST_BYTES or len(asked.texts) > MOST_TEXTS):
            raise _Refusal(413, f"Request Entity Too Large, it began with {asked.texts[0][:20]}")

    def _value(self, asked: DeepLAsked, behaviour: Behaviour) -> Any:
        parts = urlsplit(asked.path)
        match asked.method, parts.path:
            case "POST", "/v2/translate":
                return self._translated(asked, behaviour)
            case "GET", "/v2/usage":
                return {"character_count": self.engine.used, "character_limit": self.engine.limit}
            case "GET", "/v2/languages":
                return self._languages(asked.sent.get("type") or parse_qs(parts.query).get("type", ["source"])[0])
            case "GET", path if path == GLOSSARIES:
                return {"glossaries": [glossary.described() for glossary in self.engine.glossaries]}
            case "POST", path if path == GLOSSARIES:
                return self.engine.keep(asked.sent).described()
            case "DELETE", path if path.startswith(GLOSSARIES + "/"):
                self.engine.glossaries.remove(self.engine.glossary(path.rpartition("/")[2]))
                return None
        raise _Refusal(404, "Not found")

    def _languages(self, kind: str) -> list[dict[str, Any]]:
        if kind == "target":
            targets = self.engine.targets
            return [{"language": code, "name": code, "supports_formality": targets[code]} for code in targets]
        return [{"language": code, "name": code} for code in self.engine.sources]

    def _translated(self, asked: DeepLAsked, behaviour: Behaviour) -> dict[str, Any]:
        if asked.source not in self.engine.sources:
            raise _Refusal(400, "Value for 'source_lang' not supported.")
        if asked.target not in self.engine.targets:
            raise _Refusal(400, "Value for 'target_lang' not supported.")
        if asked.sent.get("formality") in {"more", "less"} and not self.engine.targets[asked.target]:
            raise _Refusal(400, "'formality' is not supported for given 'target_lang'.")
        translations = []
        for place, answer in enumerate(self.engine.answers(asked, behaviour)):
            translation: dict[str, Any] = {"detected_source_language": asked.source, "text": answer}
            if asked.sent.get("show_billed_characters"):
                translation["billed_characters"] = len(asked.texts[min(place, len(asked.texts) - 1)])
            if "model_type" in asked.sent:
                translation["model_type_used"] = self.engine.model
            translations.append(translation)
        return {"translations": translations}


class DeepLServer(EngineServer):
    """Every pair of its languages works; with a `key`, only for those who send it.

    `refusal` is the status with which every translation is refused. `room` is how many glossaries the account holds,
    `without_glossaries` the languages for which there are none, `at_glossaries` how it behaves where glossaries are
    asked for, and `meanwhile` what another worker makes just before a glossary is made.
    """

    handler = _Handler

    def __init__(
        self,
        *,
        key: str | None = None,
        sources: Sequence[str] = SOURCES,
        targets: Mapping[str, bool] = TARGETS,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.key = key
        self.sources = tuple(sources)
        self.targets = dict(targets)
        self.used, self.limit = 61_234, 500_000
        self.model = "quality_optimized"
        self.refusal: int | None = None
        self.glossaries: list[KeptGlossary] = []
        self.room = 1_000
        self.without_glossaries: frozenset[str] = frozenset()
        self.at_glossaries: Behaviour | None = None
        self.meanwhile: KeptGlossary | None = None

    @property
    def names(self) -> list[str]:
        """The names of the glossaries it keeps, in the order in which they were made."""
        return [glossary.name for glossary in self.glossaries]

    def asked_at_glossaries(self, *methods: str) -> list[DeepLAsked]:
        """Return the requests that had to do with glossaries, those of some methods where any are named."""
        with self._lock:
            return [
                asked
                for asked in self.requests
                if isinstance(asked, DeepLAsked)
                and asked.path.startswith(GLOSSARIES)
                and (not methods or asked.method in methods)
            ]

    def take(self, asked: Asked) -> Behaviour:
        behaviour = super().take(asked)
        return self.at_glossaries or behaviour if asked.path.startswith(GLOSSARIES) else behaviour

    def answers(self, asked: Asked, behaviour: Behaviour) -> list[str]:
        """Translate the words between the tags, each term of the glossary as it says."""
        assert isinstance(asked, DeepLAsked)
        glossary = None if asked.glossary_id is None else self.glossary(asked.glossary_id)
        good = [self._xml(text, asked, glossary.entries if glossary else {}) for text in asked.texts]
        twist = ANSWERS.get(behaviour)
        return good if twist is None else twist(list(asked.texts), good)

    def glossary(self, glossary_id: str) -> KeptGlossary:
        found = next((glossary for glossary in self.glossaries if glossary.glossary_id == glossary_id), None)
        if found is None:
            raise _Refusal(404, "Glossary not found")
        return found

    def keep(self, sent: Mapping[str, Any]) -> KeptGlossary:
        """Make a glossary as a request says; what another worker made meanwhile is there before it."""
        if self.meanwhile is not None:
            self.glossaries.append(self.meanwhile)
            self.meanwhile = None
        if len(self.glossaries) >= self.room:
            raise _Refusal(456, "Quota Exceeded")
        (words,) = sent["dictionaries"]
        entries: dict[str, str] = {}
        for line in words["entries"].split("\n"):
            source, tab, target = line.partition("\t")
            if not (tab and source.strip() and target.strip()) or "\t" in target or source in entries:
                raise _Refusal(400, f"Invalid glossary entries provided: {line}")
            entries[source] = target
        if self.without_glossaries & {words["source_lang"], words["target_lang"]} or words["entries_format"] != "tsv":
            raise _Refusal(400, "Unsupported glossary source and target language pair")
        made = KeptGlossary(sent["name"], words["source_lang"], words["target_lang"], entries)
        self.glossaries.append(made)
        return made

    def _xml(self, text: str, asked: DeepLAsked, entries: Mapping[str, str]) -> str:
        if asked.sent.get("tag_handling") != "xml":
            return self._words(text, asked, entries)
        try:
            ET.fromstring(f"<text>{text}</text>")  # noqa: S314 - what a test sent
        except ET.ParseError:
            raise _Refusal(400, f"Tag handling parsing failed, please check input: {text}") from None
        return "".join(
            piece if place % 2 else escape(self._words(unescape(piece), asked, entries))
            for place, piece in enumerate(_TAG.split(text))
        )

    def _words(self, text: str, asked: DeepLAsked, entries: Mapping[str, str]) -> str:
        source, target = (code.partition("-")[0].lower() for code in (asked.source, asked.target))
        if not entries:
            return self.translate(text, source, target)
        longest_first = sorted(map(re.escape, entries), key=len, reverse=True)
        pieces = re.split(rf"(?<!\w)({'|'.join(longest_first)})(?!\w)", text)
        return "".join(
            entries[piece] if place % 2 else self.translate(piece, source, target) for place, piece in enumerate(pieces)
        )


if __name__ == "__main__":
    serve(lambda port, latency: DeepLServer(port=port, latency=latency))
