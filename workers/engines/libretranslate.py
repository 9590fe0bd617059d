"""LibreTranslate: an adapter of our own, because the library's has no Dutch.

The server may run in the office or elsewhere, which is found by looking at where its name leads; the client looks
again at each connection before a confidential text is sent.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from service.config import Settings
from workers.engines.base import (
    NO_HINTS,
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
    probed,
)
from workers.engines.clearance import Resolver, cleared, is_office_host, resolve
from workers.engines.client import EngineClient, Patience, Reply

NAME = "libretranslate"
LANGUAGES_SECONDS = 600.0
RESOLVED_SECONDS = 30.0
OK, UNAUTHORIZED, FORBIDDEN = 200, 401, 403

# LibreTranslate's own codes where they are not the language's.
CODES: Mapping[str, str] = {"zh": "zh-Hans", "zh-TW": "zh-Hant", "no": "nb"}

# Which targets the server offers for each source.
Languages = Mapping[str, frozenset[str]]


class LibreTranslate:
    """A LibreTranslate server at one address; several texts travel as the list `q` of one request."""

    def __init__(
        self,
        url: str,
        api_key: str | None = None,
        *,
        patience: Patience | None = None,
        resolver: Resolver = resolve,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the server's base address and the key, if it wants one; nothing is asked yet."""
        self._url = url.rstrip("/")
        self._host = urlsplit(url).hostname or ""
        self._api_key = api_key
        self._patience = patience
        self._resolver = resolver
        self._clock = clock
        self._lock = threading.Lock()
        self._resolved: tuple[float, bool] | None = None
        self._languages: tuple[float, Languages] | None = None
        self._capabilities = Capabilities(
            name=NAME,
            runs_in_office=False,
            keyless=api_key is None,
            batch=Batch.LIST,
            max_characters=4_000,
            max_bytes=50_000,
            # The server works through a list one by one: such lists come back in time from a slow machine too.
            max_items=26,
            concurrency=3,
            codes=CODES,
            configuration=hashlib.sha256(f"{url}\n{api_key}".encode()).hexdigest()[:16],
        )

    @property
    def capabilities(self) -> Capabilities:
        """The engine's row; whether it runs in the office is looked up anew every half a minute."""
        return replace(self._capabilities, runs_in_office=self._is_in_office())

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        deadline: Deadline,
        hints: Hints = NO_HINTS,  # noqa: ARG002 - it can use none
    ) -> list[str]:
        """Translate all texts in one request; raises `EngineRefused` where the server lacks the pair."""
        if not texts:
            return []
        source_code, target_code = self._pair(source, target, deadline)
        asked: dict[str, Any] = {
            "q": list(texts),
            "source": source_code,
            "target": target_code,
            "format": "text",
        }
        if self._api_key is not None:
            asked["api_key"] = self._api_key
        reply = self._request("POST", "/translate", deadline, asked)
        if reply.status != OK:
            raise _error(reply)
        translated = _json(reply).get("translatedText")
        if isinstance(translated, str) and len(texts) == 1:
            translated = [translated]
        if not isinstance(translated, list) or len(translated) != len(texts):
            raise EngineBadAnswer("wrong_count", f"{len(texts)} texts were sent", singly=True)
        return [text if isinstance(text, str) else "" for text in translated]

    def probe(self, *, deadline: Deadline) -> Health:
        """Ask for the languages, which also tells whether any model is loaded; wherever the server is."""

        def ask() -> str:
            with cleared(outside=True):
                languages = self._ask_languages(deadline)
            if not languages:
                raise EngineRefused("no_such_language", "the server knows no language")
            return f"{len(languages)} languages"

        return probed(ask)

    def _pair(self, source: str, target: str, deadline: Deadline) -> tuple[str, str]:
        """Return the server's codes for two locales; refuse a pair that it does not offer."""
        with self._lock:
            known = self._languages
        if known is None or known[0] <= self._clock():
            known = self._clock() + LANGUAGES_SECONDS, self._ask_languages(deadline)
            with self._lock:
                self._languages = known
        languages = known[1]
        source_code = _code(source, languages)
        offered = languages.get(source_code, frozenset[str]())
        target_code = _code(target, offered)
        if target_code not in offered:
            raise EngineRefused("no_such_language", f"no {source} to {target} on this server")
        return source_code, target_code

    def _ask_languages(self, deadline: Deadline) -> Languages:
        """Ask which targets the server has for each source."""
        reply = self._request("GET", "/languages", deadline)
        if reply.status != OK:
            raise _error(reply)
        try:
            return {str(row["code"]): frozenset(map(str, row["targets"])) for row in json.loads(reply.text)}
        except (ValueError, TypeError, KeyError):
            raise EngineBadAnswer("garbage", "the list of languages cannot be read") from None

    def _request(self, method: str, path: str, deadline: Deadline, asked: Any = None) -> Reply:
        """Send one request, as to an engine in the office only if it is there now."""
        client = EngineClient(in_office=self._is_in_office(), patience=self._patience)
        return client.request(method, self._url + path, deadline=deadline, json=asked)

    def _is_in_office(self) -> bool:
        """Does the server's name lead into the office? Looked up at most every half a minute, fails closed."""
        with self._lock:
            if self._resolved is None or self._resolved[0] <= self._clock():
                in_office = is_office_host(self._host, resolver=self._resolver)
                self._resolved = self._clock() + (RESOLVED_SECONDS if in_office else 1.0), in_office
            return self._resolved[1]


def _code(locale: str, known: Container[str]) -> str:
    """Return the code under which the server knows a locale: the tag, a code of its own, or the language."""
    language = locale.partition("-")[0]
    candidates = (locale, CODES.get(locale), language, CODES.get(language))
    return next((code for code in candidates if code and code in known), language)


def _json(reply: Reply) -> Mapping[str, Any]:
    """Read an answer that must be a JSON object."""
    try:
        read = json.loads(reply.text)
    except ValueError:
        raise EngineBadAnswer("garbage", "the answer is not JSON") from None
    if not isinstance(read, dict):
        raise EngineBadAnswer("garbage", "the answer is no object")
    return read


def _error(reply: Reply) -> EngineError:
    """Tell the kinds of refusal apart; the server's own sentence is read but never repeated."""
    try:
        said = str(_json(reply).get("error", "")).lower()
    except EngineBadAnswer:
        said = ""
    detail = f"HTTP {reply.status}"
    if "api key" in said:
        return EngineRefused("bad_key", detail)
    if "not supported" in said or "not available" in said:
        return EngineRefused("no_such_language", detail)
    if "limit" in said and reply.status == FORBIDDEN:
        return EngineUnavailable("rate_limited", detail, rest_seconds=REST_SECONDS)
    if reply.status in {UNAUTHORIZED, FORBIDDEN}:
        return EngineRefused("bad_key", detail)
    return EngineBadAnswer(f"http_{reply.status}", detail, singly=True)


def build(settings: Settings) -> LibreTranslate | None:
    """Build it where its address is set."""
    if settings.libretranslate_url is None:
        return None
    key = settings.libretranslate_api_key
    return LibreTranslate(settings.libretranslate_url, key.get_secret_value() if key else None)
