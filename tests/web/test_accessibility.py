"""The accessibility statement: everybody finds it at the foot of a page, in their language, with a way to complain."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.dates import format_date
from flask import Flask

from service.app import create_app
from service.config import Settings
from service.uow import Desk
from service.web.accessibility import LOOKED_OVER
from service.web.language import REGIONS
from tests.desk_fixtures import People
from tests.web.offices import browser, published

LINK = 'href="/accessibility"'


def test_whoever_is_signed_in_or_not_finds_the_statement_at_the_foot(app: Flask) -> None:
    pages = [browser(app).get("/sign-in"), browser(app, "author").get("/"), browser(app, "author").get("/releases/no")]

    assert [True] * 3 == [LINK in page.text.partition("<footer")[2] for page in pages]


def test_a_reader_of_a_release_finds_it_in_the_language_of_the_release(
    app: Flask, lite_desk: Desk, lite_people: People
) -> None:
    published(lite_desk, lite_people)

    foot = browser(app).get("/de/").text.partition("<footer>")[2]

    assert 'href="/accessibility?language=de"' in foot


@pytest.mark.parametrize("name", [None, "author"])
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_each_language_has_its_page_whatever_the_reader_speaks(app: Flask, language: str, name: str | None) -> None:
    page = browser(app, name).get(f"/accessibility?language={language}")

    assert 200 == page.status_code
    assert f'<html lang="{language}">' in page.text
    day = format_date(LOOKED_OVER, "long", locale=REGIONS[language])
    assert f'<time datetime="{LOOKED_OVER}">{day}</time>' in page.text
    assert f'lang="{language}" hreflang="{language}" aria-current="true"' in page.text
    assert "https://www.ombudsman.be/" in page.text


def test_a_language_that_the_pages_do_not_speak_changes_nothing(app: Flask) -> None:
    page = browser(app, "author").get("/accessibility?language=xx")

    assert '<html lang="en">' in page.text


def test_complaints_go_where_the_office_wants_them(app: Flask, lite_desk: Desk, tmp_path: Path) -> None:
    settings = Settings(
        secret_key="a secret key for tests only", var_dir=tmp_path, accessibility_contact="access@office.example"
    )
    with_contact = create_app(settings, desk=lite_desk)

    assert "Tell the press office" in browser(app).get("/accessibility?language=en").text
    assert "Tell an administrator" in browser(app, "author").get("/accessibility").text
    assert 'href="mailto:access@office.example"' in browser(with_contact).get("/accessibility").text
