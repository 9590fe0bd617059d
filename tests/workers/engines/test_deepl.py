from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from deepl import DeepLClient
from deepl.api_data import MultilingualGlossaryDictionaryEntries

from service.config import Settings
from tests.servers.deepl import DeepLAsked, DeepLServer
from tests.workers.engines.patience import SHORT
from workers.engines.base import (
    REST_SECONDS,
    Batch,
    Deadline,
    EngineBadAnswer,
    EngineError,
    EngineRefused,
    EngineUnavailable,
    Hints,
    Markup,
)
from workers.engines.clearance import cleared
from workers.engines.client import EngineClient
from workers.engines.deepl import FREE_URL, PUBLIC_URL, DeepL, build


@pytest.fixture
def server() -> Iterator[DeepLServer]:
    with DeepLServer() as server, cleared(outside=True):
        yield server


def translate(engine: DeepL, *texts: str, target: str = "fr", source: str = "nl", context: str = "") -> list[str]:
    return engine.translate(texts, source=source, target=target, deadline=Deadline(5), hints=Hints(context))


def asked_by(server: DeepLServer) -> DeepLAsked:
    (asked,) = server.translations
    assert isinstance(asked, DeepLAsked)
    return asked


def test_several_texts_travel_in_one_request(server: DeepLServer) -> None:
    answers = translate(DeepL("a-key", server.url), "De minister", "De regering")

    assert ["Le ministre", "Le gouvernement"] == answers
    assert ("De minister", "De regering") == asked_by(server).texts


def test_tags_and_escaped_marks_come_back_as_they_went(server: DeepLServer) -> None:
    answers = translate(DeepL("a-key", server.url), 'De minister <x id="0"/> A &amp; B &lt; C<x id="1"/>')

    assert ['Le ministre <x id="0"/> Aé &amp; Bé &lt; Cé<x id="1"/>'] == answers


def test_a_request_says_that_its_texts_are_whole_segments_of_xml(server: DeepLServer) -> None:
    translate(DeepL("a-key", server.url), "De minister", context="Wat <b>eraan</b> & voorafging.")

    assert {
        "text": ["De minister"],
        "source_lang": "NL",
        "target_lang": "FR",
        "context": "Wat  b eraan /b    voorafging.",
        "tag_handling": "xml",
        "tag_handling_version": "v2",
        "outline_detection": False,
        "non_splitting_tags": ["x"],
        "split_sentences": "0",
        "preserve_formatting": True,
        "formality": "prefer_more",
        "model_type": "prefer_quality_optimized",
        "show_billed_characters": True,
    } == asked_by(server).sent
    assert "DeepL-Auth-Key a-key" == asked_by(server).authorization


def test_without_a_context_none_is_sent_and_a_long_one_is_cut(server: DeepLServer) -> None:
    translate(DeepL("a-key", server.url), "De minister")
    translate(DeepL("a-key", server.url), "De minister", context="woord " * 20_000)

    first, second = server.translations
    assert "context" not in first.sent
    assert len(second.sent["context"]) <= 4_000


@pytest.mark.parametrize(
    "source, target, expected",
    [
        ("nl-BE", "fr-BE", ("NL", "FR")),
        ("nl", "en", ("NL", "EN-GB")),
        ("nl", "en-US", ("NL", "EN-US")),
        ("nl", "en-AU", ("NL", "EN-GB")),
        ("en-US", "nl", ("EN", "NL")),
        ("nl", "pt", ("NL", "PT-PT")),
        ("nl", "pt-BR", ("NL", "PT-BR")),
        ("nl", "zh", ("NL", "ZH-HANS")),
        ("nl", "zh-TW", ("NL", "ZH-HANT")),
        ("nl", "zh-Hant-TW", ("NL", "ZH-HANT")),
        ("zh-Hant", "nl", ("ZH", "NL")),
    ],
)
def test_a_locale_is_asked_for_under_deepls_code(
    server: DeepLServer, source: str, target: str, expected: tuple[str, str]
) -> None:
    translate(DeepL("a-key", server.url), "De minister", source=source, target=target)

    assert expected == (asked_by(server).source, asked_by(server).target)


def test_only_a_target_that_knows_a_formal_tone_is_asked_for_it(server: DeepLServer) -> None:
    for target in ("de", "en"):
        translate(DeepL("a-key", server.url), "De minister", target=target)

    assert ["prefer_more", None] == [asked.sent.get("formality") for asked in server.translations]


@pytest.mark.parametrize("source, target", [("nl", "tlh"), ("tlh", "nl")])
def test_a_pair_that_deepl_lacks_is_refused_without_sending_the_text(
    server: DeepLServer, source: str, target: str
) -> None:
    with pytest.raises(EngineRefused) as refused:
        translate(DeepL("a-key", server.url), "De minister", source=source, target=target)

    assert "no_such_language" == refused.value.reason
    assert [] == server.translations


def test_a_language_that_deepl_dropped_meanwhile_is_refused(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    translate(engine, "De minister")
    del server.targets["FR"]

    with pytest.raises(EngineRefused, match="no_such_language"):
        translate(engine, "De minister")


def test_the_languages_are_asked_again_after_an_hour_only(server: DeepLServer) -> None:
    now = [0.0]
    engine = DeepL("a-key", server.url, clock=lambda: now[0])

    for now[0] in (0.0, 3_599.0, 3_601.0):
        translate(engine, "De minister")

    assert ["/v2/languages", "/v2/languages?type=target"] * 2 == [
        asked.path for asked in server.requests if "languages" in asked.path
    ]


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
        ("garbage", EngineBadAnswer, "wrong_count"),
        ("endless", EngineBadAnswer, "too_large"),
        ("redirect", EngineBadAnswer, "redirected"),
        ("dropped", EngineBadAnswer, "wrong_count"),
        ("merged", EngineBadAnswer, "wrong_count"),
        ("split", EngineBadAnswer, "wrong_count"),
    ],
)
def test_each_failure_has_its_kind_and_reason_and_is_asked_once(
    server: DeepLServer, behaviour: str, kind: type[EngineError], reason: str
) -> None:
    engine = DeepL("a-key", server.url)
    translate(engine, "De minister")  # so that the languages are known
    if reason == "timeout":
        engine._client = EngineClient(in_office=False, patience=SHORT)
    server.requests.clear()
    server.behave(behaviour)

    with pytest.raises(kind) as failed:
        translate(engine, "De minister", "De regering")

    assert reason == failed.value.reason
    assert len(server.requests) <= 1
    assert "minister" not in str(failed.value)


@pytest.mark.parametrize(
    "status, kind, reason",
    [
        (400, EngineBadAnswer, "http_400"),
        (401, EngineRefused, "bad_key"),
        (403, EngineRefused, "bad_key"),
        (404, EngineBadAnswer, "http_404"),
        (413, EngineBadAnswer, "too_long"),
        (414, EngineBadAnswer, "too_long"),
        (418, EngineBadAnswer, "http_418"),
        (456, EngineUnavailable, "rate_limited"),
        (529, EngineUnavailable, "http_529"),
    ],
)
def test_a_refusal_is_told_by_its_status_and_never_by_the_servers_words(
    server: DeepLServer, status: int, kind: type[EngineError], reason: str
) -> None:
    server.refusal = status

    with pytest.raises(kind) as failed:
        translate(DeepL("a-key", server.url), "Het geheimwoord")

    assert (reason, f"HTTP {status}") == (failed.value.reason, failed.value.detail)
    assert failed.value.__cause__ is None
    if isinstance(failed.value, EngineBadAnswer):
        assert failed.value.singly


@pytest.mark.parametrize(
    "behaviour, retry_after, expected", [("quota", None, REST_SECONDS), ("rate_limited", "42", 42.0)]
)
def test_an_account_without_quota_rests(
    server: DeepLServer, behaviour: str, retry_after: str | None, expected: float
) -> None:
    engine = DeepL("a-key", server.url)
    translate(engine, "De minister")
    server.behave(behaviour, retry_after=retry_after)

    with pytest.raises(EngineUnavailable) as limited:
        translate(engine, "De minister")

    assert expected == limited.value.rest_seconds


@pytest.mark.parametrize("answers", [[{}, {"text": None}, 7], "none", None, [[]]])
def test_an_answer_of_another_shape_is_a_bad_one(
    server: DeepLServer, monkeypatch: pytest.MonkeyPatch, answers: Any
) -> None:
    monkeypatch.setattr(
        "tests.servers.deepl._Handler._translated", lambda _handler, _asked, _behaviour: {"translations": answers}
    )

    with pytest.raises(EngineBadAnswer):
        translate(DeepL("a-key", server.url), "Een", "Twee", "Drie")


def test_a_text_that_is_not_cleared_is_refused_before_anything_is_sent(server: DeepLServer) -> None:
    with cleared(outside=False), pytest.raises(EngineRefused) as refused:
        translate(DeepL("a-key", server.url), "De minister")

    assert "confidential" == refused.value.reason
    assert [] == server.requests


def test_the_librarys_own_sessions_and_its_log_stay_out_of_it(
    server: DeepLServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def never(*_arguments: Any, **_named: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(requests.Session, "request", never)
    monkeypatch.setattr(requests.Session, "send", never)
    caplog.set_level(logging.DEBUG)
    engine = DeepL("a-key", server.url)

    answers = translate(engine, "Het geheimwoord")
    health = engine.probe(deadline=Deadline(5))

    assert (1, True) == (len(answers), health.ok)
    assert not hasattr(engine._library(Deadline(5)), "_client")
    assert [] == [record for record in caplog.records if record.name == "deepl"]
    assert "geheimwoord" not in caplog.text


def test_the_stand_in_understands_the_library_as_it_comes(server: DeepLServer) -> None:
    library = DeepLClient("a-key", server_url=server.url)
    words = MultilingualGlossaryDictionaryEntries("NL", "FR", {"persbericht": "communiqué de presse"})

    glossary = library.create_multilingual_glossary("woorden", [words])
    answer = library.translate_text("Het persbericht", source_lang="NL", target_lang="FR", glossary=glossary)

    assert "Le communiqué de presse" == str(answer)
    assert [glossary.glossary_id] == [listed.glossary_id for listed in library.list_multilingual_glossaries()]
    assert list(server.targets) == [language.code for language in library.get_target_languages()]
    assert server.used == library.get_usage().character.count
    library.delete_multilingual_glossary(glossary)
    assert [] == server.glossaries


def test_many_threads_each_get_their_own_answer(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    server.translate = lambda text, _source, target: f"{target}: {text}"
    wanted = [(f"zin {number}", target) for number in range(20) for target in ("fr", "de", "en")]

    def ask(pair: tuple[str, str]) -> str:
        with cleared(outside=True):
            return translate(engine, pair[0], target=pair[1])[0]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, wanted))

    assert [f"{target}: {text}" for text, target in wanted] == answers


def test_its_version_is_the_model_that_answered_while_it_is_one_alone(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    versions = [engine.capabilities.version]
    for model in ("quality_optimized", "a_sentence_from_elsewhere", "latency_optimized"):
        server.model = model
        translate(engine, "De minister")
        versions.append(engine.capabilities.version)

    assert [None, "quality_optimized", "quality_optimized", None] == versions


@pytest.mark.parametrize(
    "behaviour, ok, reason, detail",
    [
        ("well", True, "", "12 % of the quota used"),
        ("http_500", False, "http_500", "HTTP 500"),
        ("garbage", False, "garbage", "the answer does not tell what is used"),
    ],
)
def test_a_probe_tells_what_is_used_and_sends_no_text(behaviour: str, reason: str, detail: str, *, ok: bool) -> None:
    with DeepLServer() as server:
        server.behave(behaviour)

        health = DeepL("a-key", server.url).probe(deadline=Deadline(5))

        assert (ok, reason, detail) == (health.ok, health.reason, health.detail)
        assert ["/v2/usage"] == [asked.path for asked in server.requests]


def test_a_probe_tells_a_wrong_key_and_a_quota_that_is_used_up() -> None:
    with DeepLServer(key="right") as server:
        wrong = DeepL("wrong", server.url).probe(deadline=Deadline(5))
        server.used = server.limit
        used_up = DeepL("right", server.url).probe(deadline=Deadline(5))

    assert ("bad_key", "rate_limited") == (wrong.reason, used_up.reason)


@pytest.mark.parametrize(
    "given, expected",
    [
        ({}, None),
        ({"deepl_api_key": " "}, None),
        ({"deepl_api_key": "a-key"}, PUBLIC_URL),
        ({"deepl_api_key": "a-key:fx"}, FREE_URL),
        ({"deepl_api_key": "a-key:fx", "deepl_url": "http://127.0.0.1:1/"}, "http://127.0.0.1:1"),
    ],
)
def test_it_is_built_where_there_is_a_key_and_the_key_tells_the_address(
    given: dict[str, Any], expected: str | None
) -> None:
    built = build(Settings(_env_file=None, secret_key="a key that is long enough", **given))

    assert expected == (built._url if built else None)


def test_what_it_can_do_is_in_its_capabilities() -> None:
    first = DeepL("first-key", "http://127.0.0.1:1").capabilities
    second = DeepL("second-key", "http://127.0.0.1:1").capabilities

    assert (Batch.LIST, Markup.XML, 50) == (first.batch, first.markup, first.max_items)
    assert (True, True, False, False) == (first.glossary, first.context, first.keyless, first.runs_in_office)
    assert first.key != second.key
    assert "first-key" not in repr(first)


def test_a_full_request_stays_below_what_deepl_takes(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    size = engine.capabilities.max_bytes // 50
    texts = ["é" * (size // 2)] * 50

    assert 50 == len(translate(engine, *texts, context="€" * 20_000))
