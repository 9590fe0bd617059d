"""The bar above every page: one row for whoever holds every role, two where one keeps the desk, narrow ones too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from service.domain.permissions import Role
from service.operations.accounts import change_roles
from tests.browser.driving import DESKTOP, NARROW, Watched, scrolls_sideways
from tests.browser.office import BrowserOffice

pytestmark = pytest.mark.browser

# How many rows the words of the bar stand in: those that share no line are in different ones.
ROWS = """() => {
  const parts = [...document.querySelectorAll(".bar a, .bar button")].map((part) => part.getBoundingClientRect());
  parts.sort((one, two) => one.top - two.top);
  let rows = 0, bottom = -1;
  for (const part of parts) {
    const middle = (part.top + part.bottom) / 2;
    if (middle > bottom) { rows += 1; bottom = part.bottom; }
  }
  return rows;
}"""


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_role_at_once_leaves_room_for_the_page(
    language: str, office: BrowserOffice, browser: Watched, page: Page
) -> None:
    with office.desk.begin() as work:
        change_roles(work, office.people.admin.user_id or "", roles=list(Role), locales=[])
    office.speak(language)
    browser.sign_in(office, "admin")
    rows, sideways = {}, []
    for path in ("/", "/people"):
        page.goto(office.origin + path)
        for window in (DESKTOP, NARROW):
            page.set_viewport_size(window)
            rows[path, window["width"]] = page.evaluate(ROWS)
            sideways.append(scrolls_sideways(page))

    assert (1, 2) == (rows["/", 1280], rows["/people", 1280])
    assert rows["/", 320] <= 5, rows
    assert rows["/people", 320] <= 8, rows
    assert not any(sideways)
