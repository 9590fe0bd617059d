from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from service.config import Settings
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from workers.engines.base import Capabilities, Deadline, Engine, Health
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate
from workers.probe.health import probe_all
from workers.probe.listing import list_engines
from workers.probe.trying import Question, try_engines

SENTENCE = "De minister zegt dat op https://office.example de regering meer heeft."


class Odd:
    """An engine that waits to be let go, or breaks."""

    def __init__(self, *, breaks: bool = False) -> None:
        self.capabilities = Capabilities("odd", runs_in_office=True)
        self.breaks = breaks
        self.let_go = threading.Event()

    def translate(self, texts: Any, **_asked: Any) -> list[str]:
        if self.breaks:
            raise ValueError(texts)
        self.let_go.wait()
        return list(texts)

    def probe(self, *, deadline: Deadline) -> Health:
        return Health(ok=bool(self.translate(["?"], deadline=deadline)))


@pytest.fixture
def hanging() -> Iterator[Odd]:
    odd = Odd()
    yield odd
    odd.let_go.set()


@pytest.fixture
def inside() -> Iterator[LibreTranslateServer]:
    with LibreTranslateServer() as server:
        yield server


@pytest.fixture
def outside() -> Iterator[GoogleServer]:
    with GoogleServer() as server:
        yield server


def both(inside: LibreTranslateServer, outside: GoogleServer) -> tuple[Engine, ...]:
    return LibreTranslate(inside.url), Google(outside.page)


def told(rows: list[dict[str, Any]], *facts: str) -> list[tuple[Any, ...]]:
    return [tuple(row[fact] for fact in ("name", *facts)) for row in rows]


def test_an_engine_that_does_not_tell_in_time_is_left_behind(hanging: Odd) -> None:
    health = probe_all([hanging], seconds=0.05)
    tried = try_engines([hanging], Question(SENTENCE, "nl", "fr"), seconds=0.05)

    assert [("odd", False, "timeout")] == told(health, "ok", "reason")
    assert [("odd", None, "timeout")] == told(tried, "answer", "reason")


def test_an_adapter_that_breaks_takes_no_other_with_it(inside: LibreTranslateServer) -> None:
    engines = [Odd(breaks=True), LibreTranslate(inside.url)]

    assert [("odd", False, "adapter_fault"), ("libretranslate", True, "")] == told(probe_all(engines), "ok", "reason")
    assert "ValueError" == probe_all(engines)[0]["detail"]


def test_a_sentence_is_masked_and_its_answer_restored(inside: LibreTranslateServer, outside: GoogleServer) -> None:
    rows = try_engines(both(inside, outside), Question(SENTENCE, "nl", "fr", outside=True))

    assert ["libretranslate", "google"] == [row["name"] for row in rows]
    assert all("https://office.example" in row["answer"] for row in rows)
    sent = [asked.texts[0] for asked in (*inside.translations, *outside.translations)]
    assert 2 == len(sent)
    assert not [text for text in sent if "https" in text]


@pytest.mark.parametrize(
    "behaviour, reason, detail",
    [("echo", "bad_answer", "echo"), ("lost_token", "bad_answer", "lost_token"), ("quota", "rate_limited", None)],
)
def test_an_answer_that_no_draft_would_be_made_of_is_none(
    inside: LibreTranslateServer, behaviour: str, reason: str, detail: str | None
) -> None:
    inside.behave(behaviour)

    row = try_engines([LibreTranslate(inside.url)], Question(SENTENCE, "nl", "fr"))[0]

    assert (None, reason) == (row["answer"], row["reason"])
    assert detail in {None, row["detail"]}


def test_only_engines_of_the_office_see_a_sentence_that_was_not_let_out(
    inside: LibreTranslateServer, outside: GoogleServer
) -> None:
    rows = try_engines(both(inside, outside), Question(SENTENCE, "nl", "fr"))

    assert [("libretranslate", True, ""), ("google", False, "confidential")] == told(rows, "asked", "reason")
    assert [] == outside.requests


def test_a_sentence_without_a_letter_is_sent_to_nobody(inside: LibreTranslateServer) -> None:
    rows = try_engines([LibreTranslate(inside.url)], Question("12,5 %", "nl", "fr"))

    assert [("libretranslate", False, "nothing_to_translate")] == told(rows, "asked", "reason")
    assert [] == inside.requests


def test_the_list_names_what_is_asked_and_why_the_others_are_not() -> None:
    settings = Settings(
        _env_file=None, secret_key="a key that is long enough", engines="google", microsoft_api_key="a-key"
    )

    rows = list_engines(settings)

    assert ("google", True, 1, False, True) == told(rows[:1], "configured", "order", "runs_in_office", "keyless")[0]
    reasons = {row["name"]: row["reason"] for row in rows[1:]}
    assert ("no_settings", "not_named", "not_named") == (
        reasons["libretranslate"],
        reasons["microsoft"],
        reasons["mymemory"],
    )


@pytest.mark.parametrize(
    "rates, expected",
    [("", {"requests": 2, "seconds": 1.0}), ("mymemory=100/h", {"requests": 100, "seconds": 3600.0})],
)
def test_the_list_tells_the_rate_that_holds(rates: str, expected: dict[str, float]) -> None:
    settings = Settings(_env_file=None, secret_key="a key that is long enough", engines="mymemory", engine_rates=rates)

    assert expected == list_engines(settings)[0]["rate"]
