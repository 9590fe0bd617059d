"""What the tests of the public pages share."""

from __future__ import annotations

from flask.testing import FlaskClient
from lxml import etree

from service.formats.atom import ATOM, SITEMAP, TOMBSTONES, XHTML
from service.operations.approvals import reopen_version
from service.operations.publishing import request_publication, withdraw_release
from service.operations.review import edit_unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import approve, text_of

SLUG = "nieuwe-brug-over-de-leie-opent-in-mei"
BASE = "http://127.0.0.1:8000"
LOCALES = ("fr", "de", "en")
NAMES = {"a": ATOM, "t": TOMBSTONES, "s": SITEMAP, "x": XHTML}


def withdraw(
    desk: Desk, people: People, release_id: str, reason: str = "De datum klopt niet.", locale: str | None = None
) -> None:
    with desk.begin(people.publisher) as work:
        withdraw_release(work, release_id, reason, locale=locale)


def correct(desk: Desk, people: People, release_id: str, locale: str, text: str) -> None:
    with desk.begin(people.reviewer) as work:
        reopen_version(work, release_id, locale, "A better word.")
    unit = text_of(desk, release_id, locale).units[0]
    with desk.begin(people.second_reviewer) as work:
        edit_unit(work, release_id, locale, unit.id, row_version=unit.row_version, target=text)
    approve(desk, people.reviewer, release_id, locale)
    with desk.begin(people.publisher) as work:
        request_publication(work, release_id)


def feed_of(client: FlaskClient, locale: str = "fr") -> etree._Element:
    answer = client.get(f"/{locale}/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    return etree.fromstring(answer.data)
