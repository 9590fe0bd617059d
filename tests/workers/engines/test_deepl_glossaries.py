from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from service.domain.drafts import Glossary
from tests.servers.base import Behaviour
from tests.servers.deepl import DeepLServer, KeptGlossary
from workers.engines.base import Deadline, EngineBadAnswer, EngineRefused, Hints
from workers.engines.clearance import cleared
from workers.engines.deepl import DeepL
from workers.engines.deepl_glossaries import GLOSSARY_BYTES, REFUSED_SECONDS, UNAVAILABLE_SECONDS, cleaned

FIRST = Glossary((("persbericht", "communiqué de presse"),), "first")
SECOND = Glossary((("persbericht", "note à la presse"),), "second")
WITHOUT = "Le communiqué"
LONG_AGO = datetime.now(UTC) - timedelta(days=2)


@pytest.fixture
def server() -> Iterator[DeepLServer]:
    with DeepLServer() as server, cleared(outside=True):
        yield server


def draft(engine: DeepL, glossary: Glossary, *, text: str = "Het persbericht", target: str = "fr") -> str:
    hints = Hints(glossary=glossary)
    return engine.translate([text], source="nl", target=target, deadline=Deadline(30), hints=hints)[0]


def of_another_worker(revision: str, *, made: datetime = LONG_AGO, pair: str = "nl-fr") -> KeptGlossary:
    return KeptGlossary(f"perstolk {pair} {revision}", "NL", "FR", {"persbericht": "communiqué de presse"}, made=made)


def test_the_term_base_decides_a_words_translation(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)

    assert "Le communiqué de presse" == draft(engine, FIRST)
    assert "Le note à la presse" == draft(engine, SECOND)
    assert WITHOUT == draft(engine, Glossary())


def test_a_glossary_is_made_once_for_many_drafts(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)

    for _ in range(3):
        draft(engine, FIRST)

    assert ["perstolk nl-fr first"] == server.names
    assert 1 == len(server.asked_at_glossaries("POST"))


def test_many_threads_make_one_glossary_and_all_use_it(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    together = threading.Barrier(6)

    def ask(_number: int) -> str:
        together.wait()
        with cleared(outside=True):
            return draft(engine, FIRST)

    with ThreadPoolExecutor(6) as pool:
        answers = set(pool.map(ask, range(6)))

    assert {"Le communiqué de presse"} == answers
    assert ["GET", "POST", "GET"] == [asked.method for asked in server.asked_at_glossaries()]


@pytest.mark.parametrize("target, expected", [("fr", "Le communiqué de presse"), ("en", "The communiqué de presse")])
def test_another_process_finds_the_glossary_by_its_name(server: DeepLServer, target: str, expected: str) -> None:
    draft(DeepL("a-key", server.url), FIRST, target=target)

    found = draft(DeepL("a-key", server.url), FIRST, target=target)

    assert expected == found
    assert 1 == len(server.asked_at_glossaries("POST"))


def test_of_two_that_were_made_at_the_same_time_the_older_stays_for_all(server: DeepLServer) -> None:
    server.meanwhile = of_another_worker("first", made=datetime.now(UTC) - timedelta(seconds=1))
    older = server.meanwhile.glossary_id

    draft(DeepL("a-key", server.url), FIRST)

    assert [older] == [glossary.glossary_id for glossary in server.glossaries]
    assert [older] == [asked.glossary_id for asked in server.translations]


def test_each_pair_has_a_glossary_of_its_own(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)

    for target in ("fr", "en", "en-US"):
        draft(engine, FIRST, target=target)

    assert ["perstolk nl-fr first", "perstolk nl-en first", "perstolk nl-en-US first"] == server.names
    assert ["FR", "EN", "EN"] == [glossary.target for glossary in server.glossaries]
    assert 3 == len({asked.glossary_id for asked in server.translations})


def test_only_what_the_desk_made_for_the_pair_and_nobody_uses_any_longer_is_removed(server: DeepLServer) -> None:
    server.glossaries = [
        of_another_worker("older"),
        of_another_worker("just-made", made=datetime.now(UTC) - timedelta(minutes=5)),
        of_another_worker("first", pair="nl-de"),
        KeptGlossary("Woorden van de juridische dienst", "NL", "FR", {"wet": "loi"}, made=LONG_AGO),
    ]

    draft(DeepL("a-key", server.url), FIRST)

    assert [
        "perstolk nl-fr just-made",
        "perstolk nl-de first",
        "Woorden van de juridische dienst",
        "perstolk nl-fr first",
    ] == server.names


def test_what_is_out_of_use_is_also_removed_when_the_glossary_is_there_already(server: DeepLServer) -> None:
    server.glossaries = [of_another_worker("first"), of_another_worker("older")]

    draft(DeepL("a-key", server.url), FIRST)

    assert ["perstolk nl-fr first"] == server.names


def test_an_account_with_room_for_one_glossary_keeps_the_newest(server: DeepLServer) -> None:
    server.room = 1
    engine = DeepL("a-key", server.url)

    assert "Le communiqué de presse" == draft(engine, FIRST)
    assert "Le note à la presse" == draft(engine, SECOND)
    assert ["perstolk nl-fr second"] == server.names


def test_a_glossary_that_is_gone_is_made_anew(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    draft(engine, FIRST)
    server.glossaries.clear()

    found = draft(engine, FIRST)

    assert "Le communiqué de presse" == found
    assert ["perstolk nl-fr first"] == server.names


def test_a_glossary_that_is_gone_and_cannot_be_made_anew_is_done_without(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    draft(engine, FIRST)
    server.glossaries.clear()
    server.room = 0

    assert WITHOUT == draft(engine, FIRST)


def test_a_text_that_is_refused_for_itself_is_not_sent_again(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    draft(engine, FIRST)

    with pytest.raises(EngineBadAnswer, match="http_400"):
        draft(engine, FIRST, text="een < twee")

    assert 2 == len(server.translations)
    assert 1 == len(server.asked_at_glossaries("POST"))


@pytest.mark.parametrize("behaviour", [one for one in Behaviour if one not in {Behaviour.WELL, Behaviour.REFUSE}])
def test_no_trouble_with_glossaries_fails_a_draft(
    server: DeepLServer, monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour
) -> None:
    monkeypatch.setattr("workers.engines.deepl.GLOSSARY_SECONDS", 0.3)
    server.at_glossaries = behaviour
    engine = DeepL("a-key", server.url)

    assert draft(engine, FIRST) in {WITHOUT, "Le communiqué de presse"}
    assert WITHOUT == draft(engine, Glossary())


@pytest.mark.parametrize(
    "behaviour, seconds",
    [(Behaviour.HTTP_500, UNAVAILABLE_SECONDS), (Behaviour.REDIRECT, REFUSED_SECONDS)],
)
def test_after_a_failure_the_glossary_is_left_alone_for_a_while(
    server: DeepLServer, behaviour: Behaviour, seconds: float
) -> None:
    now = [0.0]
    engine = DeepL("a-key", server.url, clock=lambda: now[0])
    server.at_glossaries = behaviour
    drafts = [draft(engine, FIRST)]
    server.at_glossaries = None

    for now[0] in (seconds - 1, seconds + 1):
        drafts.append(draft(engine, FIRST))

    assert [WITHOUT, WITHOUT, "Le communiqué de presse"] == drafts


def test_a_failure_is_logged_without_words(server: DeepLServer) -> None:
    server.at_glossaries = Behaviour.HTTP_500

    with structlog.testing.capture_logs() as logged:
        draft(DeepL("a-key", server.url), FIRST)

    assert [{"event": "glossary_unavailable", "log_level": "warning", "pair": "nl-fr", "reason": "http_500"}] == logged


def test_a_pair_that_deepl_keeps_no_glossary_for_is_translated_without(server: DeepLServer) -> None:
    server.without_glossaries = frozenset({"FR"})
    engine = DeepL("a-key", server.url)

    assert WITHOUT == draft(engine, FIRST)


def test_the_words_of_the_term_base_stay_where_the_text_must_stay(server: DeepLServer) -> None:
    engine = DeepL("a-key", server.url)
    draft(engine, Glossary())  # so that the languages are known
    server.requests.clear()

    with cleared(outside=False), pytest.raises(EngineRefused, match="confidential"):
        draft(engine, FIRST)

    assert [] == server.requests
    assert "Le communiqué de presse" == draft(engine, FIRST)


@pytest.mark.parametrize(
    "entries, expected",
    [
        ([("een", "un"), ("twee", "deux")], {"een": "un", "twee": "deux"}),
        ([(" een\ttwee\n", "un\r\ndeux ")], {"een twee": "un deux"}),
        ([("een\u2028twee", "un\x85deux\x00")], {"een twee": "un deux"}),
        ([("50\u00a0%", "50\u00a0%")], {"50\u00a0%": "50\u00a0%"}),
        ([("een", "un"), ("een ", "une")], {"een": "un"}),
        ([("", "un"), ("een", " \n")], {}),
        ([("é" * 512, "u"), ("é" * 513, "u"), ("e", "é" * 513)], {"é" * 512: "u"}),
    ],
)
def test_entries_are_made_fit(entries: list[tuple[str, str]], expected: dict[str, str]) -> None:
    assert expected == cleaned(entries)


def test_entries_that_deepl_would_refuse_do_not_cost_the_others(server: DeepLServer) -> None:
    glossary = Glossary((("", "rien"), ("een\ttab", "x"), *FIRST.entries, ("persbericht", "autre chose")), "mixed")

    assert "Le communiqué de presse" == draft(DeepL("a-key", server.url), glossary)


def test_a_term_base_without_a_fit_entry_needs_no_glossary(server: DeepLServer) -> None:
    assert WITHOUT == draft(DeepL("a-key", server.url), Glossary((("", ""),), "empty"))
    assert [] == server.asked_at_glossaries()


def test_a_very_large_term_base_is_cut_to_what_deepl_takes() -> None:
    entries = [(f"{number} " + "é" * 500, "é" * 500) for number in range(6_000)]

    taken = cleaned(entries)

    assert 4_000 < len(taken) < 6_000
    assert sum(len(f"{source}\t{target}\n".encode()) for source, target in taken.items()) <= GLOSSARY_BYTES
