from __future__ import annotations

from typing import Any

import pytest

from service.config import Settings, SettingsError
from service.domain.drafts import EngineOutcome, OutcomeKind
from service.settings.engine_names import OWN_ENGINES
from workers.engines.base import NO_HINTS, Batch, Capabilities, Deadline, Health, Hints
from workers.engines.catalogue import CATALOGUE, ON_REQUEST, allowed_engines, build_engines


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, secret_key="a key that is long enough", **given)


def names(engines: tuple[Any, ...]) -> list[str]:
    return [engine.capabilities.name for engine in engines]


@pytest.mark.parametrize(
    "given, only, expected",
    [
        ({}, None, ["google"]),
        ({"libretranslate_url": "http://127.0.0.1:5000"}, None, ["libretranslate", "google"]),
        (
            {"libretranslate_url": "http://127.0.0.1:5000", "engines": "google,libretranslate"},
            None,
            ["google", "libretranslate"],
        ),
        ({"libretranslate_url": "http://127.0.0.1:5000", "engines": "libretranslate"}, None, ["libretranslate"]),
        ({"microsoft_api_key": "a-key"}, None, ["microsoft", "google"]),
        ({"deepl_api_key": "a-key"}, None, ["deepl", "google"]),
        ({"deepl_api_key": "a-key", "microsoft_api_key": "a-key"}, None, ["deepl", "microsoft", "google"]),
        (
            {"deepl_api_key": "a-key", "libretranslate_url": "http://127.0.0.1:5000"},
            None,
            ["libretranslate", "deepl", "google"],
        ),
        ({"engines": "google,mymemory"}, None, ["google", "mymemory"]),
        ({"libretranslate_url": "http://127.0.0.1:5000"}, ["google"], ["google"]),
        ({"libretranslate_url": "http://127.0.0.1:5000"}, [], []),
    ],
)
def test_engines_come_in_the_order_in_which_they_are_asked(
    given: dict[str, Any], only: list[str] | None, expected: list[str]
) -> None:
    assert expected == names(build_engines(settings(**given), only=only))


@pytest.mark.parametrize(
    "engines, expected",
    [
        ("libretranslate", "libretranslate, but its settings are missing: set PERSTOLK_LIBRETRANSLATE_URL, or take"),
        ("google,deepl", "deepl, but its settings are missing: set PERSTOLK_DEEPL_API_KEY, or take the name out."),
    ],
)
def test_an_engine_that_cannot_be_built_is_named_with_what_it_needs(engines: str, expected: str) -> None:
    with pytest.raises(SettingsError) as error:
        build_engines(settings(engines=engines))

    assert str(error.value).startswith(f"PERSTOLK_ENGINES names {expected}")


def test_the_settings_know_the_same_engines_in_the_same_order_and_what_each_needs() -> None:
    values = {"CTRANSLATE2_DIR": "/srv/models", "LIBRETRANSLATE_URL": "http://127.0.0.1:5000"}
    found = {}
    for name, build in {**CATALOGUE, **ON_REQUEST}.items():
        needed = OWN_ENGINES[name]
        given = {needed.lower(): values.get(needed, "a-key")} if needed else {}
        found[name] = build(settings()) is not None, build(settings(**given)) is not None

    assert list(OWN_ENGINES) == list(found)
    assert {name: (needed is None, True) for name, needed in OWN_ENGINES.items()} == found


class Somewhere:
    """An engine that only has a place."""

    def __init__(self, name: str, *, runs_in_office: Any) -> None:
        self.capabilities = Capabilities(name, runs_in_office=runs_in_office, batch=Batch.NONE)

    def translate(
        self, texts: Any, *, source: str, target: str, deadline: Deadline, hints: Hints = NO_HINTS
    ) -> list[str]:
        return [f"{source}-{target} {text}" for text in texts if not deadline.expired]

    def probe(self, *, deadline: Deadline) -> Health:
        return Health(ok=not deadline.expired)


@pytest.mark.parametrize(
    "confidential, external_allowed, expected",
    [
        (False, False, ["inside", "outside", "unsure"]),
        (False, True, ["inside", "outside", "unsure"]),
        (True, True, ["inside", "outside", "unsure"]),
        (True, False, ["inside"]),
        (True, None, ["inside"]),
    ],
)
def test_a_confidential_text_stays_with_engines_that_surely_run_in_the_office(
    expected: list[str], *, confidential: bool, external_allowed: Any
) -> None:
    engines = (
        Somewhere("inside", runs_in_office=True),
        Somewhere("outside", runs_in_office=False),
        Somewhere("unsure", runs_in_office="perhaps"),
    )

    allowed, refused = allowed_engines(engines, confidential=confidential, external_allowed=external_allowed)

    assert expected == names(allowed)
    assert (
        tuple(
            EngineOutcome(name, OutcomeKind.NOT_ALLOWED, reason="confidential")
            for name in ("outside", "unsure")
            if name not in expected
        )
        == refused
    )
