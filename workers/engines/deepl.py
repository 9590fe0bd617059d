"""DeepL: lists of texts as XML, the term base as a glossary, the text around as context, and a formal tone.

Requests are built and answers read by DeepL's own library (`workers.engines.deepl_library`); which glossary serves
is looked up in `workers.engines.deepl_glossaries`.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deepl import DeepLClient
from deepl.api_data import Formality, ModelType, SplitSentences, TextResult
from deepl.util import auth_key_is_free_account

from service.config import Settings
from workers.engines.base import (
    NO_HINTS,
    REST_SECONDS,
    Batch,
    Capabilities,
    Deadline,
    EngineBadAnswer,
    EngineRefused,
    EngineUnavailable,
    Health,
    Hints,
    Markup,
    Rate,
    probed,
)
from workers.engines.clearance import cleared
from workers.engines.client import EngineClient, Patience
from workers.engines.deepl_glossaries import Glossaries, Pair
from workers.engines.deepl_library import BoundedLibrary, asked

NAME = "deepl"
PUBLIC_URL, FREE_URL = "https://api.deepl.com", "https://api-free.deepl.com"
LANGUAGES_SECONDS = 3_600.0
GLOSSARY_SECONDS = 8.0
GLOSSARY_SHARE = 1 / 3  # of the time that is left: the texts need the rest
CONTEXT_CHARACTERS = 4_000
TAG = "x"  # the name of the tags that stand for inline codes

# DeepL's codes of targets where they are not the locale's tag or the language's.
CODES: Mapping[str, str] = {
    "en": "EN-GB",
    "pt": "PT-PT",
    "no": "NB",
    "zh": "ZH-HANS",
    "zh-TW": "ZH-HANT",
    "zh-HK": "ZH-HANT",
    "zh-MO": "ZH-HANT",
}
# The kinds of model that an answer can name.
MODELS = frozenset({str(ModelType.QUALITY_OPTIMIZED), str(ModelType.LATENCY_OPTIMIZED)})
_MARKS = re.compile(r"[<>&]")


@dataclass(frozen=True, slots=True)
class _Languages:
    """DeepL's codes of the sources, and those of the targets with whether they know a formal tone."""

    sources: frozenset[str]
    targets: Mapping[str, bool]


class DeepL:
    """One account at DeepL; it never counts as running in the office, wherever its address leads."""

    def __init__(
        self,
        key: str,
        url: str | None = None,
        *,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the account's key, and the address if it is not the one that the key belongs to."""
        self._key = key
        self._url = (url or (FREE_URL if auth_key_is_free_account(key) else PUBLIC_URL)).rstrip("/")
        self._client = EngineClient(in_office=False, patience=patience)
        self._clock = clock
        self._lock = threading.Lock()
        self._languages: tuple[float, _Languages] | None = None
        self._glossaries = Glossaries(clock=clock)
        self._models: frozenset[str] = frozenset()
        self._capabilities = Capabilities(
            name=NAME,
            runs_in_office=False,
            batch=Batch.LIST,
            markup=Markup.XML,
            glossary=True,
            context=True,
            max_characters=20_000,
            max_bytes=90_000,  # of 128 KiB, which the context and the rest of the request share
            max_items=50,
            concurrency=4,
            rate=Rate(5),
            codes=CODES,
            configuration=hashlib.sha256(f"{self._url}\n{key}".encode()).hexdigest()[:16],
        )

    @property
    def capabilities(self) -> Capabilities:
        """The engine's row; its version is the model that answers, once it has and as long as it is one alone."""
        models = self._models
        return replace(self._capabilities, version=next(iter(models))) if len(models) == 1 else self._capabilities

    def translate(
        self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        """Translate all texts in one request, by the term base's glossary where DeepL can keep one.

        Raises `EngineRefused` where DeepL lacks the pair.
        """
        if not texts:
            return []
        languages = self._known_languages(deadline)
        pair = _pair(source, target, languages)
        glossary_id = self._glossary_id(hints, pair, deadline)
        try:
            return self._ask(texts, pair, languages, deadline=deadline, context=hints.context, glossary_id=glossary_id)
        except EngineBadAnswer as error:
            if glossary_id is None or error.reason not in {"http_400", "http_404"}:
                raise
            failed = error
        # The glossary may have been removed meanwhile: it is made anew, once.
        self._glossaries.forget(hints.glossary, pair, gone=glossary_id)
        another_id = self._glossary_id(hints, pair, deadline)
        if another_id == glossary_id:
            raise failed
        return self._ask(texts, pair, languages, deadline=deadline, context=hints.context, glossary_id=another_id)

    def probe(self, *, deadline: Deadline) -> Health:
        """Ask how much of the account's quota is used."""

        def ask() -> str:
            with cleared(outside=True):
                used = asked(self._library(deadline).get_usage).character
            if used.count is None or used.limit is None:
                raise EngineBadAnswer("garbage", "the answer does not tell what is used")
            if used.limit_reached:
                raise EngineUnavailable("rate_limited", "the quota is used up", rest_seconds=REST_SECONDS)
            return f"{100 * used.count // used.limit} % of the quota used"

        return probed(ask)

    def _ask(
        self,
        texts: Sequence[str],
        pair: Pair,
        languages: _Languages,
        *,
        deadline: Deadline,
        context: str,
        glossary_id: str | None,
    ) -> list[str]:
        """Send one request; raises `EngineBadAnswer` where there are not as many answers as texts."""
        library = self._library(deadline)

        def ask() -> TextResult | list[TextResult]:
            return library.translate_text(
                list(texts),
                source_lang=pair.source_code,
                target_lang=pair.target_code,
                context=_plain(context) or None,
                split_sentences=SplitSentences.OFF,  # each text is a segment already
                preserve_formatting=True,
                formality=Formality.PREFER_MORE if languages.targets[pair.target_code] else None,
                glossary=glossary_id,
                tag_handling="xml",
                tag_handling_version="v2",
                outline_detection=False,
                non_splitting_tags=[TAG],
                model_type=ModelType.PREFER_QUALITY_OPTIMIZED,
            )

        found = asked(ask)
        if not isinstance(found, list) or len(found) != len(texts):
            raise EngineBadAnswer("wrong_count", f"{len(texts)} texts were sent", singly=True)
        self._models |= MODELS & {str(result.model_type_used) for result in found}
        translated: list[Any] = [result.text for result in found]
        return [text if isinstance(text, str) else "" for text in translated]

    def _glossary_id(self, hints: Hints, pair: Pair, deadline: Deadline) -> str | None:
        """Return the id of the term base's glossary, looked for in a part of the time that is left."""
        bounded = Deadline(min(GLOSSARY_SECONDS, GLOSSARY_SHARE * deadline.remaining()))
        return self._glossaries.find(hints.glossary, pair, library=self._library(bounded), deadline=bounded)

    def _known_languages(self, deadline: Deadline) -> _Languages:
        """Return what DeepL translates, asked for once an hour."""
        with self._lock:
            known = self._languages
        if known is None or known[0] <= self._clock():
            library = self._library(deadline)
            sources = frozenset(language.code.upper() for language in asked(library.get_source_languages))
            targets = {
                language.code.upper(): language.supports_formality is True
                for language in asked(library.get_target_languages)
            }
            if not sources or not targets:
                raise EngineBadAnswer("garbage", "the list of languages cannot be read")
            known = self._clock() + LANGUAGES_SECONDS, _Languages(sources, targets)
            with self._lock:
                self._languages = known
        return known[1]

    def _library(self, deadline: Deadline) -> DeepLClient:
        return BoundedLibrary(self._url, self._key, client=self._client, deadline=deadline)


def _pair(source: str, target: str, languages: _Languages) -> Pair:
    """Return two locales with DeepL's codes; refuse a pair that it does not offer."""
    source_code = _code(source.partition("-")[0], languages.sources)
    target_code = _code(target, languages.targets)
    if source_code is None or target_code is None:
        raise EngineRefused("no_such_language", f"no {source} to {target} at DeepL")
    return Pair(source, target, source_code, target_code)


def _code(locale: str, known: Container[str]) -> str | None:
    """Return the code under which DeepL knows a locale, or the nearest wider one; None if it does not."""
    parts = locale.split("-")
    wider = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    candidates = (code for tag in wider for code in (CODES.get(tag), tag.upper()))
    return next((code for code in candidates if code is not None and code in known), None)


def _plain(context: str) -> str:
    """Return the context short enough and without marks that could be taken for tags."""
    return _MARKS.sub(" ", context[:CONTEXT_CHARACTERS]).strip()


def build(settings: Settings) -> DeepL | None:
    """Build it where there is a key."""
    key = settings.deepl_api_key.get_secret_value().strip() if settings.deepl_api_key else ""
    return DeepL(key, settings.deepl_url) if key else None
