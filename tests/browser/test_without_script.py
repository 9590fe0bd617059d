"""Every page works without JavaScript: nothing waits for a script, every form can be sent, every link answers.

What only a script can do is hidden until one runs, and has its other way: `OTHER_WAYS` names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from werkzeug.exceptions import HTTPException

from tests.browser.driving import Watched
from tests.browser.filling_drafts import draft_well, hand_in
from tests.browser.office import BrowserOffice, open_office
from tests.browser.pages import PAGES, Page
from tests.browser.samples import TREES
from tests.desk_fixtures import PASSWORD
from tests.operations.making import approve

pytestmark = pytest.mark.browser

# What is hidden until a script runs, and how the same is done without one.
OTHER_WAYS = {
    "#tools": "the page of a segment's matches and terms; the whole text with its changes; the keyboard's own signs",
    "#concordance": "the search of the memory",
    "#session": "any page that is opened lengthens the session; a form of who is signed out keeps its text",
    "#left-over": "without a script nothing is left in the browser",
    "#moved": "the pages say it themselves when they are opened",
}
# What is open to somebody who presses, follows and sends; every folded part is opened first.
LOOK = """hidden => {
  for (const part of document.querySelectorAll("details")) part.open = true;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const faults = [];
  const fault = (what, element) => faults.push(`${what}: ${element.outerHTML.slice(0, 140)}`);
  for (const button of document.querySelectorAll("button, input[type=button], [role=button], [onclick]")) {
    if (shown(button) && !(button.type === "submit" && button.form)) fault("does nothing", button);
  }
  for (const form of document.forms) {
    if (form.closest("[hidden]")) continue;
    if (![...form.elements].some((each) => each.type === "submit" && shown(each))) fault("cannot be sent", form);
  }
  for (const link of document.querySelectorAll("a")) {
    const address = link.getAttribute("href");
    if (!address) fault("leads nowhere", link);
    else if (address.startsWith("#") && !document.getElementById(address.slice(1))) fault("leads nowhere", link);
  }
  for (const part of document.querySelectorAll("[hidden]")) {
    if (part.closest(hidden) || !part.matches("a, button, form, :has(a, button, form, input)")) continue;
    fault("only for scripts, without another way", part);
  }
  return {
    faults,
    headings: [...document.querySelectorAll("h1")].filter(shown).length,
    forms: [...document.forms].filter((form) => !form.closest("[hidden]"))
      .map((form) => [form.method, form.getAttribute("action") ?? location.pathname]),
    links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
  };
}"""


@pytest.fixture(scope="module", autouse=True)
def _in_english(shared_office: BrowserOffice) -> None:
    shared_office.speak("en")


def test_every_page_works(shared_office: BrowserOffice, plain: Watched, plain_page: Tab) -> None:
    faults: dict[str, list[str]] = {}
    links: set[tuple[str | None, str]] = set()

    for row in PAGES:
        plain.expect(f"status of {row.status}")
        plain.sign_in(shared_office, row.who)
        seen = _look(plain_page, shared_office, row)
        found = [*seen["faults"], *_forms_without_an_address(shared_office.app, seen["forms"])]
        if seen["headings"] != 1:
            found.append(f"{seen['headings']} headings of the first level")
        if found:
            faults[row.name] = found
        links |= {(row.who, address) for address in seen["links"]}

    assert faults == {}
    assert _dead(shared_office, links) == []


def _look(tab: Tab, office: BrowserOffice, row: Page) -> Any:
    path = row.path.format_map(office.facts)
    answer = tab.goto(office.origin + path)
    assert answer is not None
    assert answer.status == row.status, office.log.getvalue()
    return tab.evaluate(LOOK, ", ".join(OTHER_WAYS))


def _forms_without_an_address(app: Flask, forms: list[tuple[str, str]]) -> list[str]:
    """Return the forms that would be sent to where nothing takes them."""
    addresses = app.url_map.bind("127.0.0.1")
    found = []
    for method, action in forms:
        try:
            addresses.match(urlsplit(action).path, method=method.upper())
        except HTTPException as error:
            found.append(f"a form goes nowhere: {method} {action}: {error}")
    return found


def _dead(office: BrowserOffice, links: set[tuple[str | None, str]]) -> list[str]:
    """Follow one link of each kind for each person; return those that do not answer.

    A kind is a route with the names in its query; pages that are withdrawn answer so.
    """
    addresses = office.app.url_map.bind("127.0.0.1")
    kinds: dict[tuple[object, ...], tuple[str | None, str]] = {}
    found = []
    for who, link in sorted(links, key=str):
        parts = urlsplit(link.removeprefix(office.origin))
        if parts.scheme in {"https", "mailto"} or not parts.path:
            continue
        try:
            rule, _ = addresses.match(parts.path, method="GET")
        except HTTPException as error:
            found.append(f"{link} ({who}): {error}")
            continue
        names = tuple(sorted(part.partition("=")[0] for part in parts.query.split("&")))
        kinds.setdefault((who, rule, names), (who, f"{parts.path}?{parts.query}"))
    clients = {who: office.app.test_client() for who, _ in kinds.values()}
    for who, client in clients.items():
        if who is not None:
            client.set_cookie("perstolk", office.cookie(who))
    for who, address in kinds.values():
        answer = clients[who].get(address, follow_redirects=True)
        if answer.status_code != 200:
            found.append(f"{address} ({who}): {answer.status}")
    return found


@pytest.fixture
def drafted(tmp_path: Path, sqlite_template: Path) -> Iterator[BrowserOffice]:
    """An office with one release, whose German and English wait for nothing more than publication."""
    with open_office(tmp_path, sqlite_template) as office:
        office.facts["review"] = hand_in(office.desk, office.people.author, TREES)
        draft_well(office.desk, office.facts["review"])
        for locale in ("de", "en"):
            approve(office.desk, office.people.reviewer, office.facts["review"], locale)
        yield office


def test_from_signing_in_to_the_public_page(drafted: BrowserOffice, plain: Watched, plain_page: Tab) -> None:
    tab, title = plain_page, TREES[0][0]
    plain.sign_in(drafted, None)
    tab.goto(drafted.origin)

    _sign_in(tab, "reviewer")
    tab.get_by_role("link", name="(Français)").click()
    first = tab.locator(".unit").first
    first.locator("textarea").fill(f"{title.fr} encore")
    first.get_by_role("button", name="Save as draft").click()
    assert (f"{title.fr} encore", "translated") == _first(drafted)
    tab.get_by_role("button", name="Confirm all without errors").click()
    expect(tab.locator("[data-part=count]")).to_have_text("3 of 3 confirmed")
    tab.get_by_role("button", name="Sign out").click()

    _sign_in(tab, "second_reviewer")
    tab.get_by_role("link", name="(Français)").click()
    tab.get_by_role("link", name="Whole text", exact=True).click()
    expect(tab.locator("#sentence-1")).to_contain_text(f"{title.fr} encore")
    tab.get_by_role("link", name="Approve …").first.click()
    tab.get_by_role("button", name="Approve this text").click()
    expect(tab.locator(".note")).to_be_visible()
    tab.get_by_role("button", name="Sign out").click()

    _sign_in(tab, "publisher")
    tab.get_by_role("link", name="Releases").click()
    tab.get_by_role("link", name=title.nl).click()
    tab.get_by_role("link", name="Publish …").click()
    tab.get_by_role("button", name="Publish now").click()
    expect(tab.locator(".note")).to_be_visible()
    tab.goto(f"{drafted.origin}/fr/")
    tab.get_by_role("link", name=f"{title.fr} encore").click()
    expect(tab.locator("h1")).to_have_text(f"{title.fr} encore")


def _sign_in(tab: Tab, person: str) -> None:
    tab.get_by_label("E-mail address").fill(f"{person}@office.example")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.locator("h1")).to_have_text("Queue")


def _first(office: BrowserOffice) -> tuple[str, str]:
    unit = office.units("review", "fr")[0]
    return unit.target, unit.state
