from __future__ import annotations

import pytest

from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.engines.patience import patience_for
from workers.engines.base import Deadline, EngineBadAnswer, EngineError, EngineRefused, EngineUnavailable
from workers.engines.clearance import cleared
from workers.engines.libretranslate import LibreTranslate


def translate(engine: LibreTranslate, *texts: str, target: str = "fr") -> list[str]:
    return engine.translate(texts, source="nl", target=target, deadline=Deadline(5))


def test_several_texts_travel_in_one_request() -> None:
    with LibreTranslateServer() as server:
        answers = translate(LibreTranslate(server.url), "De minister", "De regering")

        assert ["Le ministre", "Le gouvernement"] == answers
        assert [("De minister", "De regering")] == [asked.texts for asked in server.translations]


def test_the_languages_are_asked_once_for_many_texts() -> None:
    with LibreTranslateServer() as server:
        engine = LibreTranslate(server.url)
        for _ in range(3):
            translate(engine, "De minister")

        assert 1 == [asked.path for asked in server.requests].count("/languages")


@pytest.mark.parametrize(
    "languages, target, expected",
    [
        (("nl", "fr"), "fr-BE", "fr"),
        (("nl", "zh-Hans"), "zh", "zh-Hans"),
        (("nl", "zh-Hant", "zh-Hans"), "zh-TW", "zh-Hant"),
        (("nl", "pt", "pt-BR"), "pt-BR", "pt-BR"),
    ],
)
def test_a_locale_is_asked_for_under_the_code_that_the_server_knows(
    languages: tuple[str, ...], target: str, expected: str
) -> None:
    with LibreTranslateServer(languages) as server:
        translate(LibreTranslate(server.url), "De minister", target=target)

        assert expected == server.translations[0].target


def test_a_pair_that_the_server_lacks_is_refused_without_sending_the_text() -> None:
    with LibreTranslateServer(("nl", "en")) as server:
        with pytest.raises(EngineRefused) as refused:
            translate(LibreTranslate(server.url), "De minister")

        assert "no_such_language" == refused.value.reason
        assert [] == server.translations


@pytest.mark.parametrize("key, expected", [("right", ["Le ministre"]), ("wrong", "bad_key"), (None, "bad_key")])
def test_a_server_that_wants_a_key_gets_it(key: str | None, expected: list[str] | str) -> None:
    with LibreTranslateServer(api_key="right") as server:
        try:
            found: list[str] | str = translate(LibreTranslate(server.url, key), "De minister")
        except EngineRefused as refused:
            found = refused.reason

    assert expected == found


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
        ("dropped", EngineBadAnswer, "wrong_count"),
    ],
)
def test_each_failure_has_its_kind_and_reason(behaviour: str, kind: type[EngineError], reason: str) -> None:
    with LibreTranslateServer() as server:
        engine = LibreTranslate(server.url)
        translate(engine, "De minister")  # so that the languages are known
        engine._patience = patience_for(behaviour)
        server.behave(behaviour)

        with pytest.raises(kind) as failed:
            translate(engine, "De minister", "De regering")

    assert reason == failed.value.reason
    assert "minister" not in str(failed.value)


@pytest.mark.parametrize(
    "addresses, expected",
    [
        (["127.0.0.1"], True),
        (["10.1.2.3", "fd00::1"], True),
        (["::ffff:192.168.1.1"], True),
        (["172.20.0.5"], True),
        (["93.184.216.34"], False),
        (["10.1.2.3", "93.184.216.34"], False),
        (["100.64.0.1"], False),
        ([], False),
    ],
)
def test_where_the_name_leads_tells_whether_it_runs_in_the_office(addresses: list[str], *, expected: bool) -> None:
    engine = LibreTranslate("http://libretranslate:5000", resolver=lambda _host: addresses)

    assert expected is engine.capabilities.runs_in_office


def test_a_server_outside_the_office_gets_no_text_that_is_not_cleared() -> None:
    with LibreTranslateServer() as server:
        engine = LibreTranslate(server.url, resolver=lambda _host: ["93.184.216.34"])

        with pytest.raises(EngineRefused) as refused:
            translate(engine, "De minister")
        with cleared(outside=True):
            answers = translate(engine, "De minister")

        assert "confidential" == refused.value.reason
        assert ["Le ministre"] == answers
        assert 1 == len(server.translations)


@pytest.mark.parametrize(
    "behaviour, ok, reason",
    [("well", True, ""), ("http_500", False, "http_500"), ("garbage", False, "garbage")],
)
def test_a_probe_tells_health_and_sends_no_text(behaviour: str, reason: str, *, ok: bool) -> None:
    with LibreTranslateServer() as server:
        server.behave(behaviour)

        health = LibreTranslate(server.url).probe(deadline=Deadline(5))

        assert (ok, reason) == (health.ok, health.reason)
        assert [] == server.translations


def test_another_key_is_another_configuration_and_none_shows_it() -> None:
    first = LibreTranslate("http://127.0.0.1:1", "first-key").capabilities
    second = LibreTranslate("http://127.0.0.1:1", "second-key").capabilities

    assert first.key != second.key
    assert "first-key" not in repr(first)
