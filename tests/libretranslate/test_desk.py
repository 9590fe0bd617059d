"""A whole desk, drafting the toys' release under embargo: with the real server, and with models of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.steps import EmbeddedDesk, is_whole
from tests.toys.sentences import RELEASE

CONTACT = "pers@office.example"
BODY = "\n\n".join(line.nl for line in RELEASE).replace("[X0X]", CONTACT)


@contextmanager
def desk(folder: Path, **settings: str) -> Iterator[EmbeddedDesk]:
    """A desk for English and French that tries what it cannot draft no second time while a test looks at it."""
    office = EmbeddedDesk(folder, "http://127.0.0.1:9")
    office.settings |= {"PERSTOLK_TARGET_LOCALES": "en,fr", "PERSTOLK_RETRY_SCALE": "1"} | settings
    try:
        office.start()
        office.add_people()
        yield office
    finally:
        office.stop()


def drafted(office: EmbeddedDesk) -> dict[str, list[tuple[str, str]]]:
    """Submit the release, and return by language which engine drafted what, in the order of the text."""
    author, reviewer = office.program("author@office.example"), office.program("first@office.example")
    far = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body = {"body": BODY, "format": "text", "embargo_at": far}
    release = author.call("POST", "/releases", expected=201, json=body)
    author.wait_for_versions(release["id"], is_whole)
    return {
        locale: [(unit["origin"]["engine"], unit["target"]) for unit in reviewer.units(release["id"], locale)]
        for locale in ("en", "fr")
    }


def expected(engine: str) -> dict[str, list[tuple[str, str]]]:
    return {
        locale: [(engine, getattr(line, locale).replace("[X0X]", CONTACT)) for line in RELEASE]
        for locale in ("en", "fr")
    }


def test_a_release_is_drafted_by_the_real_server_french_through_english(libretranslate: str, tmp_path: Path) -> None:
    with desk(tmp_path, PERSTOLK_LIBRETRANSLATE_URL=libretranslate) as office:
        found = drafted(office)

    assert expected("libretranslate") == found


def test_a_release_is_drafted_by_the_models_of_the_same_packages(packages: Path, tmp_path: Path) -> None:
    with desk(tmp_path, PERSTOLK_ENGINES="ctranslate2", PERSTOLK_CTRANSLATE2_DIR=str(packages)) as office:
        found = drafted(office)
        told = office.command("doctor")

    assert expected("ctranslate2") == found
    assert "en to fr, nl to en" in told


@pytest.mark.parametrize("order", ["ctranslate2,libretranslate", "libretranslate,ctranslate2"])
def test_what_the_first_engine_lacks_the_second_drafts(
    libretranslate: str, packages: Path, tmp_path: Path, order: str
) -> None:
    """With the Dutch model alone, the models have no French."""
    settings = {
        "PERSTOLK_ENGINES": order,
        "PERSTOLK_LIBRETRANSLATE_URL": libretranslate,
        "PERSTOLK_CTRANSLATE2_DIR": str(packages / "nl-en"),
    }
    with desk(tmp_path, **settings) as office:
        found = drafted(office)

    first = order.partition(",")[0]
    assert {"en": expected(first)["en"], "fr": expected("libretranslate")["fr"]} == found
