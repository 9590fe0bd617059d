"""How versions fare with engines that fail in every way; the servers are real, on loopback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.drafts import DraftResult, DraftSegment
from service.domain.text import CodedText
from tests.servers.base import EngineServer
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.drafting.runs import QUICK, SEGMENTS, draft, request
from workers.engines.base import NO_HINTS, Batch, Capabilities, Deadline, Engine, Health, Hints
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate

WORDS = ("aap", "noot", "mies", "wim", "zus", "jet", "teun", "vuur", "gijs", "lam", "kees", "bok")


def by(result: DraftResult) -> Counter[str | None]:
    return Counter(unit.origin.engine for unit in result.drafted)


# behaviour, requests for a translation that the first engine saw (None where several at once may make it one more
# or less), units that it filled, its reason
LIBRETRANSLATE = [
    ("well", 1, 3, ""),
    ("hang", 0, 0, "timeout"),
    ("refuse", 0, 0, "refused_connection"),
    ("drop", 0, 0, "broken_connection"),
    ("http_500", 0, 0, "http_500"),
    ("http_500_once", 4, 3, ""),
    ("rate_limited", 0, 0, "rate_limited"),
    ("slow", 0, 0, "timeout"),
    ("slow_head", 0, 0, "timeout"),
    ("redirect", 0, 0, "bad_answer"),
    ("garbage", 0, 0, "bad_answer"),
    ("empty", 1, 0, "bad_answer"),
    ("notice", 1, 0, "bad_answer"),
    ("quota", 1, 0, "rate_limited"),
    ("merged", 4, 3, ""),
    ("split", None, 0, "bad_answer"),
    ("dropped", 4, 3, ""),
    ("swapped", 3, 3, ""),  # the second of three stands where it stood
    ("lost_token", 3, 1, "bad_answer"),
    ("doubled_token", 3, 1, "bad_answer"),
    ("echo", 1, 0, "bad_answer"),
    ("truncated", None, 0, "bad_answer"),
    ("markup", 1, 0, "bad_answer"),
]
GOOGLE = [
    ("well", 1, 3, ""),
    ("hang", 1, 0, "timeout"),
    ("refuse", 0, 0, "refused_connection"),
    ("drop", 2, 0, "broken_connection"),
    ("http_500", 2, 0, "http_500"),
    ("http_500_once", 2, 3, ""),
    ("rate_limited", 1, 0, "rate_limited"),
    ("slow", 1, 0, "timeout"),
    ("slow_head", 1, 0, "timeout"),
    ("redirect", None, 0, "bad_answer"),
    ("garbage", None, 0, "bad_answer"),
    ("empty", None, 0, "bad_answer"),
    ("notice", 4, 0, "bad_answer"),
    ("quota", 1, 0, "rate_limited"),
    ("merged", 4, 3, ""),
    ("split", 4, 0, "bad_answer"),
    ("dropped", 4, 3, ""),
    ("swapped", 4, 3, ""),
    ("lost_token", 4, 1, "bad_answer"),
    ("doubled_token", 4, 1, "bad_answer"),
    ("echo", 1, 0, "bad_answer"),
    ("truncated", None, 0, "bad_answer"),
    ("markup", 4, 0, "bad_answer"),
]


@pytest.mark.parametrize(
    "server_class, behaviour, requests, filled, reason",
    [
        *((LibreTranslateServer, *row) for row in LIBRETRANSLATE),
        *((GoogleServer, *row) for row in GOOGLE),
    ],
)
def test_what_one_engine_fails_the_next_one_drafts(
    server_class: type[EngineServer], behaviour: str, requests: int | None, filled: int, reason: str
) -> None:
    with ExitStack() as stack:
        first = stack.enter_context(server_class())
        # The other kind comes second, so that each is seen failing and helping out.
        second = stack.enter_context(GoogleServer() if server_class is LibreTranslateServer else LibreTranslateServer())
        google = first if isinstance(first, GoogleServer) else second
        office = second if isinstance(first, GoogleServer) else first
        engines: list[Engine] = [
            LibreTranslate(office.url, patience=QUICK),
            Google(f"{google.url}/m", patience=QUICK),
        ]
        if first is google:
            engines.reverse()
        names = [engine.capabilities.name for engine in engines]
        first.behave(behaviour)

        result = draft(request(), engines)

        assert () == result.missing
        assert {names[0]: filled, names[1]: 3 - filled} == {name: by(result)[name] for name in names}
        assert (names[0], reason) == (result.outcomes[0].engine, result.outcomes[0].reason)
        if requests is not None:
            assert requests == len(first.translations)
        sources = {segment.unit_id: segment.source.text for segment in SEGMENTS}
        assert not [unit for unit in result.drafted if unit.target == sources[unit.unit_id]]
        assert {unit.unit_id: unit.target for unit in draft(request(), engines[1:]).drafted} == {
            unit.unit_id: unit.target for unit in result.drafted
        }


class Scrambler:
    """An engine for lines that puts them in another order, joins some and drops some."""

    capabilities = Capabilities("scrambler", runs_in_office=True, batch=Batch.LINES, max_items=50, concurrency=2)

    def __init__(self, order: Sequence[int], joined: Sequence[bool]) -> None:
        self._order = order
        self._joined = joined

    def translate(
        self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        assert (source, target, deadline.expired) == ("nl", "fr", False)
        return [self._scrambled(text.split("\n")) for text in texts]

    def probe(self, *, deadline: Deadline) -> Health:
        return Health(ok=not deadline.expired)

    def _scrambled(self, lines: list[str]) -> str:
        if len(lines) == 1:
            return f"fr {lines[0]}"
        kept = [lines[place % len(lines)] for place in self._order] or lines
        answer = f"fr {kept[0]}" if self._joined[0] else kept[0]
        for line, joined in zip(kept[1:], self._joined[1:], strict=False):
            answer += (" " if joined else "\n") + line
        return answer


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(
        st.sampled_from(WORDS),
        min_size=2,
        max_size=8,
    ),
    order=st.lists(st.integers(0, 7), max_size=9),
    joined=st.lists(st.booleans(), min_size=9, max_size=9),
)
def test_no_segment_ever_carries_the_text_of_another(words: list[str], order: list[int], joined: list[bool]) -> None:
    segments = [DraftSegment(str(n), CodedText(word)) for n, word in enumerate(words)]

    result = draft(request(segments), [Scrambler(order, joined)])

    sources = {segment.unit_id: segment.source.text for segment in segments}
    assert len(segments) == len(result.drafted)
    assert all(unit.target in {sources[unit.unit_id], f"fr {sources[unit.unit_id]}"} for unit in result.drafted)
