"""Google without a key, through deep-translator, with an instance for each text and bounded exchanges."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import deep_translator.google
from deep_translator.constants import BASE_URLS

from service.config import Settings
from workers.engines.base import (
    NO_HINTS,
    PROBE_WORD,
    Batch,
    Capabilities,
    Deadline,
    EngineBadAnswer,
    Health,
    Hints,
    Rate,
    probed,
)
from workers.engines.bounded_library import BoundedRequests, bounded, made_for, told_by_kind
from workers.engines.clearance import cleared
from workers.engines.client import EngineClient, Patience

NAME = "google"
PUBLIC_URL = BASE_URLS["GOOGLE_TRANSLATE"]

# Google's codes where they are not the language's.
CODES: Mapping[str, str] = {"zh": "zh-CN", "zh-CN": "zh-CN", "zh-TW": "zh-TW", "nb": "no", "he": "iw"}

deep_translator.google.requests = BoundedRequests()


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
        with told_by_kind(source, target):
            library = made_for(
                "GOOGLE_TRANSLATE",
                self._url,
                lambda: deep_translator.google.GoogleTranslator(source=source, target=target),
            )
            answer = library.translate(text)
        return answer if isinstance(answer, str) else ""


def build(settings: Settings) -> Google:
    """Build it always: it needs no key."""
    return Google(settings.google_url)
