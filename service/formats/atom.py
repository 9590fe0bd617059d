"""Published releases as an Atom feed (RFC 4287) with tombstones for what was withdrawn (RFC 6721), and as a sitemap.

Which publications belong in them is asked elsewhere; here they are only written. Identifiers are `tag:` URIs
(RFC 4151) made of what never changes: the office's name, the day of the first publication, the desk's own id.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
_FEED_NAMES: dict[Any, str] = {None: ATOM, "at": TOMBSTONES}
_SITEMAP_NAMES: dict[Any, str] = {None: SITEMAP, "xhtml": XHTML}
_NOT_IN_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Translation:
    """The same release in one language: its locale and its absolute address."""

    locale: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One publication: `html` is its frozen fragment, `updated` moves with each correction, `id` never."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    html: str
    summary: str = ""
    rights: str = ""
    translations: Sequence[Translation] = ()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A publication that was taken back: the id that its entry had, when, and why, in the language `locale`."""

    id: str
    when: datetime
    reason: str
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One language's feed; `updated` is when its list last changed."""

    id: str
    title: str
    locale: str
    url: str
    page_url: str
    author: str
    updated: datetime
    entries: Sequence[FeedEntry] = ()
    tombstones: Sequence[Tombstone] = ()


def tag_uri(public_url: str, since: str, name: str) -> str:
    """Return a `tag:` URI: the host of `public_url`, a day (`2026-03-02`) or a year, and the thing's own name."""
    host = (urlsplit(public_url).hostname or "localhost").strip("[]").replace(":", "-")
    return f"tag:{host},{since}:{name}"


def write_feed(feed: Feed) -> bytes:
    """Return the feed as an XML document in UTF-8."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=_FEED_NAMES)
    root.set(_LANG, feed.locale)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _time(feed.updated))
    _add(_add(root, "author"), "name", feed.author)
    _link(root, "self", feed.url, "application/atom+xml")
    _link(root, "alternate", feed.page_url, "text/html", feed.locale)
    for entry in feed.entries:
        _write_entry(root, entry, feed.locale)
    for tombstone in feed.tombstones:
        grave = etree.SubElement(root, f"{{{TOMBSTONES}}}deleted-entry")
        grave.set("ref", tombstone.id)
        grave.set("when", _time(tombstone.when))
        comment = etree.SubElement(grave, f"{{{TOMBSTONES}}}comment")
        comment.text = _clean(tombstone.reason)
        if tombstone.locale:
            comment.set(_LANG, tombstone.locale)
    return _document(root)


def _write_entry(root: etree._Element, entry: FeedEntry, locale: str) -> None:
    element = etree.SubElement(root, f"{{{ATOM}}}entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "published", _time(entry.published))
    _add(element, "updated", _time(entry.updated))
    _link(element, "alternate", entry.url, "text/html", locale)
    for sibling in entry.translations:
        _link(element, "alternate", sibling.url, "text/html", sibling.locale)
    if entry.rights:
        _add(element, "rights", entry.rights)
    if entry.summary:
        _add(element, "summary", entry.summary)
    _add(element, "content", entry.html).set("type", "html")


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page with all of its languages, itself among them."""

    url: str
    changed: datetime
    translations: Sequence[Translation] = ()


def write_sitemap(entries: Sequence[SitemapEntry]) -> bytes:
    """Return a sitemap (sitemaps.org, with `xhtml:link` alternates) as an XML document in UTF-8."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap=_SITEMAP_NAMES)
    for entry in entries:
        element = etree.SubElement(root, f"{{{SITEMAP}}}url")
        etree.SubElement(element, f"{{{SITEMAP}}}loc").text = entry.url
        etree.SubElement(element, f"{{{SITEMAP}}}lastmod").text = _time(entry.changed)
        for translation in entry.translations:
            link = etree.SubElement(element, f"{{{XHTML}}}link")
            link.set("rel", "alternate")
            link.set("hreflang", translation.locale)
            link.set("href", translation.url)
    return _document(root)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = None if text is None else _clean(text)
    return element


def _link(parent: etree._Element, rel: str, url: str, kind: str, locale: str | None = None) -> None:
    link = etree.SubElement(parent, f"{{{ATOM}}}link")
    link.set("rel", rel)
    link.set("type", kind)
    if locale is not None:
        link.set("hreflang", locale)
    link.set("href", url)


def _clean(text: str) -> str:
    """Leave out the characters that XML 1.0 cannot carry."""
    return _NOT_IN_XML.sub("", text)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _document(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
