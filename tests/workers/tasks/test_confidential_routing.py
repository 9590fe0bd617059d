"""Where the words of a secret text go: every connection of this process is on record while it drafts.

An audit hook of the interpreter sees each `connect` and each name that is looked up, whichever library makes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from service.config import Settings
from service.storage.models import Version
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import job_of, locales_of, submit
from tests.servers.deepl import DeepLServer
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.tasks.conftest import MakeParts
from workers.engines.catalogue import build_engines
from workers.tasks.drafting import draft

Place = tuple[str, Any]


class Ears:
    """What the interpreter tells of connections, while somebody listens."""

    hooked = False
    heard: list[Place] | None = None

    @classmethod
    def hear(cls, event: str, arguments: tuple[Any, ...]) -> None:
        if cls.heard is None:
            return
        if event == "socket.connect":
            cls.heard.append(("connect", arguments[1]))
        elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
            cls.heard.append(("name", arguments[0]))


@contextmanager
def listening() -> Iterator[list[Place]]:
    if not Ears.hooked:
        sys.addaudithook(Ears.hear)
        Ears.hooked = True
    Ears.heard = heard = []
    try:
        yield heard
    finally:
        Ears.heard = None


def draft_all(desk: Desk, release_id: str) -> list[Place]:
    with listening() as heard:
        for locale in locales_of(desk, release_id):
            draft(job_of(desk, release_id, locale))
    return heard


def ports(heard: list[Place]) -> set[int]:
    return {place[1] for kind, place in heard if kind == "connect"}


def versions(desk: Desk) -> list[Version]:
    with desk.read() as reading:
        return list(reading.session.query(Version).order_by(Version.locale))


@pytest.fixture
def outside() -> Iterator[dict[str, str]]:
    """Settings for two engines outside the office; they listen here, and would answer."""
    with GoogleServer() as google, DeepLServer(key="a-key") as deepl:
        yield {"google_url": google.url, "deepl_url": deepl.url, "deepl_api_key": "a-key"}


@pytest.fixture
def embargoed(lite_desk: Desk, lite_people: People, clock: StillClock) -> str:
    return submit(lite_desk, lite_people.author, embargo_at=clock.moment + timedelta(hours=2))


def configured(**settings: str) -> Settings:
    return Settings(secret_key="a secret key for tests only", **settings)  # type: ignore[arg-type]


def test_a_text_under_embargo_is_sent_to_the_office_s_own_engine_alone(
    lite_desk: Desk, make_parts: MakeParts, embargoed: str, outside: dict[str, str]
) -> None:
    with LibreTranslateServer() as office:
        settings = {**outside, "libretranslate_url": office.url, "engines": "google,deepl,libretranslate"}
        make_parts(*build_engines(configured(**settings)), **settings)

        heard = draft_all(lite_desk, embargoed)

        assert {int(office.url.rpartition(":")[2])} == ports(heard)
        assert {"127.0.0.1"} >= {name for kind, name in heard if kind == "name"}
    for version in versions(lite_desk):
        assert [("google", "not_allowed"), ("deepl", "not_allowed"), ("libretranslate", "answered")] == [
            (outcome["engine"], outcome["kind"]) for outcome in version.outcomes
        ]


def test_with_engines_outside_alone_nothing_is_connected_and_the_version_says_why(
    lite_desk: Desk, make_parts: MakeParts, embargoed: str, outside: dict[str, str]
) -> None:
    make_parts(*build_engines(configured(**outside)), **outside)

    heard = draft_all(lite_desk, embargoed)

    assert [] == heard
    for version in versions(lite_desk):
        assert "in_review" == version.state
        assert {("deepl", "confidential"), ("google", "confidential")} == {
            (outcome["engine"], outcome["reason"]) for outcome in version.outcomes
        }


def test_the_ears_hear_what_goes_outside(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts, outside: dict[str, str]
) -> None:
    make_parts(*build_engines(configured(**outside)), **outside)

    heard = draft_all(lite_desk, submit(lite_desk, lite_people.author))

    assert {int(outside["deepl_url"].rpartition(":")[2])} == ports(heard)


def test_the_same_sentences_in_another_release_are_not_asked_for_again(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    with LibreTranslateServer() as office:
        make_parts(*build_engines(configured(libretranslate_url=office.url, engines="libretranslate")))
        draft_all(lite_desk, submit(lite_desk, lite_people.author))
        first = len(office.translations)

        again = submit(lite_desk, lite_people.author)
        draft_all(lite_desk, again)

        assert 0 < first == len(office.translations)
    with lite_desk.read() as reading:
        for version in reading.session.query(Version).filter_by(release_id=again):
            assert ["answered"] == [outcome["kind"] for outcome in version.outcomes]
