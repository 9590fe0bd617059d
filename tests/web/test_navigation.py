"""The navigation: what each role finds in it, and which entry is the current one."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from tests.web.offices import browser

DAILY = ["/", "/releases", "/terms", "/memory"]
KEEPING = ["/health", "/engines", "/endpoints", "/deliveries", "/checks", "/people", "/audit"]


@pytest.mark.parametrize(
    "person, more, kept",
    [
        ("author", ["/releases/new", "/engines"], []),
        ("reviewer", ["/engines"], []),
        ("publisher", ["/health"], ["/health", "/engines", "/endpoints", "/deliveries"]),
        ("auditor", ["/health"], ["/health", "/engines", "/audit"]),
        ("admin", ["/health"], KEEPING),
    ],
)
def test_each_role_finds_what_it_may_open(person: str, more: list[str], kept: list[str], app: Flask) -> None:
    client = browser(app, person)

    queue, inside = (html.fromstring(client.get(path).text) for path in ("/", "/engines"))
    first = queue.xpath("//header/nav[1]//a[not(contains(@class, 'brand'))]/@href")
    second = inside.xpath("//header/nav[2]//a/@href")

    assert set(DAILY + more) == set(first)
    assert kept == second
    assert [] == queue.xpath("//header/nav[2]")
    assert {200} == {client.get(path).status_code for path in first + second}


@pytest.mark.parametrize("path", KEEPING)
def test_the_second_row_marks_the_page_and_the_first_what_it_belongs_to(path: str, app: Flask) -> None:
    page = html.fromstring(browser(app, "admin").get(path).text)

    assert [("/health", "true"), (path, "page")] == [
        (link.get("href"), link.get("aria-current")) for link in page.xpath("//header//a[@aria-current]")
    ]
