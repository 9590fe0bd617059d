"""How much faster the pipeline drafts than deep-translator's own loop, with engines that answer in 150 ms.

Both sides really run: releases of 31 and 155 segments into three languages, against stand-ins on this machine.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import deep_translator.google
import requests
from deep_translator.constants import BASE_URLS

from benchmarks.rows import Row
from service.domain.drafts import DraftSegment
from service.domain.text import CodedText
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from workers.drafting.pipeline import DraftRequest, draft_version
from workers.engines.base import Engine
from workers.engines.breaker import InMemoryBreakers
from workers.engines.client import Patience
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate
from workers.engines.limits import Limits

LATENCY_SECONDS = 0.15
SHORT, LONG = 31, 155
CHANGED = 17
HANG_SECONDS = 2.0
TIMES = "\u00d7"
LOCALES = ("fr", "de", "en")


class Kept:
    """Answers kept in memory, as the desk keeps them in its database."""

    def __init__(self) -> None:
        self._answers: dict[str, str] = {}

    def known(self, keys: Iterable[str]) -> Mapping[str, str]:
        return {key: self._answers[key] for key in keys if key in self._answers}

    def keep(self, answers: Mapping[str, str]) -> None:
        self._answers.update(answers)


def release(count: int = SHORT) -> tuple[DraftSegment, ...]:
    """Return different sentences of the length that a press release has."""
    sentence = "De regering keurde vandaag maatregel {} goed, goed voor {} miljoen euro voor de gemeenten in dit land."
    return tuple(DraftSegment(str(n), CodedText(sentence.format(n, 3 * n))) for n in range(1, count + 1))


def run() -> list[Row]:
    """Measure both sides and return the rows; a worker has drafted before, so the first run only warms up."""
    with GoogleServer() as server:
        _pipeline(release(), [Google(server.page)])
    with GoogleServer(latency=LATENCY_SECONDS) as server:
        loop = _loop(release(), server.page)
    rows = [Row("deep-translator's loop, Google", loop, "s")]
    for name in ("LibreTranslate", "Google"):
        seconds, requests = _measured(name, SHORT)
        rows += [
            Row(f"pipeline, {name}, {SHORT} segments", seconds, "s"),
            Row(f"pipeline ÷ loop, {name}", seconds / loop, TIMES, 0.1),
            Row(f"pipeline ÷ one request, {name}, {SHORT}", seconds / LATENCY_SECONDS, TIMES, 3),
            Row(f"requests, {name}, {SHORT}", requests, ""),
        ]
        seconds, requests = _measured(name, LONG)
        rows += [
            Row(f"pipeline ÷ one request, {name}, {LONG}", seconds / LATENCY_SECONDS, TIMES, 5),
            Row(f"requests, {name}, {LONG}", requests, ""),
        ]
    return [*rows, *_again(), _beside_a_hanging_one()]


def _measured(name: str, count: int) -> tuple[float, int]:
    """Draft a release with one engine; return the seconds and how many requests it saw."""
    if name == "Google":
        with GoogleServer(latency=LATENCY_SECONDS) as server:
            return _pipeline(release(count), [Google(server.page)]), len(server.requests)
    with LibreTranslateServer(latency=LATENCY_SECONDS) as server:
        return _pipeline(release(count), [LibreTranslate(server.url)]), len(server.requests)


def _again() -> list[Row]:
    """Draft a release, the same with one changed sentence, and the same once more; count the texts that were sent."""
    answers, segments = Kept(), release()
    changed = replace(segments[CHANGED], source=CodedText("De regering verdaagde vandaag deze ene maatregel."))
    revised = (*segments[:CHANGED], changed, *segments[CHANGED + 1 :])
    sent = []
    with LibreTranslateServer() as server:
        for text in (segments, revised, segments):
            before = len(server.translations)
            _pipeline(text, [LibreTranslate(server.url)], answers=answers)
            sent.append(sum(len(asked.texts) for asked in server.translations[before:]))
    return [
        Row("texts sent for a release in three languages", sent[0], ""),
        Row("texts sent after one changed sentence", sent[1], "", len(LOCALES)),
        Row("texts sent for the same release again", sent[2], "", 0),
    ]


def _beside_a_hanging_one() -> Row:
    """Draft with one engine that hangs and one that works; return the seconds beyond the first one's time-out."""
    patience = Patience(connect_seconds=HANG_SECONDS, read_seconds=HANG_SECONDS, request_seconds=HANG_SECONDS)
    with LibreTranslateServer() as hanging, GoogleServer() as working:
        hanging.behave("hang")
        engines = [LibreTranslate(hanging.url, patience=patience), Google(working.page)]
        seconds = _pipeline(release(LONG), engines)
    return Row("full draft beyond a hanging engine's time-out", seconds - HANG_SECONDS, "s", 1)


def _pipeline(segments: tuple[DraftSegment, ...], engines: Sequence[Engine], *, answers: Kept | None = None) -> float:
    """Draft the three languages at once, as three workers would; return the seconds."""
    breakers, limits = InMemoryBreakers(), Limits()

    def draft(locale: str) -> int:
        request = DraftRequest("nl", locale, confidential=False, segments=segments)
        result = draft_version(
            request, engines, save=lambda _batch: None, breakers=breakers, limits=limits, answers=answers
        )
        return len(result.drafted)

    began = time.perf_counter()
    with ThreadPoolExecutor(len(LOCALES)) as pool:
        drafted = list(pool.map(draft, LOCALES))
    seconds = time.perf_counter() - began
    assert drafted == [len(segments)] * len(LOCALES)
    return seconds


def _loop(segments: Sequence[DraftSegment], page: str) -> float:
    """Translate the same with the library alone, as it comes; return the seconds."""
    bounded, usual = deep_translator.google.requests, BASE_URLS["GOOGLE_TRANSLATE"]
    deep_translator.google.requests = requests
    BASE_URLS["GOOGLE_TRANSLATE"] = page
    try:
        began = time.perf_counter()
        for locale in LOCALES:
            translator = deep_translator.google.GoogleTranslator(source="nl", target=locale)
            translator.translate_batch([segment.source.text for segment in segments])
        return time.perf_counter() - began
    finally:
        deep_translator.google.requests = bounded
        BASE_URLS["GOOGLE_TRANSLATE"] = usual


def main() -> None:
    """Print the rows as a table."""
    for row in run():
        target = "" if row.target is None else f"at most {row.target:g}"
        print(f"{row.name:40} {row.value:8.2f} {row.unit:2} {target}")


if __name__ == "__main__":
    main()
