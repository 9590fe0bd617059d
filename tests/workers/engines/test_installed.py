from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from service.config import Settings, SettingsError
from service.settings.engine_names import installed_names
from tests.workers.engines.installing import ACME, install
from workers.engines.base import (
    Capabilities,
    Deadline,
    Engine,
    EngineBadAnswer,
    EngineError,
    EngineRefused,
    EngineUnavailable,
    Health,
)
from workers.engines.catalogue import allowed_engines, build_engines
from workers.engines.clearance import cleared
from workers.engines.installed import InstalledEngine


def settings(engines: str | None = None) -> Settings:
    return Settings(_env_file=None, secret_key="a key that is long enough", engines=engines)


def translate(engine: Engine, *texts: str) -> list[str]:
    return engine.translate(texts, source="nl", target="fr", deadline=Deadline(5))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Install a package for the test; its module is forgotten afterwards."""
    monkeypatch.syspath_prepend(tmp_path)

    def put(code: str = ACME, *, package: str = "acme", **entries: str) -> None:
        install(tmp_path, code, package=package, **entries)

    yield put
    for name in [name for name in sys.modules if name.endswith("_engines") and "." not in name]:
        del sys.modules[name]


def test_an_engine_of_another_package_is_asked_where_the_office_names_it(installed: Callable[..., None]) -> None:
    installed(acme="build")

    engines = build_engines(settings("google,acme"))
    with cleared(outside=True):
        answers = translate(engines[1], "De minister")

    assert ["google", "acme"] == [engine.capabilities.name for engine in engines]
    assert ["fr: De minister"] == answers


def test_nobody_names_it_and_nothing_of_it_is_loaded(installed: Callable[..., None]) -> None:
    installed("raise SystemExit", acme="build")

    assert ["google"] == [engine.capabilities.name for engine in build_engines(settings())]
    assert ("acme",) == installed_names()
    assert "acme_engines" not in sys.modules


def test_it_cannot_take_the_place_of_the_desks_own(installed: Callable[..., None]) -> None:
    installed("raise SystemExit", google="build", mymemory="build")

    engines = build_engines(settings("google,mymemory"))

    assert ["workers.engines.google", "workers.engines.mymemory"] == [type(engine).__module__ for engine in engines]


@pytest.mark.parametrize(
    "code, fault",
    [
        ("import no_such_module", "could not be made (ModuleNotFoundError)"),
        ("build = None", "could not be made (TypeError)"),
        ("other = 1", "could not be made (AttributeError)"),
        ("def build(settings): raise ValueError(settings)", "could not be made (ValueError)"),
        ("def build(settings): return 'no engine'", "could not be made (AttributeError)"),
        ("class It:\n  capabilities = 1\ndef build(settings): return It()", "is no engine"),
        (f"{ACME}\ndel Acme.probe", "is no engine"),
    ],
)
def test_one_that_cannot_be_made_is_named(installed: Callable[..., None], code: str, fault: str) -> None:
    installed(code, acme="build")

    with pytest.raises(SettingsError) as error:
        build_engines(settings("acme"))

    assert f"PERSTOLK_ENGINES names acme, which an installed package offers and which {fault}." == str(error.value)


def test_one_whose_own_settings_are_missing_is_named(installed: Callable[..., None]) -> None:
    installed("def build(settings): return None", acme="build")

    with pytest.raises(SettingsError, match="acme, but its settings are missing: set those that its package asks for"):
        build_engines(settings("acme"))


def test_one_that_two_packages_offer_is_refused(installed: Callable[..., None]) -> None:
    installed(acme="build")
    installed(package="other", acme="build")

    with pytest.raises(SettingsError) as error:
        build_engines(settings("acme"))

    assert "is offered more than once (acme_engines:build, other_engines:build)" in str(error.value)


def test_an_unknown_name_is_told_with_what_is_installed(installed: Callable[..., None]) -> None:
    installed(acme="build")

    with pytest.raises(ValidationError, match=r"acne is no engine; there are libretranslate, .*, mymemory, acme "):
        settings("acne")


@pytest.mark.parametrize(
    "engines, sentence",
    [
        ("acme@home", "acme@home is named, but only @office can stand behind a name"),
        ("acme,acme@office", "acme is named with @office and without"),
        ("google@office", "google@office is named, but google finds out by itself where it runs; take @office out"),
    ],
)
def test_a_word_for_an_engine_that_does_not_count_is_refused(
    installed: Callable[..., None], engines: str, sentence: str
) -> None:
    installed(acme="build")

    with pytest.raises(ValidationError, match=sentence):
        settings(engines)


@pytest.mark.parametrize(
    "engines, said, expected",
    [
        ("acme", "True", False),
        ("acme@office", "True", True),
        ("acme@office", "False", False),
        ("acme@office", "1", False),
        ("acme@office", "'yes'", False),
    ],
)
def test_it_sees_confidential_texts_only_if_it_says_so_and_the_office_does(
    installed: Callable[..., None], engines: str, said: str, *, expected: bool
) -> None:
    installed(ACME.replace("runs_in_office=True", f"runs_in_office={said}"), acme="build")
    built = build_engines(settings(engines))

    allowed, refused = allowed_engines(built, confidential=True, external_allowed=False)

    assert expected is built[0].capabilities.runs_in_office
    assert (expected, not expected) == (bool(allowed), bool(refused))


def test_its_code_sees_no_text_that_is_not_cleared_for_it(installed: Callable[..., None]) -> None:
    installed(acme="build")
    outside, vouched = build_engines(settings("acme"))[0], build_engines(settings("acme@office"))[0]

    with cleared(outside=False):
        with pytest.raises(EngineRefused, match="confidential"):
            translate(outside, "De minister")
        assert ["fr: De minister"] == translate(vouched, "De minister")

    assert isinstance(outside, InstalledEngine)
    assert [] == getattr(outside._engine, "seen", None)


class Odd:
    """An engine that does what a test tells it."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.broken: Any = None

    @property
    def capabilities(self) -> Any:
        if isinstance(self.broken, Exception):
            raise self.broken
        return self.broken or Capabilities("odd", runs_in_office=True)

    def translate(self, texts: Any, **_asked: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def probe(self, *, deadline: Deadline) -> Any:
        return self.translate([], deadline=deadline)


@pytest.mark.parametrize(
    "answer, expected", [(("een", None, 3), ["een", "", ""]), (["een"], ["een"]), ("tekst", "garbage"), (7, "garbage")]
)
def test_answers_that_are_no_texts_are_none(answer: Any, expected: Any) -> None:
    engine = InstalledEngine(Odd(answer), "odd", vouched=True)

    try:
        found: Any = translate(engine, "De minister")
    except EngineBadAnswer as bad:
        found = bad.reason

    assert expected == found


@pytest.mark.parametrize(
    "raised, kind, reason, rest",
    [
        (EngineUnavailable("rate_limited", "De minister", rest_seconds=7), EngineUnavailable, "rate_limited", 7),
        (EngineUnavailable("rate_limited", "De minister", rest_seconds=1e9), EngineUnavailable, "rate_limited", 86_400),
        (EngineUnavailable("timeout", "De minister"), EngineUnavailable, "timeout", None),
        (EngineRefused("bad_key", "De minister"), EngineRefused, "bad_key", None),
        (EngineBadAnswer("De minister zegt", "De minister"), EngineBadAnswer, "adapter_fault", None),
        (EngineError("odd", "De minister"), EngineBadAnswer, "odd", None),
    ],
)
def test_its_errors_keep_their_kind_and_lose_their_words(
    raised: EngineError, kind: type[EngineError], reason: str, rest: float | None
) -> None:
    engine = InstalledEngine(Odd(raised), "odd", vouched=True)

    with pytest.raises(kind) as told:
        translate(engine, "De minister")

    assert (reason, "", rest) == (told.value.reason, told.value.detail, getattr(told.value, "rest_seconds", None))
    assert told.value.__suppress_context__ is True


@pytest.mark.parametrize(
    "answer, expected",
    [
        (Health(ok=True, milliseconds=3), Health(ok=True, milliseconds=3)),
        (ValueError("no"), Health(ok=False, reason="adapter_fault", detail="ValueError")),
        (None, Health(ok=False, reason="adapter_fault", detail="it told no health")),
    ],
)
def test_a_probe_never_raises(answer: Any, expected: Health) -> None:
    engine = InstalledEngine(Odd(answer), "odd", vouched=False)

    assert expected == engine.probe(deadline=Deadline(1))


@pytest.mark.parametrize("broken", [RuntimeError(), "nowhere"])
def test_one_that_no_longer_says_where_it_runs_counts_as_outside(broken: Any) -> None:
    odd = Odd(["een"])
    engine = InstalledEngine(odd, "odd", vouched=True)
    before = engine.capabilities.runs_in_office
    odd.broken = broken

    assert (True, False) == (before, engine.capabilities.runs_in_office)
