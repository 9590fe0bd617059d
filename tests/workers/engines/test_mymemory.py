from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import deep_translator.mymemory
import pytest
import requests
from deep_translator.constants import BASE_URLS

from service.config import Settings
from tests.servers.mymemory import MyMemoryServer
from tests.workers.engines.patience import patience_for
from workers.engines.base import (
    PROBE_WORD,
    REST_SECONDS,
    Batch,
    Deadline,
    EngineBadAnswer,
    EngineError,
    EngineRefused,
    EngineUnavailable,
)
from workers.engines.clearance import cleared
from workers.engines.mymemory import PUBLIC_URL, MyMemory, build


@pytest.fixture
def server() -> Iterator[MyMemoryServer]:
    with MyMemoryServer() as server, cleared(outside=True):
        yield server


def translate(engine: MyMemory, *texts: str, source: str = "nl", target: str = "fr") -> list[str]:
    return engine.translate(texts, source=source, target=target, deadline=Deadline(5))


def test_each_text_is_a_request_of_its_own(server: MyMemoryServer) -> None:
    answers = translate(MyMemory(server.url), "De minister", "De regering")

    assert ["Le ministre", "Le gouvernement"] == answers
    assert ["/get", "/get"] == [asked.path for asked in server.translations]


@pytest.mark.parametrize(
    "source, target, expected",
    [
        ("nl", "fr", ("nl-NL", "fr-FR")),
        ("nl-BE", "fr-BE", ("nl-BE", "fr-BE")),
        ("nl", "de", ("nl-NL", "de-DE")),
        ("nl", "en", ("nl-NL", "en-GB")),
        ("nl", "pt", ("nl-NL", "pt-PT")),
        ("nl", "sr-Latn", ("nl-NL", "sr-Latn-RS")),
        ("nl", "zh-Hans", ("nl-NL", "zh-CN")),
    ],
)
def test_a_locale_is_asked_for_with_its_country(
    server: MyMemoryServer, source: str, target: str, expected: tuple[str, str]
) -> None:
    translate(MyMemory(server.url), "De minister", source=source, target=target)

    assert expected == (server.translations[0].source, server.translations[0].target)


@pytest.mark.parametrize("target, requests_made", [("tlh", 0), ("nl-NL", 0), ("bg", 1)])
def test_a_pair_that_it_lacks_is_refused(server: MyMemoryServer, target: str, requests_made: int) -> None:
    with pytest.raises(EngineRefused) as refused:
        translate(MyMemory(server.url), "De minister", target=target)

    assert "no_such_language" == refused.value.reason
    assert requests_made == len(server.translations)


@pytest.mark.parametrize("text", ["é" * 250, "a" * 499])
def test_a_text_of_its_whole_length_arrives(server: MyMemoryServer, text: str) -> None:
    translate(MyMemory(server.url), text)

    assert text == server.translations[0].texts[0]


@pytest.mark.parametrize("text", ["é" * 251, "a" * 500, "a" * 5_000])
def test_a_text_that_is_too_long_is_not_sent(server: MyMemoryServer, text: str) -> None:
    with pytest.raises(EngineBadAnswer) as refused:
        translate(MyMemory(server.url), text)

    assert "too_long" == refused.value.reason
    assert [] == server.requests


def test_the_table_holds_the_same_limits() -> None:
    capabilities = MyMemory().capabilities

    assert (Batch.NONE, 499, 500) == (capabilities.batch, capabilities.max_characters, capabilities.max_bytes)


@pytest.mark.parametrize("email", [None, "pers@office.example"])
def test_the_offices_address_goes_along_where_it_is_set(server: MyMemoryServer, email: str | None) -> None:
    translate(MyMemory(server.url, email=email), "De minister")

    assert [email] == server.emails


@pytest.mark.parametrize(
    "behaviour, kind, reason",
    [
        ("hang", EngineUnavailable, "timeout"),
        ("slow", EngineUnavailable, "timeout"),
        ("slow_head", EngineUnavailable, "timeout"),
        ("refuse", EngineUnavailable, "refused_connection"),
        ("drop", EngineUnavailable, "broken_connection"),
        ("http_500", EngineUnavailable, "http_500"),
        ("rate_limited", EngineUnavailable, "rate_limited"),
        ("quota", EngineUnavailable, "rate_limited"),
        ("notice", EngineBadAnswer, "too_long"),
        ("garbage", EngineBadAnswer, "garbage"),
        ("endless", EngineBadAnswer, "too_large"),
        ("redirect", EngineBadAnswer, "redirected"),
    ],
)
def test_each_failure_has_its_kind_and_reason(
    server: MyMemoryServer, behaviour: str, kind: type[EngineError], reason: str
) -> None:
    server.behave(behaviour)
    patience = patience_for(behaviour)

    with pytest.raises(kind) as failed:
        translate(MyMemory(server.url, patience=patience), "De minister")

    assert reason == failed.value.reason
    assert "minister" not in f"{failed.value} {failed.value.__cause__}"


WARNING = {"translatedText": "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."}


@pytest.mark.parametrize(
    "besides, kind, reason",
    [
        ({"responseStatus": 429}, EngineUnavailable, "rate_limited"),
        ({"responseStatus": "429"}, EngineUnavailable, "rate_limited"),
        ({"quotaFinished": True}, EngineUnavailable, "rate_limited"),
        ({"responseData": WARNING}, EngineUnavailable, "rate_limited"),
        ({"responseStatus": 403, "responseDetails": "MYMEMORY WARNING: TOO MUCH"}, EngineUnavailable, "rate_limited"),
        ({"responseStatus": "403", "responseDetails": "INVALID EMAIL PROVIDED"}, EngineRefused, "bad_key"),
        ({"responseStatus": "403", "responseDetails": "NO QUERY SPECIFIED"}, EngineBadAnswer, "http_403"),
        ({"responseStatus": 503}, EngineUnavailable, "http_503"),
        ({"responseStatus": None}, EngineBadAnswer, "http_0"),
        ({"responseData": None}, EngineBadAnswer, "garbage"),
    ],
)
def test_a_refusal_inside_an_answer_has_its_kind(
    server: MyMemoryServer, besides: dict[str, Any], kind: type[EngineError], reason: str
) -> None:
    server.besides = besides

    with pytest.raises(kind) as failed:
        translate(MyMemory(server.url), "De minister")

    assert reason == failed.value.reason


@pytest.mark.parametrize(
    "behaviour, retry_after, rest",
    [("rate_limited", "42", 42), ("rate_limited", None, REST_SECONDS), ("quota", None, 25_953)],
)
def test_how_long_to_rest_is_what_it_says(
    server: MyMemoryServer, behaviour: str, retry_after: str | None, rest: float
) -> None:
    server.behave(behaviour, retry_after=retry_after)

    with pytest.raises(EngineUnavailable) as limited:
        translate(MyMemory(server.url), "De minister")

    assert rest == limited.value.rest_seconds


def test_a_release_may_tell_of_a_warning(server: MyMemoryServer) -> None:
    server.translate = lambda text, _source, _target: f"Traduit: {text}"
    text = "Wie te veel vroeg, las MYMEMORY WARNING in hoofdletters"

    assert [f"Traduit: {text}"] == translate(MyMemory(server.url), text)


@pytest.mark.parametrize("matches", [[], [{"translation": "Autre chose", "match": 0.6}]])
def test_what_only_resembles_the_text_is_no_answer(server: MyMemoryServer, matches: list[dict[str, Any]]) -> None:
    server.behave("empty")
    server.matches = matches

    assert [""] == translate(MyMemory(server.url), "De minister")


def test_marks_that_come_back_as_entities_are_read(server: MyMemoryServer) -> None:
    server.translate = lambda _text, _source, _target: "L&#39;heure &quot;H&quot;"

    assert ['L\'heure "H"', "L&#39;heure &quot;H&quot;"] == translate(MyMemory(server.url), "Het uur", "Het &amp; uur")


def test_many_threads_each_get_their_own_answer(server: MyMemoryServer) -> None:
    engine = MyMemory(server.url)
    server.translate = lambda text, _source, target: f"{target}: {text}"
    wanted = [(f"zin {number}", target) for number in range(20) for target in ("fr-FR", "de-DE", "en-GB")]

    def ask(pair: tuple[str, str]) -> str:
        with cleared(outside=True):
            return translate(engine, pair[0], target=pair[1])[0]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, wanted))

    assert [f"{target}: {text}" for text, target in wanted] == answers


def test_two_addresses_do_not_mix_and_the_librarys_table_stays_as_it_was(server: MyMemoryServer) -> None:
    usual = BASE_URLS["MYMEMORY"]
    with MyMemoryServer() as other:
        translate(MyMemory(server.url), "De minister")
        translate(MyMemory(f"{other.url}/elsewhere"), "De regering")

        assert ["De minister"] == [asked.texts[0] for asked in server.translations]
        assert [("/elsewhere", "De regering")] == [(asked.path, asked.texts[0]) for asked in other.translations]
    assert usual == BASE_URLS["MYMEMORY"]


def test_only_the_librarys_own_name_for_requests_is_replaced() -> None:
    assert deep_translator.mymemory.requests is not requests
    assert "workers" not in requests.get.__module__


def test_a_text_that_is_not_cleared_is_refused_before_anything_is_sent(server: MyMemoryServer) -> None:
    with cleared(outside=False), pytest.raises(EngineRefused) as refused:
        translate(MyMemory(server.url), "De minister")

    assert "confidential" == refused.value.reason
    assert [] == server.requests


def test_it_never_counts_as_running_in_the_office() -> None:
    assert MyMemory("http://127.0.0.1:1").capabilities.runs_in_office is False


@pytest.mark.parametrize(
    "behaviour, ok, reason",
    [
        ("well", True, ""),
        ("http_500", False, "http_500"),
        ("quota", False, "rate_limited"),
        ("empty", False, "garbage"),
    ],
)
def test_a_probe_sends_one_fixed_word(server: MyMemoryServer, behaviour: str, reason: str, *, ok: bool) -> None:
    server.behave(behaviour)

    with cleared(outside=False):
        health = MyMemory(server.url).probe(deadline=Deadline(5))

    assert (ok, reason) == (health.ok, health.reason)
    assert {PROBE_WORD} == {text for asked in server.translations for text in asked.texts}


def test_it_is_built_with_the_offices_address_and_asks_encrypted() -> None:
    given = {"_env_file": None, "secret_key": "a key that is long enough"}

    plain = build(Settings(**given)).capabilities
    named = build(Settings(**given, mymemory_email="pers@office.example")).capabilities

    assert plain.key != named.key
    assert "pers@office.example" not in repr(named)
    assert PUBLIC_URL.startswith("https://")
