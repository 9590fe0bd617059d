"""What machines follow: a feed for each language, the sitemap, and what robots may read.

Everything is asked of `queries.public`, as the public pages ask it, and nothing here looks at who is reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, Response

from service.domain.office import Office
from service.formats.atom import (
    Feed,
    FeedEntry,
    SitemapEntry,
    Tombstone,
    Translation,
    tag_uri,
    write_feed,
    write_sitemap,
)
from service.queries.public import (
    FIRST_YEAR,
    everything_public,
    last_change,
    public_list,
    siblings_of,
    withdrawn_list,
)
from service.storage.models import Publication
from service.web.identity import desk
from service.web.language import gettext
from service.web.publications import (
    by_release,
    default_url,
    entry_uri,
    feed_url,
    in_order,
    kept,
    label,
    list_url,
    page_url,
    speaking,
    translations,
)

FEED_ENTRIES = 50
_NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/<public_locale:locale>/feed.atom")
def feed(locale: str) -> Response:
    """Return a language's feed: its newest releases, and a tombstone for each that was withdrawn."""
    office = desk().office
    with desk().read() as reading:
        publications = public_list(reading.session, locale, reading.now, limit=FEED_ENTRIES)
        withdrawn = withdrawn_list(reading.session, locale, reading.now, limit=FEED_ENTRIES)
        changed = last_change(reading.session, locale, reading.now)
        siblings = siblings_of(reading.session, {row.release_id for row in publications}, reading.now)
    grouped = by_release(siblings)
    with speaking(locale):
        body = write_feed(
            Feed(
                id=tag_uri(office.public_url, FIRST_YEAR, f"feed/{locale}"),
                title=gettext("Press releases"),
                locale=locale,
                url=feed_url(office, locale),
                page_url=list_url(office, locale),
                author=gettext("Press office"),
                updated=changed or _NOTHING_YET,
                entries=[_entry(office, row, grouped[row.release_id]) for row in publications],
                tombstones=[
                    Tombstone(
                        entry_uri(office, row),
                        row.withdrawn_at,
                        row.withdrawn_reason or "",
                        row.withdrawn_reason_locale or "",
                    )
                    for row in withdrawn
                    if row.withdrawn_at is not None
                ],
            )
        )
    return kept(Response(body, mimetype="application/atom+xml"))


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List every public page with its languages."""
    office = desk().office
    with desk().read() as reading:
        publications = everything_public(reading.session, reading.now)
    grouped = by_release(publications)
    body = write_sitemap(
        [
            SitemapEntry(
                page_url(office, row),
                row.published_at,
                (
                    *translations(office, grouped[row.release_id]),
                    Translation("x-default", default_url(office, grouped[row.release_id])),
                ),
            )
            for row in publications
        ]
    )
    return kept(Response(body, mimetype="application/xml"))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let robots read what is public, and nothing of the office."""
    office = desk().office
    lines = [
        "User-agent: *",
        *(f"Allow: /{tag}/" for tag in office.target_locales),
        "Allow: /static/",
        "Disallow: /",
        "",
        f"Sitemap: {office.public_url.rstrip('/')}/sitemap.xml",
        "",
    ]
    return kept(Response("\n".join(lines), mimetype="text/plain"))


def _entry(office: Office, publication: Publication, siblings: Sequence[Publication]) -> FeedEntry:
    return FeedEntry(
        id=entry_uri(office, publication),
        title=publication.title,
        url=page_url(office, publication),
        published=publication.first_published_at,
        updated=publication.published_at,
        html=publication.html,
        summary=publication.summary,
        rights=label(publication),
        translations=[
            Translation(row.locale, page_url(office, row))
            for row in in_order(office, siblings)
            if row.locale != publication.locale
        ],
    )
