"""What the whole world reads: published releases by language, their feeds, their JSON, the sitemap.

Everything is asked of `queries.public`; nothing here looks at who is reading. What is not public gets the same bytes
as what never existed, whatever the reason and whatever the suffix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from werkzeug.routing import BaseConverter

from service.domain.locales import locale_name
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
from service.formats.ninjs import DigitalSource, PubStatus, Sibling, write_ninjs
from service.queries.public import (
    PublicPage,
    everything_public,
    last_change,
    public_list,
    public_page,
    public_url,
    siblings_of,
    withdrawn_list,
)
from service.queries.texts import blocks_of
from service.storage.models import Publication
from service.uow import Desk
from service.web.language import REGIONS, gettext

CACHING = "public, max-age=0, must-revalidate"
FEED_ENTRIES = 50
RELEASES_PER_PAGE = 50
FIRST_YEAR = "2026"
_NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)

blueprint = Blueprint("public", __name__)


@blueprint.record_once
def _know_locales(state: BlueprintSetupState) -> None:
    """Let only the office's own target locales begin a public address, so that no other route is swallowed."""
    app: Any = state.app
    _, desk = app.extensions["perstolk"]

    class PublicLocale(BaseConverter):
        regex = "|".join(re.escape(tag) for tag in desk.office.target_locales)

    app.url_map.converters["public_locale"] = PublicLocale


def _desk() -> Desk:
    desk: Desk = current_app.extensions["perstolk"][1]
    return desk


def nothing_here() -> Response:
    """Return the one answer for everything that is not public: no path, no reader, no moment in it."""
    response = make_response(render_template("public/nothing.html"), 404)
    response.headers["Cache-Control"] = "no-store"
    return response


def _speaking(locale: str) -> AbstractContextManager[None]:
    """Let sentences be in the page's own language, whoever reads it."""
    speaking: AbstractContextManager[None] = force_locale(locale.replace("-", "_"))
    return speaking


def _kept(response: Response) -> Response:
    """Let caches keep a public answer, on the condition that they ask again each time."""
    response.headers["Cache-Control"] = CACHING
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/<public_locale:locale>/")
def releases(locale: str) -> Response:
    """Show a language's releases, newest first."""
    desk = _desk()
    with desk.read() as reading:
        rows = public_list(
            reading.session,
            locale,
            reading.now,
            before=_place(request.args.get("before", "")),
            limit=RELEASES_PER_PAGE + 1,
        )
    publications = rows[:RELEASES_PER_PAGE]
    last = publications[-1] if len(rows) > RELEASES_PER_PAGE else None
    with _speaking(locale):
        page = render_template(
            "public/releases.html",
            locale=locale,
            publications=publications,
            older=f"{last.first_published_at.isoformat()}~{last.id}" if last else None,
            languages=_lists(desk.office),
            feed_url=_feed_url(desk.office, locale),
            canonical=_list_url(desk.office, locale),
            local=_local(desk.office, locale),
        )
    return _kept(make_response(page))


def _place(written: str) -> tuple[datetime, str] | None:
    """Read where the page before ended; what is no such place begins at the top."""
    moment, _, publication_id = written.partition("~")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (found, publication_id) if found.tzinfo is not None and publication_id else None


@blueprint.get("/<public_locale:locale>/<slug>")
def release(locale: str, slug: str) -> Response:
    """Show one release as it was frozen; a withdrawn one answers 410 with the reason."""
    desk = _desk()
    with desk.read() as reading:
        found = public_page(reading.session, locale, slug, reading.now)
    if found is None:
        return nothing_here()
    with _speaking(locale):
        if found.gone:
            page = render_template(
                "public/withdrawn.html",
                locale=locale,
                publication=found.publication,
                feed_url=_feed_url(desk.office, locale),
                local=_local(desk.office, locale),
            )
            return _kept(make_response(page, 410))
        page = render_template(
            "public/release.html",
            locale=locale,
            publication=found.publication,
            languages=_siblings(desk.office, found.siblings),
            default_url=_default_url(desk.office, found.siblings),
            canonical=_url(desk.office, found.publication),
            feed_url=_feed_url(desk.office, locale),
            label=_label(found.publication),
            facts=_facts(desk.office, found),
            local=_local(desk.office, locale),
        )
    return _kept(make_response(page))


@blueprint.get("/<public_locale:locale>/<slug>.json")
def release_json(locale: str, slug: str) -> Response:
    """Return one release as ninjs 3.1; a withdrawn one is canceled and answers 410."""
    desk = _desk()
    with desk.read() as reading:
        found = public_page(reading.session, locale, slug, reading.now)
    if found is None:
        return nothing_here()
    publication = found.publication
    item = write_ninjs(
        uri=_url(desk.office, publication),
        work=_work(desk.office, publication),
        locale=locale,
        blocks=blocks_of(publication.blocks),
        version=publication.revision,
        version_created=publication.withdrawn_at or publication.published_at,
        first_created=publication.first_published_at,
        pub_status=PubStatus.CANCELED if found.gone else PubStatus.USABLE,
        digital_source=DigitalSource.MACHINE_EDITED if publication.machine_drafted else DigitalSource.WRITTEN,
        siblings=[
            Sibling(_url(desk.office, sibling), sibling.locale, sibling.title)
            for sibling in found.siblings
            if sibling.locale != locale
        ],
        slug=publication.slug,
        ed_note=publication.withdrawn_reason or "",
    )
    response = jsonify(item)
    response.status_code = 410 if found.gone else 200
    return _kept(response)


@blueprint.get("/<public_locale:locale>/feed.atom")
def feed(locale: str) -> Response:
    """Return a language's feed: its newest releases, and a tombstone for each that was withdrawn."""
    desk = _desk()
    with desk.read() as reading:
        publications = public_list(reading.session, locale, reading.now, limit=FEED_ENTRIES)
        withdrawn = withdrawn_list(reading.session, locale, reading.now, limit=FEED_ENTRIES)
        changed = last_change(reading.session, locale, reading.now)
        siblings = siblings_of(reading.session, {row.release_id for row in publications}, reading.now)
    grouped = _by_release(siblings)
    with _speaking(locale):
        body = write_feed(
            Feed(
                id=tag_uri(desk.office.public_url, FIRST_YEAR, f"feed/{locale}"),
                title=gettext("Press releases"),
                locale=locale,
                url=_feed_url(desk.office, locale),
                page_url=_list_url(desk.office, locale),
                author=gettext("Press office"),
                updated=changed or _NOTHING_YET,
                entries=[_entry(desk.office, row, grouped[row.release_id]) for row in publications],
                tombstones=[
                    Tombstone(_entry_id(desk.office, row), row.withdrawn_at, row.withdrawn_reason or "")
                    for row in withdrawn
                    if row.withdrawn_at is not None
                ],
            )
        )
    return _kept(Response(body, mimetype="application/atom+xml"))


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List every public page with its languages."""
    desk = _desk()
    with desk.read() as reading:
        publications = everything_public(reading.session, reading.now)
    grouped = _by_release(publications)
    body = write_sitemap(
        [
            SitemapEntry(
                _url(desk.office, row),
                row.published_at,
                (
                    *_translations(desk.office, grouped[row.release_id]),
                    Translation("x-default", _default_url(desk.office, grouped[row.release_id])),
                ),
            )
            for row in publications
        ]
    )
    return _kept(Response(body, mimetype="application/xml"))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let robots read what is public, and nothing of the office."""
    office = _desk().office
    lines = [
        "User-agent: *",
        *(f"Allow: /{tag}/" for tag in office.target_locales),
        "Allow: /static/",
        "Disallow: /",
        "",
        f"Sitemap: {office.public_url.rstrip('/')}/sitemap.xml",
        "",
    ]
    return _kept(Response("\n".join(lines), mimetype="text/plain"))


def _url(office: Office, publication: Publication) -> str:
    return public_url(office, publication.locale, publication.slug)


def _list_url(office: Office, locale: str) -> str:
    return f"{office.public_url.rstrip('/')}/{locale}/"


def _feed_url(office: Office, locale: str) -> str:
    return f"{_list_url(office, locale)}feed.atom"


def _in_order(office: Office, siblings: Sequence[Publication]) -> list[Publication]:
    order = {tag: n for n, tag in enumerate(office.target_locales)}
    return sorted(siblings, key=lambda row: order.get(row.locale, len(order)))


def _lists(office: Office) -> list[Mapping[str, str]]:
    return [{"locale": tag, "name": locale_name(tag), "url": _list_url(office, tag)} for tag in office.target_locales]


def _siblings(office: Office, siblings: Sequence[Publication]) -> list[Mapping[str, str]]:
    return [
        {"locale": row.locale, "name": locale_name(row.locale), "url": _url(office, row)}
        for row in _in_order(office, siblings)
    ]


def _translations(office: Office, siblings: Sequence[Publication]) -> list[Translation]:
    return [Translation(row.locale, _url(office, row)) for row in _in_order(office, siblings)]


def _default_url(office: Office, siblings: Sequence[Publication]) -> str:
    """Return the page for readers of no known language: the English one, or else the office's first."""
    ordered = _in_order(office, siblings)
    return _url(office, next((row for row in ordered if row.locale == "en"), ordered[0]))


def _by_release(publications: Sequence[Publication]) -> dict[str, list[Publication]]:
    grouped: dict[str, list[Publication]] = {}
    for row in publications:
        grouped.setdefault(row.release_id, []).append(row)
    return grouped


def _work(office: Office, publication: Publication) -> str:
    """Name the release itself, the same in every language."""
    return tag_uri(office.public_url, FIRST_YEAR, f"release/{publication.release_id}")


def _entry_id(office: Office, publication: Publication) -> str:
    return tag_uri(office.public_url, f"{publication.first_published_at:%Y-%m-%d}", f"version/{publication.version_id}")


def _entry(office: Office, publication: Publication, siblings: Sequence[Publication]) -> FeedEntry:
    return FeedEntry(
        id=_entry_id(office, publication),
        title=publication.title,
        url=_url(office, publication),
        published=publication.first_published_at,
        updated=publication.published_at,
        html=publication.html,
        summary=publication.summary,
        rights=_label(publication),
        translations=[
            Translation(row.locale, _url(office, row))
            for row in _in_order(office, siblings)
            if row.locale != publication.locale
        ],
    )


def _label(publication: Publication) -> str:
    """Say how the text came about, in the language in force."""
    if publication.machine_drafted:
        return str(gettext("This translation was drafted by machine, and reviewed and approved by a person."))
    return ""


def _facts(office: Office, page: PublicPage) -> dict[str, Any]:
    """Return what machines read of the page, in the words of schema.org."""
    publication = page.publication
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": publication.title,
        "inLanguage": publication.locale,
        "datePublished": _time(publication.first_published_at),
        "dateModified": _time(publication.published_at),
        "mainEntityOfPage": _url(office, publication),
        "translationOfWork": {"@id": _work(office, publication)},
    }
    if publication.machine_drafted:
        facts["digitalSourceType"] = "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
        facts["creditText"] = _label(publication)
    return facts


def _local(office: Office, locale: str) -> Callable[[datetime], str]:
    """Return how a moment is written in the office's time zone and the page's language."""
    zone = ZoneInfo(office.timezone)
    region = REGIONS.get(locale, locale.replace("-", "_"))

    def written(moment: datetime) -> str:
        local = moment.astimezone(zone)
        return f"{format_date(local, 'long', locale=region)}, {local:%H:%M}"

    return written


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
