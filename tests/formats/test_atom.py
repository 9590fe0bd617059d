"""Feeds and sitemaps as documents: what stands in them, and what can never break out of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from service.formats.atom import (
    ATOM,
    TOMBSTONES,
    Feed,
    FeedEntry,
    SitemapEntry,
    Tombstone,
    Translation,
    tag_uri,
    write_feed,
    write_sitemap,
)

NAMES = {"a": ATOM, "t": TOMBSTONES, "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
MOMENT = datetime(2026, 3, 2, 13, 0, tzinfo=timezone(timedelta(hours=1)))


def _feed(*entries: FeedEntry, tombstones: tuple[Tombstone, ...] = ()) -> etree._Element:
    feed = Feed(
        id="tag:press.example,2026:feed/fr",
        title="Communiqués",
        locale="fr",
        url="https://press.example/fr/feed.atom",
        page_url="https://press.example/fr/",
        author="Press office",
        updated=MOMENT,
        entries=entries,
        tombstones=tombstones,
    )
    return etree.fromstring(write_feed(feed))


def _entry(**changes: str) -> FeedEntry:
    facts = {"id": "tag:press.example,2026-03-02:version/1", "title": "Le pont", "url": "https://press.example/fr/pont"}
    return FeedEntry(**{**facts, "html": "<p>Le pont</p>", **changes}, published=MOMENT, updated=MOMENT)


@pytest.mark.parametrize(
    "public_url, expected",
    [
        ("https://press.example", "tag:press.example,2026:x"),
        ("https://Press.Example:8443/desk", "tag:press.example,2026:x"),
        ("http://127.0.0.1:8000", "tag:127.0.0.1,2026:x"),
        ("http://[::1]:8000", "tag:--1,2026:x"),
    ],
)
def test_an_identifier_is_made_of_the_host_alone(public_url: str, expected: str) -> None:
    assert tag_uri(public_url, "2026", "x") == expected


def test_a_feed_has_all_that_the_standard_asks_for() -> None:
    feed = _feed()

    asked = {name: feed.xpath(f"count(a:{name})", namespaces=NAMES) for name in ("id", "title", "updated", "author")}
    assert asked == {"id": 1, "title": 1, "updated": 1, "author": 1}
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def test_moments_are_written_in_utc() -> None:
    feed = _feed(_entry(), tombstones=(Tombstone("tag:press.example,2026:2", MOMENT, "Wrong"),))

    moments = feed.xpath("//a:updated/text() | //a:published/text() | //t:deleted-entry/@when", namespaces=NAMES)
    assert set(moments) == {"2026-03-02T12:00:00Z"}


def test_markup_in_a_text_stays_text() -> None:
    feed = _feed(_entry(title="A & B <script>", html="<p>]]> &amp; x</p>", summary="</summary><evil/>"))

    assert feed.xpath("string(a:entry/a:title)", namespaces=NAMES) == "A & B <script>"
    assert feed.xpath("string(a:entry/a:content[@type='html'])", namespaces=NAMES) == "<p>]]> &amp; x</p>"
    assert feed.xpath("//*[local-name()='evil']") == []


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_carry_is_left_out(sign: str) -> None:
    feed = _feed(_entry(title=f"Le{sign} pont"))

    assert feed.xpath("string(a:entry/a:title)", namespaces=NAMES) == "Le pont"


def test_an_entry_without_summary_or_rights_has_no_empty_ones() -> None:
    feed = _feed(_entry())

    assert feed.xpath("count(a:entry/a:summary | a:entry/a:rights)", namespaces=NAMES) == 0


def test_a_sitemap_of_nothing_is_still_a_sitemap() -> None:
    sitemap = etree.fromstring(write_sitemap([]))

    assert sitemap.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"


def test_a_sitemap_escapes_its_addresses() -> None:
    url = "https://press.example/fr/a?b=1&c=2"

    sitemap = etree.fromstring(
        write_sitemap([SitemapEntry(url, datetime(2026, 1, 1, tzinfo=UTC), [Translation("fr", url)])])
    )

    assert sitemap.xpath("string(s:url/s:loc)", namespaces=NAMES) == url
