from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Perstolk
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.microsoft import MicrosoftServer
from tests.servers.mymemory import MyMemoryServer
from tests.servers.wording import plausible
from tests.workers.engines.installing import install

SENTENCE = "De minister zegt niet meer"


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Iterator[LibreTranslateServer]:
    with LibreTranslateServer() as server:
        monkeypatch.setenv("PERSTOLK_LIBRETRANSLATE_URL", server.url)
        yield server


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleServer]:
    with GoogleServer() as server:
        monkeypatch.setenv("PERSTOLK_GOOGLE_URL", server.page)
        yield server


def test_a_sentence_stays_in_the_office_unless_it_is_let_out(
    perstolk: Perstolk, inside: LibreTranslateServer, outside: GoogleServer
) -> None:
    kept = perstolk("engines", "try", SENTENCE, "--to", "fr")
    sent = len(outside.requests)
    let_out = perstolk("engines", "try", SENTENCE, "--to", "fr", "--outside")

    answer = plausible(SENTENCE, "nl", "fr")
    assert (0, 0, 0) == (kept.exit_code, sent, let_out.exit_code)
    assert "google          outside        not asked: outside the office; --outside sends" in kept.stdout
    assert [1, 2] == [kept.stdout.count(answer), let_out.stdout.count(answer)]


def test_the_answers_are_there_for_programs_too(perstolk: Perstolk, inside: LibreTranslateServer) -> None:
    done = perstolk(
        "engines", "try", "-", "--to", "DE", "--from", "nl", "--engine", "libretranslate", "--json", stdin=SENTENCE
    )

    row = json.loads(done.stdout)[0]
    assert (plausible(SENTENCE, "nl", "de"), True, "") == (row["answer"], row["runs_in_office"], row["reason"])
    assert row["milliseconds"] >= 0
    assert [(SENTENCE,)] == [asked.texts for asked in inside.translations]


def test_the_sentence_shows_in_no_list_of_processes(perstolk: Perstolk, inside: LibreTranslateServer) -> None:
    shown: list[str] = []

    def answer(text: str, source: str, target: str) -> str:
        listed = subprocess.run(["ps", "-A", "-ww", "-o", "args"], check=True, capture_output=True, text=True)
        shown.append(listed.stdout)
        return plausible(text, source, target)

    inside.translate = answer
    perstolk("engines", "try", SENTENCE, "--to", "fr", "--engine", "libretranslate")

    assert 1 == len(shown)
    assert "workers.probe try" in shown[0]
    assert SENTENCE not in shown[0]


def test_where_no_engine_has_an_answer_the_status_is_one_and_the_reason_is_told(
    perstolk: Perstolk, inside: LibreTranslateServer, outside: GoogleServer
) -> None:
    inside.behave("rate_limited")

    done = perstolk("engines", "try", SENTENCE, "--to", "fr")

    assert 1 == done.exit_code
    assert "- takes no more texts for now (HTTP 429)" in done.stdout


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["try", SENTENCE, "--to", "Frans?"], "not a language tag"),
        (["try", " ", "--to", "fr"], "There is no text."),
        (
            ["try", SENTENCE, "--to", "fr", "--engine", "deepl"],
            "deepl is not configured; there are libretranslate, goo",
        ),
        (["try", SENTENCE], "--to"),
    ],
)
def test_what_is_asked_wrongly_is_told_with_status_two(
    perstolk: Perstolk, inside: LibreTranslateServer, arguments: list[str], told: str
) -> None:
    done = perstolk("engines", *arguments)

    assert 2 == done.exit_code
    assert told in done.stderr
    assert [] == inside.translations


def test_the_list_shows_the_order_the_place_and_the_limits(
    perstolk: Perstolk, inside: LibreTranslateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSTOLK_ENGINES", "libretranslate,mymemory")

    lines = perstolk("engines", "list").stdout.splitlines()
    rows = json.loads(perstolk("engines", "list", "--json").stdout)

    assert lines[0].startswith(" 1  libretranslate  in the office  no key; protected words as tokens; no glossary; ")
    assert lines[1].startswith(" 2  mymemory        outside        no key; ")
    assert " -  google          not asked: PERSTOLK_ENGINES does not name it" in lines
    assert " -  microsoft       not asked: its settings are missing" in lines
    assert ["libretranslate", "mymemory"] == [row["name"] for row in rows if row["configured"]]
    assert [] == inside.translations


def test_an_engine_of_another_package_is_listed_and_asked_where_it_is_named(
    perstolk: Perstolk, outside: GoogleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = install(tmp_path / "packages", acme="build")
    monkeypatch.syspath_prepend(packages)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(packages), str(Path.cwd())]))

    unnamed = perstolk("engines", "list").stdout
    monkeypatch.setenv("PERSTOLK_ENGINES", "google,acme@office")
    named = perstolk("engines", "list").stdout
    tried = perstolk("engines", "try", SENTENCE, "--to", "fr").stdout

    assert " -  acme            not asked: PERSTOLK_ENGINES does not name it" in unnamed
    assert " 2  acme            in the office" in named
    assert f"fr: {SENTENCE}" in tried
    assert [] == outside.requests


def test_the_doctor_tells_of_every_kind_of_engine(
    perstolk: Perstolk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = install(tmp_path / "packages", acme="build")
    monkeypatch.syspath_prepend(packages)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(packages), str(Path.cwd())]))
    monkeypatch.setenv("PERSTOLK_ENGINES", "microsoft,mymemory,acme")
    with MicrosoftServer(key="right") as microsoft, MyMemoryServer() as mymemory:
        monkeypatch.setenv("PERSTOLK_MICROSOFT_URL", microsoft.url)
        monkeypatch.setenv("PERSTOLK_MICROSOFT_API_KEY", "wrong")
        monkeypatch.setenv("PERSTOLK_MYMEMORY_URL", mymemory.url)
        lines = {line.split()[1]: line for line in perstolk("doctor").stdout.splitlines()}

    assert "engine outside, does not answer: bad_key (HTTP 401, 401000)" in lines["microsoft"]
    assert "engine outside, answers in" in lines["mymemory"]
    assert "engine outside, answers in 0 ms (built from acme)" in lines["acme"]


@pytest.mark.parametrize(
    "engines, told",
    [
        ("acme", "settings      PERSTOLK_ENGINES cannot be used: acme is no engine; there are libretranslate, "),
        ("deepl", "engines       PERSTOLK_ENGINES names deepl, but its settings are missing: set PERSTOLK_DEEPL_API_K"),
    ],
)
def test_the_doctor_names_an_engine_that_cannot_be_made(
    perstolk: Perstolk, monkeypatch: pytest.MonkeyPatch, engines: str, told: str
) -> None:
    monkeypatch.setenv("PERSTOLK_ENGINES", engines)

    assert f"BROKEN  {told}" in perstolk("doctor").stdout
