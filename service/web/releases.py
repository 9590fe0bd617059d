"""Releases: the list, the form of a new one, one release with all that happened to it, its source, its comments."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from service.domain import permissions
from service.domain.errors import N_, DeskError, NotAllowed
from service.domain.workflow import Action, ReleaseState, VersionState, may_move
from service.operations.releases import Submission, add_comment, revise_source, submit_release
from service.queries.advice import advice_on_document, advice_on_revision
from service.queries.releases import comments_of, current_revision, release_row, release_rows, timeline, user_names
from service.queries.texts import source_document
from service.web.advice import ShownAdvice, shown_advice
from service.web.drafting_words import drafting_words, warning_words
from service.web.engine_words import drafters_words
from service.web.identity import actor, desk
from service.web.submitting import FORMATS, PUBLISH_WORDS, form_key, submission_from_form

blueprint = Blueprint("releases", __name__)

PAGE_ROWS = 50


@blueprint.get("/releases")
def index() -> str:
    """List the releases that the person sees; the address holds search and filter."""
    state = request.args.get("state", "")
    state = state if state in set(ReleaseState) else ""
    words = request.args.get("q", "").strip()[:200]
    with desk().read() as reading:
        after = None
        last = request.args.get("after")
        if last:
            release = release_row(reading.session, actor(), last).release
            after = (release.created_at, release.id)
        rows = release_rows(
            reading.session, actor(), state=state or None, q=words or None, after=after, limit=PAGE_ROWS + 1
        )
    return render_template(
        "releases.html",
        rows=rows[:PAGE_ROWS],
        more=rows[PAGE_ROWS - 1].release.id if len(rows) > PAGE_ROWS else None,
        state=state,
        q=words,
        states=list(ReleaseState),
        now=reading.now,
    )


@blueprint.get("/releases/new")
def new() -> Any:
    """Show the form of a new release."""
    if not permissions.may_submit(actor()):
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    return _form(None)


def _form(
    error: DeskError | None, *, looked_at: Submission | None = None, advice: list[ShownAdvice] | None = None
) -> tuple[str, int]:
    """Show the form as it was sent; of a text that was looked at, also what a file holds, so that it can be mended."""
    office = desk().office
    form = request.form.to_dict()
    if looked_at is not None:
        form |= {"body": looked_at.body, "format": looked_at.format}
    page = render_template(
        "release_new.html",
        error=error,
        advice=advice,
        form=form,
        chosen=request.form.getlist("targets") if request.form else office.target_locales,
        locales=office.target_locales,
        source_locale=office.source_locale,
        timezone=office.timezone,
        formats=FORMATS.items(),
        modes=PUBLISH_WORDS.items(),
        key=request.form.get("key") or secrets.token_urlsafe(16),
    )
    return page, error.status if error else 200


@blueprint.post("/releases/new")
def submit() -> Any:
    """Take a release in."""
    if not permissions.may_submit(actor()):
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    try:
        if request.form.get("act") == "look":
            return _look_over()
        submission = submission_from_form(desk().office)
        with desk().begin(actor()) as work:
            release, _ = submit_release(work, submission, key=form_key())
    except DeskError as error:
        return _form(error)
    return redirect(url_for("releases.show", release_id=release.id, done="submitted"), 303)


def _look_over() -> tuple[str, int]:
    """Show what strikes the eye in a text before it is submitted; nothing of it is kept."""
    submission = submission_from_form(desk().office, source_only=True)
    with desk().read() as reading:
        advice = advice_on_document(reading.session, desk().office, submission.document)
    return _form(None, looked_at=submission, advice=shown_advice(advice))


@blueprint.get("/releases/<release_id>")
def show(release_id: str) -> str:
    """Show one release: when it leaves, how far each language is, what is missing, and all that happened."""
    return _release_page(release_id, None)[0]


def _release_page(release_id: str, error: DeskError | None) -> tuple[str, int]:
    with desk().read() as reading:
        row = release_row(reading.session, actor(), release_id)
        revision = current_revision(reading.session, row.release)
        comments = comments_of(reading.session, row.release)
        history = timeline(reading.session, row.release)
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
        comments=comments,
        history=history,
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
        body=request.form.get("body", ""),
        now=reading.now,
    )
    return page, error.status if error else 200


def _may_redraft(locale: str, author_id: str | None) -> bool:
    return permissions.may_review(actor(), locale) or permissions.may_revise(actor(), author_id)


@blueprint.post("/releases/<release_id>/comments")
def comment(release_id: str) -> Any:
    """Say something about a release, or about one of its languages."""
    try:
        with desk().begin(actor()) as work:
            add_comment(work, release_id, request.form.get("body", ""), locale=request.form.get("locale") or None)
    except DeskError as error:
        if error.status != 422:  # noqa: PLR2004 - what the form can show
            raise
        return _release_page(release_id, error)
    return redirect(url_for("releases.show", release_id=release_id, done="commented", _anchor="comments"), 303)


@blueprint.get("/releases/<release_id>/source")
def source(release_id: str) -> str:
    """Show the current source, and to whoever may revise it the form to do so."""
    return _source_page(release_id, None)[0]


def _source_page(release_id: str, error: DeskError | None) -> tuple[str, int]:
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
    sent = request.form
    page = render_template(
        "source.html",
        release=release,
        revision=revision,
        author=names.get(revision.author_id or ""),
        document=document,
        formats=FORMATS.items(),
        may_revise=may_revise,
        advice=shown_advice(advice),
        error=error,
        title=sent.get("title", revision.title),
        body=sent.get("body", revision.body),
        format=sent.get("format", revision.format),
        row_version=release.row_version,
    )
    return page, error.status if error else 200


@blueprint.post("/releases/<release_id>/source")
def revise(release_id: str) -> Any:
    """Give the release a new source."""
    try:
        submission = submission_from_form(desk().office, source_only=True)
        row_version = int(request.form.get("row_version", "0") or 0)
        with desk().begin(actor()) as work:
            revise_source(work, release_id, submission, row_version=row_version)
    except DeskError as error:
        if error.status in {403, 404}:
            raise
        return _source_page(release_id, error)
    return redirect(url_for("releases.show", release_id=release_id, done="revised"), 303)
