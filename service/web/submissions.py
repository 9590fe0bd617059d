"""A new release: its form, a look at it before it is sent, the text of a file for the form, and taking it in."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from service.domain import permissions
from service.domain.errors import N_, DeskError, Invalid
from service.formats import write
from service.operations.loading import demand
from service.operations.releases import Submission, submit_release
from service.queries.advice import advice_on_document
from service.web.advice import ShownAdvice, shown_advice
from service.web.drafting_words import warning_words
from service.web.identity import actor, desk
from service.web.previews import ShownPreview, shown_preview
from service.web.submitting import FORMATS, PUBLISH_WORDS, form_key, submission_from_form, upload_from_form

blueprint = Blueprint("submissions", __name__)


@blueprint.get("/releases/new")
def new() -> Any:
    """Show the form of a new release."""
    demand(permissions.may_submit(actor()))
    return _form(None)


@blueprint.post("/releases/new")
def submit() -> Any:
    """Take a release in, or show what would become of it."""
    demand(permissions.may_submit(actor()))
    try:
        match request.form.get("act"):
            case "look":
                return _look_over()
            case "preview":
                return _preview()
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
    return _form(None, read=submission, advice=shown_advice(advice))


def _preview() -> tuple[str, int]:
    """Show the segments of a text before it is submitted, and what will happen to it; nothing of it is kept."""
    submission = submission_from_form(desk().office)
    with desk().read() as reading:
        preview = shown_preview(reading, submission)
    return _form(None, read=submission, preview=preview)


def _form(
    error: DeskError | None,
    *,
    read: Submission | None = None,
    advice: list[ShownAdvice] | None = None,
    preview: ShownPreview | None = None,
) -> tuple[str, int]:
    """Show the form as it was sent; of a text that was read, also what a file holds, so that it can be mended."""
    office = desk().office
    form = request.form.to_dict()
    if read is not None:
        form |= {"body": read.body, "format": read.format}
    with desk().read() as reading:
        now = reading.now
    page = render_template(
        "release_new.html",
        error=error,
        advice=advice,
        preview=preview,
        form=form,
        chosen=request.form.getlist("targets") if request.form else office.target_locales,
        locales=office.target_locales,
        source_locale=office.source_locale,
        timezone=office.timezone,
        formats=FORMATS.items(),
        modes=PUBLISH_WORDS.items(),
        key=request.form.get("key") or secrets.token_urlsafe(16),
        now=now,
    )
    return page, error.status if error else 200


@blueprint.post("/releases/read")
def read_file() -> Any:
    """Return the text of a file, so that the page's script can put it in the form; nothing of it is kept.

    What is not plain text comes back as Markdown, which people can read and change. What reading it found odd
    is told in words.
    """
    demand(permissions.may_submit(actor()) or permissions.may_publish(actor()))
    upload = upload_from_form(desk().office)
    if upload is None:
        raise Invalid("no_file", N_("Choose a file first."), field="file")
    expected = desk().office.source_locale
    warnings = [warning_words(each, expected=expected) for each in upload.document.warnings]
    if upload.format != "html":
        return jsonify(body=upload.body, format=upload.format, warnings=warnings)
    body = write(upload.document.blocks, "markdown", expected)
    return jsonify(body=body, format="markdown", warnings=warnings)
