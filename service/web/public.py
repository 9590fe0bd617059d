"""What the whole world reads: the list of published releases in each language, their pages and their JSON.

Everything is asked of `queries.public`; nothing here looks at who is reading. What is not public gets the same bytes
as what never existed, whatever the reason and whatever the suffix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from service.domain.embargo import exact_moment
from service.domain.locales import locale_name
from service.domain.office import Office
from service.formats.ninjs import DigitalSource, PubStatus, Sibling, write_ninjs
from service.queries.public import PublicPage, public_list, public_page
from service.queries.texts import blocks_of
from service.storage.models import Publication
from service.web.identity import desk
from service.web.language import REGIONS
from service.web.publications import (
    default_url,
    feed_url,
    in_order,
    kept,
    label,
    list_url,
    nothing_here,
    page_url,
    speaking,
    work_uri,
)

RELEASES_PER_PAGE = 50

blueprint = Blueprint("public", __name__)


@blueprint.record_once
def _know_locales(state: BlueprintSetupState) -> None:
    """Let only the office's own target locales begin a public address, so that no other route is swallowed."""
    app: Any = state.app
    _, desk = app.extensions["perstolk"]

    class PublicLocale(BaseConverter):
        regex = "|".join(re.escape(tag) for tag in desk.office.target_locales)

    app.url_map.converters["public_locale"] = PublicLocale


@blueprint.get("/<public_locale:locale>/")
def releases(locale: str) -> Response:
    """Show a language's releases, newest first."""
    office = desk().office
    with desk().read() as reading:
        rows = public_list(
            reading.session,
            locale,
            reading.now,
            before=_place(request.args.get("before", "")),
            limit=RELEASES_PER_PAGE + 1,
        )
    publications = rows[:RELEASES_PER_PAGE]
    last = publications[-1] if len(rows) > RELEASES_PER_PAGE else None
    with speaking(locale):
        page = render_template(
            "public/releases.html",
            locale=locale,
            publications=publications,
            older=f"{last.first_published_at.isoformat()}~{last.id}" if last else None,
            languages=_lists(office),
            feed_url=feed_url(office, locale),
            canonical=list_url(office, locale),
            local=_local(office, locale),
        )
    return kept(make_response(page))


def _place(written: str) -> tuple[datetime, str] | None:
    """Read where the page before ended; what is no such place begins at the top."""
    moment, _, publication_id = written.partition("~")
    try:
        found = exact_moment(moment)
    except ValueError:
        return None
    return (found, publication_id) if publication_id else None


@blueprint.get("/<public_locale:locale>/<slug>")
def release(locale: str, slug: str) -> Response:
    """Show one release as it was frozen; a withdrawn one answers 410 with the reason."""
    office = desk().office
    with desk().read() as reading:
        found = public_page(reading.session, locale, slug, reading.now)
    if found is None:
        return nothing_here()
    with speaking(locale):
        if found.gone:
            page = render_template(
                "public/withdrawn.html",
                locale=locale,
                publication=found.publication,
                feed_url=feed_url(office, locale),
                local=_local(office, locale),
            )
            return kept(make_response(page, 410))
        page = render_template(
            "public/release.html",
            locale=locale,
            publication=found.publication,
            languages=_siblings(office, found.siblings),
            default_url=default_url(office, found.siblings),
            canonical=page_url(office, found.publication),
            feed_url=feed_url(office, locale),
            label=label(found.publication),
            facts=_facts(office, found),
            local=_local(office, locale),
        )
    return kept(make_response(page))


@blueprint.get("/<public_locale:locale>/<slug>.json")
def release_json(locale: str, slug: str) -> Response:
    """Return one release as ninjs 3.1; a withdrawn one is canceled and answers 410."""
    office = desk().office
    with desk().read() as reading:
        found = public_page(reading.session, locale, slug, reading.now)
    if found is None:
        return nothing_here()
    publication = found.publication
    item = write_ninjs(
        uri=page_url(office, publication),
        work=work_uri(office, publication),
        locale=locale,
        blocks=blocks_of(publication.blocks),
        version=publication.revision,
        version_created=publication.withdrawn_at or publication.published_at,
        first_created=publication.first_published_at,
        pub_status=PubStatus.CANCELED if found.gone else PubStatus.USABLE,
        digital_source=DigitalSource.MACHINE_EDITED if publication.machine_drafted else DigitalSource.WRITTEN,
        siblings=[
            Sibling(page_url(office, sibling), sibling.locale, sibling.title)
            for sibling in found.siblings
            if sibling.locale != locale
        ],
        slug=publication.slug,
        ed_note=publication.withdrawn_reason or "",
    )
    response = jsonify(item)
    response.status_code = 410 if found.gone else 200
    return kept(response)


def _lists(office: Office) -> list[Mapping[str, str]]:
    return [{"locale": tag, "name": locale_name(tag), "url": list_url(office, tag)} for tag in office.target_locales]


def _siblings(office: Office, siblings: Sequence[Publication]) -> list[Mapping[str, str]]:
    return [
        {"locale": row.locale, "name": locale_name(row.locale), "url": page_url(office, row)}
        for row in in_order(office, siblings)
    ]


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
        "mainEntityOfPage": page_url(office, publication),
        "translationOfWork": {"@id": work_uri(office, publication)},
    }
    if publication.machine_drafted:
        facts["digitalSourceType"] = "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
        facts["creditText"] = label(publication)
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
