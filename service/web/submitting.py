"""Reading the form of a new or revised release: text or file, languages, hours.

What it finds wrong is an `Invalid` that names its field; the view shows it beside that field.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from flask import request

from service.domain.embargo import parse_moment
from service.domain.errors import N_, Invalid
from service.domain.office import Office
from service.formats import Upload, read, read_upload
from service.operations.releases import Submission

FORMATS = {"text": N_("Plain text"), "markdown": "Markdown", "html": "HTML"}
PUBLISH_WORDS = {
    "together": N_("All languages together, when each is approved"),
    "as_approved": N_("Each language as soon as it is approved"),
}


def submission_from_form(office: Office, *, source_only: bool = False) -> Submission:
    """Return what the form hands in; `source_only` leaves languages and hours aside."""
    text = _text(office)
    if source_only:
        minor = "minor" in request.form
        return Submission(document=text.document, body=text.body, format=text.format, minor=minor)
    targets = tuple(request.form.getlist("targets"))
    if not targets:
        raise Invalid("no_target", N_("Choose at least one language."), field="targets")
    return Submission(
        document=text.document,
        body=text.body,
        format=text.format,
        targets=targets,
        embargo_at=moment_from_form("embargo_at", office.timezone),
        deadline_at=moment_from_form("deadline_at", office.timezone),
        confidential="confidential" in request.form,
        publish=request.form.get("publish", "together"),
    )


def moment_from_form(name: str, timezone: str) -> datetime | None:
    """Return a field's local time in UTC, or None where it is empty."""
    written = request.form.get(name, "").strip()
    if not written:
        return None
    try:
        return parse_moment(written, timezone)
    except Invalid as error:
        error.field = name
        raise


def form_key() -> str | None:
    """Return a key that is the same for the same form with the same content, so that a double click submits once."""
    key = request.form.get("key")
    if not key:
        return None
    digest = hashlib.sha256()
    for name, value in sorted(request.form.items(multi=True)):
        if name != "csrf_token":
            digest.update(f"{name}={value}\n".encode())
    file = request.files.get("file")
    if file is not None:
        digest.update(file.stream.read())
        file.stream.seek(0)
    return f"page-{digest.hexdigest()}"


def upload_from_form(office: Office) -> Upload | None:
    """Return what the form's file holds, or None where none was chosen."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    title = request.form.get("title") or None
    return read_upload(file.stream.read(), file.filename, title=title, source_locale=office.source_locale)


def _text(office: Office) -> Upload:
    title = request.form.get("title") or None
    upload = upload_from_form(office)
    if upload is not None:
        return upload
    body = request.form.get("body", "").replace("\r\n", "\n")
    form = request.form.get("format", "text")
    return Upload(read(body, form, title=title, source_locale=office.source_locale), body, form)
