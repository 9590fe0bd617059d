from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from service.config import Settings
from tests.servers.deepl import DeepLAsked, DeepLServer
from tests.workers.engines.deepl_steps import translate
from workers.engines.base import Batch, Deadline, EngineRefused, Markup
from workers.engines.clearance import cleared
from workers.engines.deepl import FREE_URL, PUBLIC_URL, DeepL, build


@pytest.fixture
def server() -> Iterator[DeepLServer]:
    with DeepLServer() as server, cleared(outside=True):
        yield server


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
