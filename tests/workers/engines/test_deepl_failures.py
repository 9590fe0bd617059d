from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from deepl import DeepLClient
from deepl.api_data import MultilingualGlossaryDictionaryEntries

from tests.servers.deepl import DeepLServer
from tests.workers.engines.deepl_steps import translate
from tests.workers.engines.patience import SHORT
from workers.engines.base import REST_SECONDS, Deadline, EngineBadAnswer, EngineError, EngineRefused, EngineUnavailable
from workers.engines.clearance import cleared
from workers.engines.client import EngineClient
from workers.engines.deepl import DeepL


@pytest.fixture
def server() -> Iterator[DeepLServer]:
    with DeepLServer() as server, cleared(outside=True):
        yield server


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
