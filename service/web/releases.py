"""Releases: the list, one release with all that happened to it, its source."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from service.domain import permissions
from service.domain.errors import DeskError
from service.domain.workflow import Action, VersionState, may_move
from service.formats import read
from service.operations.loading import demand
from service.operations.releases import Submission, revise_source
from service.queries.advice import advice_on_revision
from service.queries.comments import mentionable, threads_of
from service.queries.deliveries import receipts_of_release
from service.queries.happenings import happenings
from service.queries.releases import current_revision, release_row, user_names
from service.queries.revision_previews import preview_revision
from service.queries.texts import source_document
from service.storage.models import SourceRevision
from service.web.advice import shown_advice
from service.web.drafting_words import drafting_words, warning_words
from service.web.engine_words import drafters_words
from service.web.identity import actor, desk
from service.web.release_gate import gate_of
from service.web.release_lists import list_page
from service.web.submitting import FORMATS, submission_from_form

blueprint = Blueprint("releases", __name__)


@blueprint.get("/releases")
def index() -> str:
    """List the releases that the person sees; the address holds search and filters."""
    return list_page()


@blueprint.get("/releases/<release_id>")
def show(release_id: str) -> str:
    """Show one release: when it leaves, how far each language is, what is missing, and all that happened."""
    return release_page(release_id, None)[0]


def release_page(release_id: str, error: DeskError | None) -> tuple[str, int]:
    """Return the page of a release and its status, with what was wrong with a comment that was sent from it."""
    with desk().read() as reading:
        row = release_row(reading.session, actor(), release_id)
        revision = current_revision(reading.session, row.release)
        threads = threads_of(reading.session, row.release)
        people = mentionable(reading.session, release_id)
        manages = permissions.may_manage_endpoints(actor())
        history = happenings(reading.session, row, with_deliveries=manages)
        receipts = receipts_of_release(reading.session, release_id) if manages else ()
        gate = None if row.release.withdrawn_at else gate_of(reading, row)
        names = user_names(
            reading.session, {version.approval.approved_by for version in row.versions if version.approval}
        )
    release = row.release
    progress = {
        version.version.locale: drafting_words(
            version.version.outcomes,
            drafted=version.tally.drafted,
            segments=version.tally.segments,
            release=release,
        )
        for version in row.versions
    }
    page = render_template(
        "release.html",
        row=row,
        release=release,
        warnings=[warning_words(each, expected=release.source_locale) for each in revision.warnings],
        threads=threads,
        people=people,
        history=history,
        receipts=receipts,
        gate=gate,
        names=names,
        progress=progress,
        drafters={
            version.version.locale: drafters_words(version.version.outcomes)
            for version in row.versions
            if not version.tally.empty
        },
        may_redraft={
            version.version.locale: _may_redraft(version.version.locale, release.author_id)
            and version.tally.empty > 0
            and may_move(VersionState(version.version.state), Action.REDRAFT)
            for version in row.versions
        },
        error=error,
        now=reading.now,
    )
    return page, error.status if error else 200


def _may_redraft(locale: str, author_id: str | None) -> bool:
    return permissions.may_review(actor(), locale) or permissions.may_revise(actor(), author_id)


@blueprint.get("/releases/<release_id>/source")
def source(release_id: str) -> str:
    """Show the current source, and to whoever may revise it the form to do so."""
    return _source_page(release_id, None)[0]


def _source_page(release_id: str, error: DeskError | None, *, asked: Submission | None = None) -> tuple[str, int]:
    """Show the source; of a text that was `asked` about, also what it would change."""
    with desk().read() as reading:
        release = release_row(reading.session, actor(), release_id).release
        revision = current_revision(reading.session, release)
        document, _ = source_document(reading.session, revision.id)
        names = user_names(reading.session, {revision.author_id})
        may_revise = permissions.may_revise(actor(), release.author_id) and release.withdrawn_at is None
        advice = (
            advice_on_revision(reading.session, desk().office, revision, source_locale=release.source_locale)
            if may_revise
            else ()
        )
        preview = (
            preview_revision(reading.session, release, revision, asked.document, minor="minor" in request.form)
            if asked
            else None
        )
    sent = request.form.to_dict() | ({"body": asked.body, "format": asked.format} if asked else {})
    page = render_template(
        "source.html",
        release=release,
        revision=revision,
        author=names.get(revision.author_id or ""),
        document=document,
        formats=FORMATS.items(),
        may_revise=may_revise,
        advice=shown_advice(advice),
        preview=preview,
        error=error,
        title=sent.get("title", "" if _holds_its_title(revision) else revision.title),
        body=sent.get("body", revision.body),
        format=sent.get("format", revision.format),
        row_version=_opened_at(release.row_version) if asked else release.row_version,
    )
    return page, error.status if error else 200


def _holds_its_title(revision: SourceRevision) -> bool:
    """Tell whether a text begins with its title: a second one beside it could only differ."""
    return read(revision.body, revision.format, source_locale=desk().office.source_locale).title == revision.title


def _opened_at(present: int) -> int:
    """Return the row version that the form was opened with, so that a look in between does not hide a change."""
    return request.form.get("row_version", present, type=int)


@blueprint.post("/releases/<release_id>/source")
def revise(release_id: str) -> Any:
    """Give the release a new source, or show what it would change."""
    try:
        submission = submission_from_form(desk().office, source_only=True)
        if request.form.get("act") == "preview":
            return _look_at_revision(release_id, submission)
        row_version = int(request.form.get("row_version", "0") or 0)
        with desk().begin(actor()) as work:
            revise_source(work, release_id, submission, row_version=row_version)
    except DeskError as error:
        if error.status in {403, 404}:
            raise
        return _source_page(release_id, error)
    return redirect(url_for("releases.show", release_id=release_id, done="revised"), 303)


def _look_at_revision(release_id: str, submission: Submission) -> tuple[str, int]:
    with desk().read() as reading:
        release = release_row(reading.session, actor(), release_id).release
    demand(permissions.may_revise(actor(), release.author_id))
    return _source_page(release_id, None, asked=submission)
