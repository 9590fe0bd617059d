"""What one version comes to: copied, from the memory, from engines, missing; and who may see it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from service.domain.drafts import DraftedUnit, DraftSegment, MemoryMatch, OriginKind, OutcomeKind
from service.domain.matching.matches import Mending
from service.domain.text import CodedText
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.drafting.runs import draft, request
from workers.engines.base import NO_HINTS, Batch, Capabilities, Deadline, Engine, Health, Hints
from workers.engines.breaker import BreakerTimes, InMemoryBreakers
from workers.engines.client import Patience
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate


@pytest.mark.parametrize("retry_after, at_least", [(None, 1_700), ("7", 5)])
def test_an_engine_that_limits_us_is_left_alone_for_as_long_as_it_asked(retry_after: str | None, at_least: int) -> None:
    breakers = InMemoryBreakers()
    with GoogleServer() as server:
        engine = Google(server.page)
        server.behave("rate_limited", retry_after=retry_after)
        draft(request(), [engine], breakers=breakers)

        result = draft(request(), [engine], breakers=breakers)

        assert 1 == len(server.translations)
        assert OutcomeKind.RESTING is result.outcomes[0].kind
        assert at_least <= breakers.admit(engine.capabilities.key).seconds <= at_least + 110


def test_one_bad_text_costs_a_list_only_itself() -> None:
    with LibreTranslateServer() as server:
        server.poison = "minister"

        result = draft(request(), [LibreTranslate(server.url)])

        assert ("u1",) == result.missing
        assert 4 == len(server.translations)
        assert (OutcomeKind.PARTLY, "http_500") == (result.outcomes[0].kind, result.outcomes[0].reason)


def test_nothing_to_translate_is_copied_and_matches_are_taken_before_any_engine_is_asked() -> None:
    segments = (
        DraftSegment("number", CodedText("1.234,5 %")),
        DraftSegment("known", CodedText("Einde van het bericht")),
        DraftSegment("alike", CodedText("Begin van het bericht 4")),
        DraftSegment("terms", CodedText("Raad van State"), composed="Conseil d\u2019\u00c9tat"),
        DraftSegment("new", CodedText("Nieuws van de dag")),
    )
    memory = {
        "known": MemoryMatch("Fin du message", 101),
        "alike": MemoryMatch("D\u00e9but du message 4", 97, (Mending("3", "4"),)),
        "terms": MemoryMatch("Presque un conseil", 99),
    }
    saved: list[tuple[str, ...]] = []

    result = draft(
        request(segments, memory=memory), [], save=lambda batch: saved.append(tuple(u.unit_id for u in batch))
    )

    assert ("new",) == result.missing
    assert [("number", "known", "alike", "terms")] == saved
    assert [
        (OriginKind.COPIED, None, "1.234,5 %", ()),
        (OriginKind.MEMORY, 101, "Fin du message", ()),
        (OriginKind.MEMORY, 97, "D\u00e9but du message 4", ("mended: 3 \u2192 4",)),
        (OriginKind.TERMS, None, "Conseil d\u2019\u00c9tat", ()),
    ] == [(unit.origin.kind, unit.origin.score, unit.target, unit.warnings) for unit in result.drafted]


def test_identical_segments_are_asked_once_and_all_filled() -> None:
    segments = [DraftSegment(str(n), CodedText("Niet voor publicatie voor vrijdag")) for n in range(5)]
    with LibreTranslateServer() as server:
        result = draft(request(segments), [LibreTranslate(server.url)])

        assert 5 == len(result.drafted)
        assert 5 == result.outcomes[0].filled
        assert [1] == [len(asked.texts) for asked in server.translations]


def test_codes_and_addresses_come_back_whole() -> None:
    with GoogleServer() as server:
        result = draft(request(), [Google(server.page)])

    targets = {unit.unit_id: unit.target for unit in result.drafted}
    assert "{1}12 " in targets["u0"]
    assert "{/1}" in targets["u0"]
    assert " https://pers.example/plan " in targets["u2"]


def test_a_confidential_text_reaches_no_engine_outside_the_office() -> None:
    with GoogleServer() as server:
        result = draft(request(confidential=True), [Google(server.page)])

        assert [] == server.requests
        assert ("u0", "u1", "u2") == result.missing
        assert (OutcomeKind.NOT_ALLOWED, "confidential") == (result.outcomes[0].kind, result.outcomes[0].reason)


def test_the_office_may_allow_engines_outside_for_its_confidential_texts() -> None:
    with GoogleServer() as server:
        result = draft(request(confidential=True, external_allowed=True), [Google(server.page)])

    assert () == result.missing


class Pretender:
    """An engine that claims to run in the office and asks another that does not."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.capabilities = Capabilities("pretender", runs_in_office=True, batch=Batch.NONE)

    def translate(
        self, texts: Sequence[str], *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        return self._engine.translate(texts, source=source, target=target, deadline=deadline)

    def probe(self, *, deadline: Deadline) -> Health:
        return self._engine.probe(deadline=deadline)


def test_the_client_refuses_a_confidential_text_even_where_the_list_of_engines_was_wrong() -> None:
    with GoogleServer() as server:
        result = draft(request(confidential=True), [Pretender(Google(server.page))])

        assert [] == server.requests
        assert "confidential" == result.outcomes[0].reason


def test_an_engine_that_keeps_failing_rests_and_is_tried_with_one_segment() -> None:
    breakers = InMemoryBreakers(BreakerTimes(first_rest_seconds=0.05))
    with GoogleServer() as server:
        engine = Google(server.page)
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
        engine = LibreTranslate(server.url)
        result = draft(request(segments), [engine], save=lambda batch: saved.append(len(batch)))

        assert server.most_at_once <= engine.capabilities.concurrency
    assert 50 == sum(saved) == len(result.drafted)
    assert max(saved) <= 20


def test_what_cannot_be_saved_ends_the_run() -> None:
    def refuse(_batch: Sequence[DraftedUnit]) -> None:
        raise RuntimeError("the lease is gone")

    with LibreTranslateServer() as server, pytest.raises(RuntimeError, match="the lease is gone"):
        draft(request(), [LibreTranslate(server.url)], save=refuse)


def test_no_warning_or_outcome_holds_a_word_of_the_release() -> None:
    with GoogleServer() as server:
        server.behave("notice")
        result = draft(request(), [Google(server.page)])

    told = " ".join(f"{outcome.reason} {outcome.detail}" for outcome in result.outcomes).lower()
    assert not [word for word in ("regering", "minister", "inlichtingen") if word in told]


def test_a_rejected_answer_is_told_with_the_draft_that_replaced_it() -> None:
    with LibreTranslateServer() as office, GoogleServer() as google:
        office.behave("echo")

        result = draft(request(), [LibreTranslate(office.url), Google(google.page)])

    assert [("libretranslate: echo",)] * 3 == [unit.warnings for unit in result.drafted]


def test_a_text_that_no_engine_takes_is_left_and_said_to_be_too_long() -> None:
    segments = [DraftSegment("long", CodedText("De minister spreekt. " * 400))]
    with GoogleServer() as server:
        result = draft(request(segments), [Google(server.page)])

        assert [] == server.requests
    assert (("long",), "too_long") == (result.missing, result.outcomes[0].reason)
