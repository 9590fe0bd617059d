"""How publications are named and addressed wherever the world reads them: pages, feeds, JSON, sitemap.

It also holds how a public answer is kept by caches, in which language it speaks, and what stands where nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from flask import Response, make_response, render_template, request
from flask_babel import force_locale

from service.domain.office import Office
from service.formats.atom import Translation, tag_uri
from service.queries.public import public_url, release_uri
from service.storage.models import Publication
from service.web.language import gettext

CACHING = "public, max-age=0, must-revalidate"


def speaking(locale: str) -> AbstractContextManager[None]:
    """Let sentences be in the page's own language, whoever reads it."""
    speaking: AbstractContextManager[None] = force_locale(locale.replace("-", "_"))
    return speaking


def nothing_here() -> Response:
    """Return the one answer for everything that is not public: no path, no reader, no moment in it."""
    response = make_response(render_template("public/nothing.html"), 404)
    response.headers["Cache-Control"] = "no-store"
    return response


def kept(response: Response) -> Response:
    """Let caches keep a public answer, on the condition that they ask again each time."""
    response.headers["Cache-Control"] = CACHING
    response.add_etag()
    response.make_conditional(request)
    return response


def page_url(office: Office, publication: Publication) -> str:
    """Return the absolute address of a publication's page."""
    return public_url(office, publication.locale, publication.slug)


def list_url(office: Office, locale: str) -> str:
    """Return the absolute address of a language's list."""
    return f"{office.public_url.rstrip('/')}/{locale}/"


def feed_url(office: Office, locale: str) -> str:
    """Return the absolute address of a language's feed."""
    return f"{list_url(office, locale)}feed.atom"


def in_order(office: Office, siblings: Sequence[Publication]) -> list[Publication]:
    """Return a release's publications in the order of the office's languages."""
    order = {tag: n for n, tag in enumerate(office.target_locales)}
    return sorted(siblings, key=lambda row: order.get(row.locale, len(order)))


def translations(office: Office, siblings: Sequence[Publication]) -> list[Translation]:
    """Return where a release stands in each of its languages."""
    return [Translation(row.locale, page_url(office, row)) for row in in_order(office, siblings)]


def default_url(office: Office, siblings: Sequence[Publication]) -> str:
    """Return the page for readers of no known language: the English one, or else the office's first."""
    ordered = in_order(office, siblings)
    return page_url(office, next((row for row in ordered if row.locale == "en"), ordered[0]))


def by_release(publications: Sequence[Publication]) -> dict[str, list[Publication]]:
    """Return publications grouped by their release."""
    grouped: dict[str, list[Publication]] = {}
    for row in publications:
        grouped.setdefault(row.release_id, []).append(row)
    return grouped


def work_uri(office: Office, publication: Publication) -> str:
    """Name the release itself, the same in every language."""
    return release_uri(office, publication.release_id)


def entry_uri(office: Office, publication: Publication) -> str:
    """Name one language of a release; neither a correction nor a withdrawal changes the name."""
    return tag_uri(office.public_url, f"{publication.first_published_at:%Y-%m-%d}", f"version/{publication.version_id}")


def label(publication: Publication) -> str:
    """Say how the text came about, in the language in force."""
    if publication.machine_drafted:
        return str(gettext("This translation was drafted by machine, and reviewed and approved by a person."))
    return ""
