from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.config import Settings
from tests.servers.microsoft import MicrosoftServer
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
    Markup,
)
from workers.engines.clearance import cleared
from workers.engines.client import Patience
from workers.engines.microsoft import PUBLIC_URL, Microsoft, build


@pytest.fixture
def server() -> Iterator[MicrosoftServer]:
    with MicrosoftServer() as server, cleared(outside=True):
        yield server


def engine(server: MicrosoftServer, patience: Patience | None = None) -> Microsoft:
    return Microsoft("a-key", url=server.url, patience=patience)


def translate(engine: Microsoft, *texts: str, source: str = "nl", target: str = "fr") -> list[str]:
    return engine.translate(texts, source=source, target=target, deadline=Deadline(5))


def test_several_texts_travel_as_html_in_one_request(server: MicrosoftServer) -> None:
    answers = translate(engine(server), "De minister", "De regering")

    assert ["Le ministre", "Le gouvernement"] == answers
    assert [("De minister", "De regering")] == [asked.texts for asked in server.translations]
    assert [{"api-version": "3.0", "from": "nl", "to": "fr", "textType": "html"}] == server.params


def test_marked_words_and_escaped_marks_travel_as_they_are(server: MicrosoftServer) -> None:
    marked = '<span class="notranslate">[X0X]</span>'

    answers = translate(engine(server), f"De minister &amp; {marked} regering")

    assert [f"Le ministre &amp; {marked} gouvernement"] == answers


def test_it_says_how_texts_must_be_dressed() -> None:
    capabilities = Microsoft("a-key").capabilities

    assert (Batch.LIST, Markup.HTML) == (capabilities.batch, capabilities.markup)


def test_nothing_is_asked_for_no_text(server: MicrosoftServer) -> None:
    assert [] == translate(engine(server))
    assert [] == server.requests


@pytest.mark.parametrize(
    "target, expected",
    [
        ("fr-BE", "fr"),
        ("fr-CA", "fr-ca"),
        ("pt-PT", "pt-pt"),
        ("pt-BR", "pt"),
        ("nb", "nb"),
        ("no", "nb"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("sr", "sr-Cyrl"),
        ("sr-Latn", "sr-Latn"),
    ],
)
def test_a_locale_is_asked_for_under_microsofts_code(server: MicrosoftServer, target: str, expected: str) -> None:
    translate(engine(server), "De minister", target=target)

    assert ("nl", expected) == (server.translations[0].source, server.translations[0].target)


@pytest.mark.parametrize("source, target", [("tlh", "fr"), ("nl", "tlh")])
def test_a_language_that_it_lacks_is_refused(server: MicrosoftServer, source: str, target: str) -> None:
    with pytest.raises(EngineRefused) as refused:
        translate(engine(server), "De minister", source=source, target=target)

    assert "no_such_language" == refused.value.reason


@pytest.mark.parametrize(
    "key, region, expected",
    [
        ("a-key", "westeurope", "Le ministre"),
        ("a-key", "West Europe", "Le ministre"),
        ("a-key", None, "bad_key"),
        ("another", "westeurope", "bad_key"),
        ("a-kéy", "westeurope", "bad_key"),
        ("a-key\n", "westeurope", "bad_key"),
    ],
)
def test_the_key_and_its_region_travel_in_headers(key: str, region: str | None, expected: str) -> None:
    with MicrosoftServer(region="westeurope") as server, cleared(outside=True):
        try:
            found = translate(Microsoft(key, region=region, url=server.url), "De minister")[0]
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
        ("drop", EngineUnavailable, "broken_connection"),
        ("http_500", EngineUnavailable, "http_500"),
        ("rate_limited", EngineUnavailable, "rate_limited"),
        ("quota", EngineUnavailable, "rate_limited"),
        ("garbage", EngineBadAnswer, "garbage"),
        ("endless", EngineBadAnswer, "too_large"),
        ("redirect", EngineBadAnswer, "redirected"),
        ("dropped", EngineBadAnswer, "wrong_count"),
    ],
)
def test_each_failure_has_its_kind_and_reason(
    server: MicrosoftServer, behaviour: str, kind: type[EngineError], reason: str
) -> None:
    server.behave(behaviour)
    patience = patience_for(behaviour)

    with pytest.raises(kind) as failed:
        translate(engine(server, patience), "De minister", "De regering")

    assert reason == failed.value.reason
    assert "minister" not in f"{failed.value} {failed.value.__cause__}"


@pytest.mark.parametrize(
    "status, code, kind, reason",
    [
        (400, 400019, EngineRefused, "no_such_language"),
        (400, 400035, EngineRefused, "no_such_language"),
        (400, 400036, EngineRefused, "no_such_language"),
        (400, 400050, EngineBadAnswer, "too_long"),
        (400, 400077, EngineBadAnswer, "too_long"),
        (400, 400000, EngineBadAnswer, "http_400"),
        (401, 401000, EngineRefused, "bad_key"),
        (403, 403000, EngineRefused, "bad_key"),
        (403, 403001, EngineUnavailable, "rate_limited"),
        (408, 408001, EngineUnavailable, "http_408"),
        (429, 429001, EngineUnavailable, "rate_limited"),
        (503, 503000, EngineUnavailable, "http_503"),
    ],
)
def test_each_number_of_its_errors_has_its_kind_and_none_repeats_its_sentence(
    server: MicrosoftServer, status: int, code: int, kind: type[EngineError], reason: str
) -> None:
    server.refusal = status, code

    with pytest.raises(kind) as failed:
        translate(engine(server), "De minister")

    assert reason == failed.value.reason
    assert "minister" not in str(failed.value)


@pytest.mark.parametrize("code", [400050, 400077])
def test_a_list_that_is_too_long_is_worth_asking_singly(server: MicrosoftServer, code: int) -> None:
    server.refusal = 400, code

    with pytest.raises(EngineBadAnswer) as failed:
        translate(engine(server), "De minister", "De regering")

    assert failed.value.singly is True


@pytest.mark.parametrize("behaviour, retry_after, rest", [("rate_limited", "42", 42), ("quota", None, REST_SECONDS)])
def test_a_limit_tells_how_long_to_rest(
    server: MicrosoftServer, behaviour: str, retry_after: str | None, rest: float
) -> None:
    server.behave(behaviour, retry_after=retry_after)

    with pytest.raises(EngineUnavailable) as limited:
        translate(engine(server), "De minister")

    assert rest == limited.value.rest_seconds


def test_many_threads_each_get_their_own_answer(server: MicrosoftServer) -> None:
    asked = engine(server)
    server.translate = lambda text, _source, target: f"{target}: {text}"
    wanted = [(f"zin {number}", target) for number in range(20) for target in ("fr", "de", "en")]

    def ask(pair: tuple[str, str]) -> str:
        with cleared(outside=True):
            return translate(asked, pair[0], target=pair[1])[0]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, wanted))

    assert [f"{target}: {text}" for text, target in wanted] == answers


def test_a_text_that_is_not_cleared_is_refused_before_anything_is_sent(server: MicrosoftServer) -> None:
    with cleared(outside=False), pytest.raises(EngineRefused) as refused:
        translate(engine(server), "De minister")

    assert "confidential" == refused.value.reason
    assert [] == server.requests


def test_it_never_counts_as_running_in_the_office() -> None:
    assert Microsoft("a-key", url="http://127.0.0.1:1").capabilities.runs_in_office is False


@pytest.mark.parametrize(
    "behaviour, key, ok, reason",
    [
        ("well", "a-key", True, ""),
        ("well", "another", False, "bad_key"),
        ("http_500", "a-key", False, "http_500"),
        ("empty", "a-key", False, "garbage"),
    ],
)
def test_a_probe_proves_the_key_with_one_fixed_word(
    server: MicrosoftServer, behaviour: str, key: str, reason: str, *, ok: bool
) -> None:
    server.behave(behaviour)

    with cleared(outside=False):
        health = Microsoft(key, url=server.url).probe(deadline=Deadline(5))

    assert (ok, reason) == (health.ok, health.reason)
    assert {PROBE_WORD} == {text for asked in server.translations for text in asked.texts}


def test_another_key_or_region_is_another_configuration_and_none_shows_them() -> None:
    rows = [
        Microsoft("first-key").capabilities,
        Microsoft("second-key").capabilities,
        Microsoft("first-key", region="westeurope").capabilities,
    ]

    assert 3 == len({row.key for row in rows})
    assert "first-key" not in repr(rows)


def test_it_is_built_where_its_key_is_set() -> None:
    given = {"_env_file": None, "secret_key": "a key that is long enough"}

    assert build(Settings(**given)) is None
    assert isinstance(build(Settings(**given, microsoft_api_key="a-key")), Microsoft)
    assert PUBLIC_URL.startswith("https://")
