"""A long text in the editor: whole where somebody works, and no text is cut short, lost or taken for HTML anywhere."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select, update

from service.operations.review import edit_unit
from service.storage.models import Unit, Version
from service.uow import Desk
from service.web.links import Links
from service.web.segment_list import WINDOW, window
from tests.desk_fixtures import People
from tests.operations.making import draft, submit
from tests.web.conftest import CountStatements
from tests.web.offices import browser

SEGMENTS = WINDOW + 25
HOSTILE = """100 % "%(id)s" {n} \x03 <script>alert('&amp;')</script>"""

TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+')


@pytest.fixture
def long_id(lite_desk: Desk, lite_people: People) -> str:
    body = "\n\n".join(f"De raad keurde maatregel {n} goed." for n in range(SEGMENTS - 1))
    release_id = submit(lite_desk, lite_people.author, text=f"Een lang bericht\n\n{body}", targets=("fr",))
    draft(lite_desk, release_id)
    return release_id


def _units(desk: Desk, release_id: str) -> list[Unit]:
    with desk.read() as reading:
        found = select(Unit).join(Version).where(Version.release_id == release_id)
        return list(reading.session.scalars(found))


@pytest.mark.parametrize(
    ("count", "asked", "first"),
    [(500, "", 1), (500, "41", 41), (500, "0", 1), (500, "999", 500), (3, "x", 1), (3, "²", 1), (500, "1" * 30, 1)],
)
def test_the_window_begins_where_it_is_asked_for_and_never_outside_the_text(count: int, asked: str, first: int) -> None:
    assert window(count, asked) == (first, first + WINDOW - 1)


def test_every_segment_can_be_written_and_those_of_the_window_are_whole(app: Flask, long_id: str) -> None:
    client = browser(app, "reviewer")
    first, later = client.get(f"/releases/{long_id}/fr").text, client.get(f"/releases/{long_id}/fr?from=41").text

    for page in (first, later):
        assert len(re.findall(r"<textarea id=", page)) == SEGMENTS
        assert len(set(re.findall(r'<li class="unit [^>]*data-unit="([^"]+)"', page))) == SEGMENTS
    assert [int(n) for n in re.findall(r'data-rest="(\d+)"', first)] == list(range(WINDOW + 1, SEGMENTS + 1))
    assert [int(n) for n in re.findall(r'data-rest="(\d+)"', later)] == list(range(1, WINDOW + 1))
    assert f'href="/releases/{long_id}/fr?from={SEGMENTS}#unit-' in first
    assert f"Français, segment {SEGMENTS} of {SEGMENTS}" in first


def test_what_the_script_fetches_is_what_the_page_shows_whole(app: Flask, long_id: str) -> None:
    client = browser(app, "reviewer")
    page = TOKEN.sub("", client.get(f"/releases/{long_id}/fr?from=41").text)

    told = client.get(f"/releases/{long_id}/fr/units?from=41").get_json()["units"]

    assert len(told) == SEGMENTS - WINDOW
    for unit in told:
        for part in ("head", "source", "beneath_source", "beneath_form"):
            assert TOKEN.sub("", unit[part]).strip() in page, part


def test_a_text_full_of_signs_stands_as_it_is_in_light_and_whole_segments(
    app: Flask, lite_desk: Desk, lite_people: People, long_id: str
) -> None:
    for unit in _units(lite_desk, long_id):
        with lite_desk.begin(lite_people.reviewer) as work:
            edit_unit(work, long_id, "fr", unit.id, row_version=unit.row_version, target=HOSTILE)
    with lite_desk.begin(lite_people.reviewer) as work:  # as a text from before control characters were taken out
        work.session.execute(update(Unit).values(target=HOSTILE))

    page = browser(app, "reviewer").get(f"/releases/{long_id}/fr").text

    assert "<script>alert" not in page
    shown = re.findall(r"<textarea [^>]*>\n(.*?)</textarea>", page)
    assert len(shown) == SEGMENTS
    assert {unescape(text) for text in shown} == {HOSTILE}


def test_more_segments_cost_no_more_statements(
    app: Flask, lite_desk: Desk, lite_people: People, long_id: str, count_statements: CountStatements
) -> None:
    short_id = submit(lite_desk, lite_people.author, text="Kort\n\nEen zin.", targets=("fr",))
    draft(lite_desk, short_id)
    client = browser(app, "reviewer")
    counts = []
    for release_id in (long_id, short_id):
        client.get(f"/releases/{release_id}/fr")
        with count_statements() as seen:
            client.get(f"/releases/{release_id}/fr")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_addresses_in_templates_are_those_of_flask(app: Flask) -> None:
    with app.test_request_context(
        "/", base_url="https://desk.example/under/", environ_overrides={"SCRIPT_NAME": "/under"}
    ):
        links = Links(app)
        plain = 0
        for rule in app.url_map.iter_rules():
            for value in ("rel_1", "a b/ü", "x.y"):
                values = dict.fromkeys(rule.arguments, value)
                if any(name in rule.rule for name in ("<int:", "<float:")):
                    continue
                plain += value == "rel_1"
                assert links(rule.endpoint, **values) == app.url_for(rule.endpoint, **values), rule
        assert links("review.editor", release_id="r", locale="fr", _anchor="x").endswith("/releases/r/fr#x")
        assert plain > 50


def test_who_only_reads_sees_which_segments_have_no_text_in_light_ones_too(
    app: Flask, lite_desk: Desk, lite_people: People, long_id: str
) -> None:
    for unit in _units(lite_desk, long_id):
        with lite_desk.begin(lite_people.reviewer) as work:
            edit_unit(work, long_id, "fr", unit.id, row_version=unit.row_version, target="")

    page = browser(app, "author").get(f"/releases/{long_id}/fr").text

    assert "<textarea" not in page
    assert page.count("no text yet</em>") == SEGMENTS
