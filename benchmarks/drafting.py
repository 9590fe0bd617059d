"""How much faster the pipeline drafts than deep-translator's own loop, with engines that answer in 150 ms.

Both sides really run: a release of 31 segments into three languages, against stand-ins on this machine.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

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
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate

LATENCY_SECONDS = 0.15
SEGMENTS = 31
TIMES = "\u00d7"
LOCALES = ("fr", "de", "en")


def release() -> tuple[DraftSegment, ...]:
    """Return 31 different sentences of the length that a press release has."""
    sentence = "De regering keurde vandaag maatregel {} goed, goed voor {} miljoen euro voor de gemeenten in dit land."
    return tuple(DraftSegment(str(n), CodedText(sentence.format(n, 3 * n))) for n in range(1, SEGMENTS + 1))


def run() -> list[Row]:
    """Measure both sides and return the rows; a worker has drafted before, so the first run only warms up."""
    segments = release()
    with GoogleServer() as server:
        _pipeline(segments, Google(server.page))
    with LibreTranslateServer(latency=LATENCY_SECONDS) as server:
        office = _pipeline(segments, LibreTranslate(server.url))
    with GoogleServer(latency=LATENCY_SECONDS) as server:
        outside = _pipeline(segments, Google(server.page))
        loop = _loop(segments, server.page)
    return [
        Row("deep-translator's loop, Google", loop, "s"),
        Row("pipeline, LibreTranslate", office, "s"),
        Row("pipeline, Google", outside, "s"),
        Row("pipeline ÷ loop, LibreTranslate", office / loop, TIMES, 0.1),
        Row("pipeline ÷ loop, Google", outside / loop, TIMES, 0.1),
        Row("pipeline ÷ one request, LibreTranslate", office / LATENCY_SECONDS, TIMES, 4),
        Row("pipeline ÷ one request, Google", outside / LATENCY_SECONDS, TIMES, 4),
    ]


def _pipeline(segments: tuple[DraftSegment, ...], engine: Engine) -> float:
    """Draft the three languages at once, as three workers would; return the seconds."""
    breakers = InMemoryBreakers()

    def draft(locale: str) -> int:
        request = DraftRequest("nl", locale, confidential=False, segments=segments)
        return len(draft_version(request, [engine], save=lambda _batch: None, breakers=breakers).drafted)

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
