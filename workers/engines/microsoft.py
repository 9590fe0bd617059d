"""Microsoft Translator: an adapter of our own; why not the library's is told in docs/adr/0006.

It speaks version 3 of the Text API. Texts travel as HTML, so that words marked `notranslate` come back as they were.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from service.config import Settings
from workers.engines.base import (
    NO_HINTS,
    PROBE_WORD,
    REST_SECONDS,
    Batch,
    Capabilities,
    Deadline,
    EngineBadAnswer,
    EngineError,
    EngineRefused,
    EngineUnavailable,
    Health,
    Hints,
    Markup,
    Rate,
    probed,
)
from workers.engines.clearance import cleared
from workers.engines.client import EngineClient, Patience, Reply

NAME = "microsoft"
PUBLIC_URL = "https://api.cognitive.microsofttranslator.com"
OK = 200

# Microsoft's codes where they are not the language's.
CODES: Mapping[str, str] = {
    "no": "nb",
    "zh": "zh-Hans",
    "zh-CN": "zh-Hans",
    "zh-Hans": "zh-Hans",
    "zh-SG": "zh-Hans",
    "zh-Hant": "zh-Hant",
    "zh-HK": "zh-Hant",
    "zh-MO": "zh-Hant",
    "zh-TW": "zh-Hant",
    "sr": "sr-Cyrl",
    "sr-Cyrl": "sr-Cyrl",
    "sr-Latn": "sr-Latn",
    "mn": "mn-Cyrl",
    "fr-CA": "fr-ca",
    "pt-PT": "pt-pt",  # its "pt" is Brazil's
    "tl": "fil",
}

# The numbers of its errors: the three digits of the HTTP status, and three of its own.
_LANGUAGE = frozenset({400003, 400006, 400019, 400023, 400035, 400036, 400075})
_LENGTH = frozenset({400050, 400072, 400077})
_QUOTA = frozenset({403001})
_UNAUTHORIZED = frozenset({401, 403})
_AGAIN_LATER = 408


class Microsoft:
    """The Translator resource that a key belongs to; several texts travel as the list of one request."""

    def __init__(
        self, key: str, *, region: str | None = None, url: str | None = None, patience: Patience | None = None
    ) -> None:
        """Take the key, the resource's region unless it is global, and the address if it is not the public one."""
        self._url = (url or PUBLIC_URL).rstrip("/")
        self._key = key
        self._region = "".join((region or "").split()).lower()  # the portal shows "West Europe" for westeurope
        self._client = EngineClient(in_office=False, patience=patience)
        self._capabilities = Capabilities(
            name=NAME,
            runs_in_office=False,  # wherever its address leads
            batch=Batch.LIST,
            markup=Markup.HTML,
            # It takes 50,000 characters in 1,000 texts; the marks around protected words count, and short lists
            # come back sooner.
            max_characters=5_000,
            max_bytes=50_000,
            max_items=25,
            concurrency=4,
            rate=Rate(10),
            codes=CODES,
            configuration=hashlib.sha256(f"{self._url}\n{self._region}\n{key}".encode()).hexdigest()[:16],
        )

    @property
    def capabilities(self) -> Capabilities:
        """The engine's row in the table."""
        return self._capabilities

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        deadline: Deadline,
        hints: Hints = NO_HINTS,  # noqa: ARG002 - it can use none
    ) -> list[str]:
        """Translate all texts, which are HTML, in one request; an empty string where an answer is missing."""
        if not texts:
            return []
        params = {
            "api-version": "3.0",
            "from": self._capabilities.code_for(source),
            "to": self._capabilities.code_for(target),
            "textType": "html",
        }
        reply = self._client.request(
            "POST",
            f"{self._url}/translate",
            deadline=deadline,
            params=params,
            json=[{"Text": text} for text in texts],
            headers=self._headers(),
        )
        if reply.status != OK:
            raise _error(reply)
        answered = _json(reply)
        if not isinstance(answered, list) or len(answered) != len(texts):
            raise EngineBadAnswer("wrong_count", f"{len(texts)} texts were sent", singly=True)
        return [_text(item) for item in answered]

    def probe(self, *, deadline: Deadline) -> Health:
        """Translate one fixed word, which is cleared for anywhere: the list of languages would need no key."""

        def ask() -> str:
            with cleared(outside=True):
                found = self.translate([PROBE_WORD], source="nl", target="en", deadline=deadline)
            if not found[0]:
                raise EngineBadAnswer("garbage", "no translation of the word that was sent")
            return ""

        return probed(ask)

    def _headers(self) -> dict[str, str]:
        """Return what proves who asks; a key that cannot stand in a header is refused here."""
        headers = {"Ocp-Apim-Subscription-Key": self._key}
        if self._region:
            headers["Ocp-Apim-Subscription-Region"] = self._region
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            raise EngineRefused("bad_key", "the key or its region holds a character that none has")
        return headers


def _json(reply: Reply) -> Any:
    """Read an answer that must be JSON."""
    try:
        return json.loads(reply.text)
    except ValueError:
        raise EngineBadAnswer("garbage", "the answer is not JSON") from None


def _text(item: Any) -> str:
    """Return the first translation of one text, or nothing where there is none."""
    try:
        text = item["translations"][0]["text"]
    except (LookupError, TypeError):
        return ""
    return text if isinstance(text, str) else ""


def _error(reply: Reply) -> EngineError:
    """Tell the kinds of refusal apart by their numbers; the server's own sentence is not read."""
    try:
        code = int(_json(reply)["error"]["code"])
    except (EngineError, LookupError, TypeError, ValueError):
        code = 0
    detail = f"HTTP {reply.status}, {code}" if code else f"HTTP {reply.status}"
    if code in _QUOTA:
        return EngineUnavailable("rate_limited", detail, rest_seconds=REST_SECONDS)
    if reply.status in _UNAUTHORIZED:
        return EngineRefused("bad_key", detail)
    if code in _LANGUAGE:
        return EngineRefused("no_such_language", detail)
    if code in _LENGTH:
        return EngineBadAnswer("too_long", detail, singly=True)
    if reply.status == _AGAIN_LATER:
        return EngineUnavailable(f"http_{reply.status}", detail)
    return EngineBadAnswer(f"http_{reply.status}", detail, singly=True)


def build(settings: Settings) -> Microsoft | None:
    """Build it where its key is set."""
    if settings.microsoft_api_key is None:
        return None
    key = settings.microsoft_api_key.get_secret_value()
    return Microsoft(key, region=settings.microsoft_region, url=settings.microsoft_url)
