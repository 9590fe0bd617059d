"""Google without a key, through deep-translator: an instance for each call, and bounded exchanges in place of its own.

The library asks `requests` without any time-out; the name `requests` inside its module is replaced by an object
that asks through `workers.engines.client`. Nothing else of the library or of `requests` is touched.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import deep_translator.google
from deep_translator import exceptions
from deep_translator.constants import BASE_URLS

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
    Rate,
    probed,
)
from workers.engines.clearance import cleared
from workers.engines.client import EngineClient, Patience

NAME = "google"
OK = 200
PUBLIC_URL = BASE_URLS["GOOGLE_TRANSLATE"]
USUAL_SECONDS = 20.0

# Google's codes where they are not the language's.
CODES: Mapping[str, str] = {"zh": "zh-CN", "zh-CN": "zh-CN", "zh-TW": "zh-TW", "nb": "no", "he": "iw"}


@dataclass(frozen=True, slots=True)
class _Call:
    """What the exchange of the call under way is bounded by."""

    client: EngineClient
    deadline: Deadline


_CALL: ContextVar[_Call] = ContextVar("google_call")
_CONSTRUCTION = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Answered:
    """The part of a `requests` answer that the library reads."""

    status_code: int
    text: str

    def close(self) -> None:
        """Nothing is left open."""


class _BoundedRequests:
    """Stands in the place of `requests` in the library's module."""

    @staticmethod
    def get(url: str, params: Mapping[str, Any] | None = None, **_ignored: Any) -> _Answered:
        """Ask within the bounds of the call under way; whoever calls the library elsewhere has the usual ones."""
        call = _CALL.get(None) or _Call(EngineClient(in_office=False), Deadline(USUAL_SECONDS))
        sent = {name: str(value) for name, value in (params or {}).items()}
        reply = call.client.request("GET", url, deadline=call.deadline, params=sent)
        if reply.status != OK:
            raise EngineBadAnswer(f"http_{reply.status}", f"HTTP {reply.status}", singly=True)
        return _Answered(reply.status, reply.text)


deep_translator.google.requests = _BoundedRequests()


class Google:
    """Google's page for simple browsers; it takes one text a request, so several travel as its lines."""

    def __init__(self, url: str | None = None, *, patience: Patience | None = None) -> None:
        """Take the page's address if it is not the public one."""
        self._url = url or PUBLIC_URL
        if not urlsplit(self._url).path:
            self._url += "/m"
        self._client = EngineClient(in_office=False, patience=patience)
        self._capabilities = Capabilities(
            name=NAME,
            runs_in_office=False,  # wherever its address leads
            keyless=True,
            batch=Batch.LINES,
            max_characters=4_900,
            max_bytes=12_000,
            max_items=120,
            concurrency=4,
            rate=Rate(20),
            codes=CODES,
            configuration=hashlib.sha256(self._url.encode()).hexdigest()[:16],
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
        """Translate each text in a request of its own; an empty string where the library answers None."""
        codes = self._capabilities.code_for(source), self._capabilities.code_for(target)
        token = _CALL.set(_Call(self._client, deadline))
        try:
            return [self._one(text, *codes) for text in texts]
        finally:
            _CALL.reset(token)

    def probe(self, *, deadline: Deadline) -> Health:
        """Translate one fixed word, which is cleared for anywhere."""

        def ask() -> str:
            with cleared(outside=True):
                found = self.translate([PROBE_WORD], source="nl", target="en", deadline=deadline)
            if not found[0]:
                raise EngineBadAnswer("garbage", "no translation of the word that was sent")
            return ""

        return probed(ask)

    def _one(self, text: str, source: str, target: str) -> str:
        """Ask for one text; the library's errors hold the text, so nothing of them is kept."""
        try:
            answer = self._translator(source, target).translate(text)
        except EngineError:
            raise
        except exceptions.TooManyRequests:
            raise EngineUnavailable("rate_limited", rest_seconds=REST_SECONDS) from None
        except exceptions.LanguageNotSupportedException:
            raise EngineRefused("no_such_language", f"no {source} to {target}") from None
        except exceptions.NotValidLength:
            raise EngineBadAnswer("too_long", "the text is longer than the engine takes") from None
        except exceptions.TranslationNotFound:
            raise EngineBadAnswer("garbage", "no translation in the page") from None
        except Exception as error:  # noqa: BLE001 - the library lets anything through
            raise EngineBadAnswer("garbage", type(error).__name__) from None
        return answer if isinstance(answer, str) else ""

    def _translator(self, source: str, target: str) -> Any:
        """Make an instance that asks this engine's address; the library takes it from a table all share."""
        with _CONSTRUCTION:
            BASE_URLS["GOOGLE_TRANSLATE"] = self._url
            try:
                return deep_translator.google.GoogleTranslator(source=source, target=target)
            finally:
                BASE_URLS["GOOGLE_TRANSLATE"] = PUBLIC_URL


def build(settings: Settings) -> Google:
    """Build it always: it needs no key."""
    return Google(settings.google_url)
