"""Reading a submission from a request: JSON, or a form with a file whose ending tells its format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from service.api.identity import desk
from service.api.reading import json_body
from service.api.schemas.releases import ReleaseIn, TextIn
from service.domain.errors import N_, Invalid
from service.formats import Upload, read, read_upload
from service.operations.releases import Submission

_LISTS = frozenset({"targets"})


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was sent."""

    name: str
    data: bytes


def submission(shape: type[TextIn] = ReleaseIn) -> tuple[Submission, str]:
    """Return the submission in the request, and the hash by which a repeated request is recognised."""
    facts, said, file = _multipart() if request.mimetype == "multipart/form-data" else _json()
    loaded: dict[str, Any] = shape().load(facts)
    taken = _taken(loaded.pop("body", None), loaded.pop("format", None), loaded.pop("title", None), file)
    targets = loaded.pop("targets", None)
    return (
        Submission(
            document=taken.document,
            body=taken.body,
            format=taken.format,
            targets=tuple(targets) if targets is not None else None,
            **loaded,
        ),
        hashlib.sha256(said).hexdigest(),
    )


def _taken(body: str | None, form: str | None, title: str | None, file: _File | None) -> Upload:
    locale = desk().office.source_locale
    if file is not None:
        if body:
            raise Invalid("two_texts", N_("Send either a file or a “body”: a release has one text."), field="body")
        return read_upload(file.data, file.name, form=form, title=title or None, source_locale=locale)
    if body is None:
        raise Invalid("no_text", N_("Send the text as “body”, or a file."), field="body")
    form = form or "text"
    return Upload(read(body, form, title=title or None, source_locale=locale), body, form)


def _json() -> tuple[dict[str, Any], bytes, None]:
    facts = json_body()
    if not isinstance(facts, dict):
        raise Invalid("not_an_object", N_("Send a JSON object."))
    return facts, json.dumps(facts, sort_keys=True).encode(), None


def _multipart() -> tuple[dict[str, Any], bytes, _File | None]:
    """Read a form: its fields as the JSON's, and its file."""
    facts: dict[str, Any] = {}
    for name, values in request.form.lists():
        if name in _LISTS:
            facts[name] = [part for value in values for part in value.split(",")]
            continue
        _demand_one(name, values)
        # A part without a name of its own is none of the fields; under no name it is refused as such.
        facts[name or ""] = values[0]
    said = json.dumps(facts, sort_keys=True).encode()
    uploads = request.files.getlist("file")
    if not uploads:
        return facts, said, None
    _demand_one("file", uploads)
    upload = uploads[0]
    file = _File(upload.filename or "", upload.read())
    # Its ending tells its format: the same bytes under another name are another request.
    named = json.dumps([file.name, hashlib.sha256(file.data).hexdigest()])
    return facts, said + named.encode(), file


def _demand_one(name: str, parts: Sequence[object]) -> None:
    """Raise `Invalid` for a field that comes twice: one of the two would be dropped, and nobody told."""
    if len(parts) > 1:
        raise Invalid("sent_twice", N_("Send “%(name)s” once: of two, one would be lost."), field=name, name=name)
