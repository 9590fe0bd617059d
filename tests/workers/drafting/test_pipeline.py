"""How versions fare with engines that fail in every way; the servers are real, on loopback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.drafts import DraftedUnit, DraftResult, DraftSegment, MemoryMatch, OriginKind, OutcomeKind
from service.domain.text import CodedText, CodeKind, InlineCode
from tests.servers.base import EngineServer
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from workers.drafting.asking import Patience as Attempts
from workers.drafting.pipeline import DraftRequest, draft_version
from workers.engines.base import Batch, Capabilities, Deadline, Engine, Health
from workers.engines.breaker import BreakerTimes, InMemoryBreakers
from workers.engines.client import Patience
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate

QUICK = Patience(connect_seconds=0.3, read_seconds=0.15, request_seconds=0.3)
ATTEMPTS = Attempts(shortest_pause=0.0, longest_pause=0.001)

WORDS = ("aap", "noot", "mies", "wim", "zus", "jet", "teun", "vuur", "gijs", "lam", "kees", "bok")
BOLD = InlineCode(1, CodeKind.BOLD)
TEXTS = (
    CodedText("De regering keurde vandaag een plan voor {1}12 gemeenten{/1} goed.", (BOLD,)),
    CodedText("De minister bezoekt op 3 maart alle scholen van het land, zegt zij."),
    CodedText("Meer inlichtingen staan op https://pers.example/plan en in de bijlage."),
)
SEGMENTS = tuple(DraftSegment(f"u{number}", text) for number, text in enumerate(TEXTS))


def request(
    segments: Sequence[DraftSegment] = SEGMENTS,
    *,
    confidential: bool = False,
    memory: dict[str, MemoryMatch] | None = None,
    external_allowed: bool = False,
) -> DraftRequest:
    return DraftRequest("nl", "fr", confidential, tuple(segments), memory or {}, external_allowed)


def draft(
    wanted: DraftRequest,
    engines: Sequence[Engine],
    *,
    save: Callable[[Sequence[DraftedUnit]], None] = lambda _batch: None,
    breakers: InMemoryBreakers | None = None,
    seconds: float = 5.0,
) -> DraftResult:
    return draft_version(
        wanted,
        engines,
        save=save,
        breakers=breakers or InMemoryBreakers(),
        seconds=seconds,
        patience=ATTEMPTS,
    )


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
    ("split", 4, 0, "bad_answer"),
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
    ("hang", 2, 0, "timeout"),
    ("refuse", 0, 0, "refused_connection"),
    ("drop", 2, 0, "broken_connection"),
    ("http_500", 2, 0, "http_500"),
    ("http_500_once", 2, 3, ""),
    ("rate_limited", 1, 0, "rate_limited"),
    ("slow", 2, 0, "timeout"),
    ("slow_head", 2, 0, "timeout"),
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


@pytest.mark.parametrize("retry_after, at_least", [(None, 1_700), ("7", 5)])
def test_an_engine_that_limits_us_is_left_alone_for_as_long_as_it_asked(retry_after: str | None, at_least: int) -> None:
    breakers = InMemoryBreakers()
    with GoogleServer() as server:
        engine = Google(server.page, patience=QUICK)
        server.behave("rate_limited", retry_after=retry_after)
        draft(request(), [engine], breakers=breakers)

        result = draft(request(), [engine], breakers=breakers)

        assert 1 == len(server.translations)
        assert OutcomeKind.RESTING is result.outcomes[0].kind
        assert at_least <= breakers.admit(engine.capabilities.key).seconds <= at_least + 110


def test_one_bad_text_costs_a_list_only_itself() -> None:
    with LibreTranslateServer() as server:
        server.poison = "minister"

        result = draft(request(), [LibreTranslate(server.url, patience=QUICK)])

        assert ("u1",) == result.missing
        assert 4 == len(server.translations)
        assert (OutcomeKind.PARTLY, "http_500") == (result.outcomes[0].kind, result.outcomes[0].reason)


def test_nothing_to_translate_is_copied_and_exact_matches_are_taken_before_any_engine_is_asked() -> None:
    segments = (
        DraftSegment("number", CodedText("1.234,5 %")),
        DraftSegment("known", CodedText("Einde van het bericht")),
        DraftSegment("alike", CodedText("Begin van het bericht")),
    )
    memory = {"known": MemoryMatch("Fin du message", 101), "alike": MemoryMatch("Presque", 99)}
    saved: list[tuple[str, ...]] = []

    result = draft(
        request(segments, memory=memory), [], save=lambda batch: saved.append(tuple(u.unit_id for u in batch))
    )

    assert ("alike",) == result.missing
    assert [("number", "known")] == saved
    assert [OriginKind.COPIED, OriginKind.MEMORY] == [unit.origin.kind for unit in result.drafted]
    assert ["1.234,5 %", "Fin du message"] == [unit.target for unit in result.drafted]


def test_identical_segments_are_asked_once_and_all_filled() -> None:
    segments = [DraftSegment(str(n), CodedText("Niet voor publicatie voor vrijdag")) for n in range(5)]
    with LibreTranslateServer() as server:
        result = draft(request(segments), [LibreTranslate(server.url, patience=QUICK)])

        assert 5 == len(result.drafted)
        assert 5 == result.outcomes[0].filled
        assert [1] == [len(asked.texts) for asked in server.translations]


def test_codes_and_addresses_come_back_whole() -> None:
    with GoogleServer() as server:
        result = draft(request(), [Google(server.page, patience=QUICK)])

    targets = {unit.unit_id: unit.target for unit in result.drafted}
    assert "{1}12 " in targets["u0"]
    assert "{/1}" in targets["u0"]
    assert " https://pers.example/plan " in targets["u2"]


def test_a_confidential_text_reaches_no_engine_outside_the_office() -> None:
    with GoogleServer() as server:
        result = draft(request(confidential=True), [Google(server.page, patience=QUICK)])

        assert [] == server.requests
        assert ("u0", "u1", "u2") == result.missing
        assert (OutcomeKind.NOT_ALLOWED, "confidential") == (result.outcomes[0].kind, result.outcomes[0].reason)


def test_the_office_may_allow_engines_outside_for_its_confidential_texts() -> None:
    with GoogleServer() as server:
        result = draft(request(confidential=True, external_allowed=True), [Google(server.page, patience=QUICK)])

    assert () == result.missing


class Pretender:
    """An engine that claims to run in the office and asks another that does not."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.capabilities = Capabilities("pretender", runs_in_office=True, batch=Batch.NONE)

    def translate(self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline) -> list[str]:
        return self._engine.translate(texts, source=source, target=target, deadline=deadline)

    def probe(self, *, deadline: Deadline) -> Health:
        return self._engine.probe(deadline=deadline)


def test_the_client_refuses_a_confidential_text_even_where_the_list_of_engines_was_wrong() -> None:
    with GoogleServer() as server:
        result = draft(request(confidential=True), [Pretender(Google(server.page, patience=QUICK))])

        assert [] == server.requests
        assert "confidential" == result.outcomes[0].reason


def test_an_engine_that_keeps_failing_rests_and_is_tried_with_one_segment() -> None:
    breakers = InMemoryBreakers(BreakerTimes(first_rest_seconds=0.05))
    with GoogleServer() as server:
        engine = Google(server.page, patience=QUICK)
        server.behave("http_500")
        draft(request(), [engine], breakers=breakers)
        draft(request(), [engine], breakers=breakers)
        resting = draft(request(), [engine], breakers=breakers)
        failed = len(server.translations)
        server.behave("well")
        while (
            breakers.admit("nobody").seconds
            or breakers._states[engine.capabilities.key].rests_until > breakers._clock()
        ):
            server.wait_for_release(0.01)

        back = draft(request(), [engine], breakers=breakers)

        assert 3 == failed
        assert OutcomeKind.RESTING is resting.outcomes[0].kind
        assert () == back.missing
        assert [0, 1] == [asked.texts[0].count("\n") for asked in server.translations[failed:]]


def test_the_time_for_one_version_is_over_when_it_is_over() -> None:
    with LibreTranslateServer() as server:
        server.behave("hang")
        slow = Patience(connect_seconds=5.0, read_seconds=5.0, request_seconds=5.0)

        result = draft(request(), [LibreTranslate(server.url, patience=slow)], seconds=0.2)

    assert "timeout" == result.outcomes[0].reason
    assert ("u0", "u1", "u2") == result.missing


def test_drafts_are_saved_in_small_batches_from_one_thread() -> None:
    segments = [
        DraftSegment(str(n), CodedText(f"De minister opent vandaag school {n} van het land")) for n in range(50)
    ]
    saved: list[int] = []
    with LibreTranslateServer() as server:
        result = draft(
            request(segments),
            [LibreTranslate(server.url, patience=QUICK)],
            save=lambda batch: saved.append(len(batch)),
        )

        assert server.most_at_once <= 2
    assert 50 == sum(saved) == len(result.drafted)
    assert max(saved) <= 20


def test_what_cannot_be_saved_ends_the_run() -> None:
    def refuse(_batch: Sequence[DraftedUnit]) -> None:
        raise RuntimeError("the lease is gone")

    with LibreTranslateServer() as server, pytest.raises(RuntimeError, match="the lease is gone"):
        draft(request(), [LibreTranslate(server.url, patience=QUICK)], save=refuse)


def test_no_warning_or_outcome_holds_a_word_of_the_release() -> None:
    with GoogleServer() as server:
        server.behave("notice")
        result = draft(request(), [Google(server.page, patience=QUICK)])

    told = " ".join(f"{outcome.reason} {outcome.detail}" for outcome in result.outcomes).lower()
    assert not [word for word in ("regering", "minister", "inlichtingen") if word in told]


class Scrambler:
    """An engine for lines that puts them in another order, joins some and drops some."""

    capabilities = Capabilities("scrambler", runs_in_office=True, batch=Batch.LINES, max_items=50, concurrency=2)

    def __init__(self, order: Sequence[int], joined: Sequence[bool]) -> None:
        self._order = order
        self._joined = joined

    def translate(self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline) -> list[str]:
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
