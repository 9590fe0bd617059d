"""MyMemory without a key, through deep-translator: short texts, few a day, asked only where the office names it.

It is a memory of what many people translated, with a machine behind it. Its refusals come as translations, in answers
whose status is 200, so each answer is looked at before the library reads it.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import deep_translator.mymemory
from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES

from service.config import Settings
from workers.engines.base import (
    NO_HINTS,
    PROBE_WORD,
    REST_SECONDS,
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
from workers.engines.bounded_library import OK, Answered, BoundedRequests, bounded, made_for, told_by_kind
from workers.engines.clearance import cleared
from workers.engines.client import LONGEST_REST_SECONDS, EngineClient, Patience

NAME = "mymemory"
PUBLIC_URL = "https://api.mymemory.translated.net/get"  # the library's own address is not encrypted
MOST_BYTES = 500
TOO_MANY_REQUESTS, SERVER_ERROR = 429, 500

# MyMemory's codes name a country. These are for the languages of which it knows several, and for written forms.
USUAL: Mapping[str, str] = {
    "ar": "ar-SA",
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
    "it": "it-IT",
    "nl": "nl-NL",
    "no": "nb-NO",
    "pt": "pt-PT",
    "sr": "sr-Cyrl-RS",
    "sr-Cyrl": "sr-Cyrl-RS",
    "sr-Latn": "sr-Latn-RS",
    "zh": "zh-CN",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
}

_WARNING = "MYMEMORY WARNING"
_AVAILABLE = re.compile(r"NEXT AVAILABLE IN\s+(\d{1,3}) HOURS?\s+(\d{1,2}) MINUTES?\s+(\d{1,2}) SECONDS?")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,5});", re.IGNORECASE)


class _CheckedRequests(BoundedRequests):
    """Looks at each answer for a refusal, and leaves the library only what is a translation of the text."""

    def get(self, url: str, params: Mapping[str, Any] | None = None, **ignored: Any) -> Answered:
        """Ask, and raise what the answer's own status means."""
        answered = super().get(url, params, **ignored)
        try:
            answer = answered.json()
        except ValueError:
            raise EngineBadAnswer("garbage", "the answer is not JSON") from None
        if not isinstance(answer, dict) or not isinstance(answer.get("responseData"), dict):
            raise EngineBadAnswer("garbage", "the answer has no translation")
        if (refusal := _refusal(answer)) is not None:
            raise refusal
        # The library would take the first match where there is no translation: a text that resembles ours.
        return Answered(answered.status_code, json.dumps({"responseData": answer["responseData"]}))


deep_translator.mymemory.requests = _CheckedRequests()


def _codes() -> Mapping[str, str]:
    """Return MyMemory's code for each language and locale that the library knows there."""
    known = sorted(MY_MEMORY_LANGUAGES_TO_CODES.values())
    languages = {code.partition("-")[0]: code for code in reversed(known)}
    return {**languages, **{code: code for code in known}, **USUAL}


class MyMemory:
    """MyMemory takes one text of at most 500 bytes a request; it knows sentences, so nothing is joined."""

    def __init__(self, url: str | None = None, *, email: str | None = None, patience: Patience | None = None) -> None:
        """Take the address if it is not the public one, and the e-mail address for which it allows more a day."""
        self._url = url or PUBLIC_URL
        if not urlsplit(self._url).path:
            self._url += "/get"
        self._email = email
        self._client = EngineClient(in_office=False, patience=patience)
        self._capabilities = Capabilities(
            name=NAME,
            runs_in_office=False,  # wherever its address leads
            keyless=True,
            max_characters=MOST_BYTES - 1,  # the library's own limit
            max_bytes=MOST_BYTES,
            concurrency=2,
            rate=Rate(2),
            codes=_codes(),
            configuration=hashlib.sha256(f"{self._url}\n{email}".encode()).hexdigest()[:16],
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
        """Translate each text in a request of its own; an empty string where there is no translation."""
        codes = self._capabilities.code_for(source), self._capabilities.code_for(target)
        if codes[0] == codes[1]:  # the library would answer the text itself
            raise EngineRefused("no_such_language", f"no {source} to {target}")
        with bounded(self._client, deadline):
            return [self._one(text, *codes) for text in texts]

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
        """Ask for one text by an instance of its own."""
        if len(text.encode()) > MOST_BYTES:
            raise EngineBadAnswer("too_long", f"more than {MOST_BYTES} bytes")
        with told_by_kind(source, target):
            library = made_for(
                "MYMEMORY",
                self._url,
                lambda: deep_translator.mymemory.MyMemoryTranslator(source=source, target=target, email=self._email),
            )
            try:
                answer = library.translate(text)
            except StopIteration:  # it looked for a translation among no matches
                return ""
        if not isinstance(answer, str):
            return ""
        # Quotation marks and apostrophes come back as entities.
        return answer if _ENTITY.search(text) else html.unescape(answer)


def _refusal(answer: Mapping[str, Any]) -> EngineError | None:
    """Return what an answer refuses, or None for a translation; its sentence is read but never repeated."""
    status = _number(answer.get("responseStatus"))
    said = f"{answer.get('responseDetails') or ''}\n{answer['responseData'].get('translatedText') or ''}"
    detail = f"status {status}"
    if status == TOO_MANY_REQUESTS or answer.get("quotaFinished") is True or (status != OK and _WARNING in said):
        return EngineUnavailable("rate_limited", detail, rest_seconds=_rest(said))
    if status == OK:
        # A release may tell of such things; then the translation does not begin with them.
        begins = str(answer["responseData"].get("translatedText") or "").startswith(_WARNING)
        return EngineUnavailable("rate_limited", detail, rest_seconds=_rest(said)) if begins else None
    if status >= SERVER_ERROR:
        return EngineUnavailable(f"http_{status}", detail)
    if "INVALID EMAIL" in said:
        return EngineRefused("bad_key", "the e-mail address is refused")
    if "LANGUAGE" in said:
        return EngineRefused("no_such_language", detail)
    if "LENGTH LIMIT" in said:
        return EngineBadAnswer("too_long", detail)
    return EngineBadAnswer(f"http_{status}", detail)


def _number(status: Any) -> int:
    """Read a status, which comes as a number or as its digits; what is neither counts as none, which is no success."""
    return int(status) if isinstance(status, int | str) and str(status).isdecimal() else 0


def _rest(said: str) -> float:
    """Return for how long it wants to be left alone: until the hour that it names, else the usual time."""
    found = _AVAILABLE.search(said)
    if found is None:
        return REST_SECONDS
    hours, minutes, seconds = map(int, found.groups())
    return min(max(hours * 3600.0 + minutes * 60 + seconds, 1.0), LONGEST_REST_SECONDS)


def build(settings: Settings) -> MyMemory:
    """Build it always: it needs no key."""
    return MyMemory(settings.mymemory_url, email=settings.mymemory_email)
