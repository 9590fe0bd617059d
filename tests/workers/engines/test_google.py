from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import deep_translator.google
import pytest
import requests
from deep_translator.constants import BASE_URLS

from tests.servers.google import GoogleServer
from tests.workers.engines.patience import patience_for
from workers.engines.base import PROBE_WORD, Deadline, EngineBadAnswer, EngineError, EngineRefused, EngineUnavailable
from workers.engines.clearance import cleared
from workers.engines.google import Google


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as server, cleared(outside=True):
        yield server


def translate(engine: Google, *texts: str, target: str = "fr") -> list[str]:
    return engine.translate(texts, source="nl", target=target, deadline=Deadline(5))


def test_each_text_is_a_request_of_its_own(server: GoogleServer) -> None:
    answers = translate(Google(server.page), "De minister", "De regering")

    assert ["Le ministre", "Le gouvernement"] == answers
    assert 2 == len(server.translations)


def test_lines_of_one_text_come_back_as_lines(server: GoogleServer) -> None:
    answers = translate(Google(server.page), "De minister & co\nDe <regering>")

    assert 2 == len(answers[0].split("\n"))
    assert "&" in answers[0]
    assert "<" in answers[0]


def test_a_text_just_below_the_limit_arrives_whole(server: GoogleServer) -> None:
    text = ("één " * 1_225)[: Google().capabilities.max_characters].strip()

    translate(Google(server.page), text)

    assert text == server.translations[0].texts[0]


@pytest.mark.parametrize("target, expected", [("fr-BE", "fr"), ("zh", "zh-CN"), ("zh-TW", "zh-TW"), ("en", "en")])
def test_a_locale_is_asked_for_under_googles_code(server: GoogleServer, target: str, expected: str) -> None:
    translate(Google(server.page), "De minister", target=target)

    assert ("nl", expected) == (server.translations[0].source, server.translations[0].target)


def test_a_language_that_google_lacks_is_refused(server: GoogleServer) -> None:
    with pytest.raises(EngineRefused) as refused:
        translate(Google(server.page), "De minister", target="tlh")

    assert "no_such_language" == refused.value.reason
    assert [] == server.translations


@pytest.mark.parametrize(
    "behaviour, kind, reason",
    [
        ("hang", EngineUnavailable, "timeout"),
        ("slow", EngineUnavailable, "timeout"),
        ("slow_head", EngineUnavailable, "timeout"),
        ("refuse", EngineUnavailable, "refused_connection"),
        ("http_500", EngineUnavailable, "http_500"),
        ("rate_limited", EngineUnavailable, "rate_limited"),
        ("garbage", EngineBadAnswer, "garbage"),
        ("endless", EngineBadAnswer, "too_large"),
        ("redirect", EngineBadAnswer, "redirected"),
    ],
)
def test_each_failure_has_its_kind_and_reason(
    server: GoogleServer, behaviour: str, kind: type[EngineError], reason: str
) -> None:
    server.behave(behaviour)
    patience = patience_for(behaviour)

    with pytest.raises(kind) as failed:
        translate(Google(server.page, patience=patience), "De minister")

    assert reason == failed.value.reason
    assert "minister" not in f"{failed.value} {failed.value.__cause__} {failed.value.__suppress_context__}"


def test_how_long_to_rest_is_what_the_server_asked(server: GoogleServer) -> None:
    server.behave("rate_limited", retry_after="42")

    with pytest.raises(EngineUnavailable) as limited:
        translate(Google(server.page), "De minister")

    assert 42 == limited.value.rest_seconds


def test_a_missing_answer_is_an_empty_one(server: GoogleServer) -> None:
    assert [""] == translate(Google(server.page), "…")


def test_many_threads_each_get_their_own_answer(server: GoogleServer) -> None:
    engine = Google(server.page)
    server.translate = lambda text, _source, target: f"{target}: {text}"
    wanted = [(f"zin {number}", target) for number in range(20) for target in ("fr", "de", "en")]

    def ask(pair: tuple[str, str]) -> str:
        with cleared(outside=True):
            return translate(engine, pair[0], target=pair[1])[0]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, wanted))

    assert [f"{target}: {text}" for text, target in wanted] == answers


def test_two_addresses_do_not_mix_and_the_librarys_table_stays_as_it_was(server: GoogleServer) -> None:
    usual = BASE_URLS["GOOGLE_TRANSLATE"]
    with GoogleServer() as other:
        translate(Google(server.page), "De minister")
        translate(Google(other.url), "De regering")

        assert ["De minister"] == [asked.texts[0] for asked in server.translations]
        assert [("/m", "De regering")] == [(asked.path, asked.texts[0]) for asked in other.translations]
    assert usual == BASE_URLS["GOOGLE_TRANSLATE"]


def test_only_the_librarys_own_name_for_requests_is_replaced() -> None:
    assert deep_translator.google.requests is not requests
    assert "deep_translator" not in requests.get.__module__


def test_a_text_that_is_not_cleared_is_refused_before_anything_is_sent(server: GoogleServer) -> None:
    with cleared(outside=False), pytest.raises(EngineRefused) as refused:
        translate(Google(server.page), "De minister")

    assert "confidential" == refused.value.reason
    assert [] == server.requests


def test_it_never_counts_as_running_in_the_office() -> None:
    assert Google("http://127.0.0.1:1/m").capabilities.runs_in_office is False


@pytest.mark.parametrize("behaviour, ok, reason", [("well", True, ""), ("http_500", False, "http_500")])
def test_a_probe_sends_one_fixed_word(server: GoogleServer, behaviour: str, reason: str, *, ok: bool) -> None:
    server.behave(behaviour)

    health = Google(server.page).probe(deadline=Deadline(5))

    assert (ok, reason) == (health.ok, health.reason)
    assert {PROBE_WORD} == {text for asked in server.translations for text in asked.texts}
