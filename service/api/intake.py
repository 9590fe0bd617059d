"""Reading a submission from a request: JSON, or a form with a file whose ending tells its format."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from service.api.identity import desk
from service.api.schemas import ReleaseIn
from service.domain.errors import N_, Invalid
from service.formats import read
from service.operations.releases import Submission

FORMATS = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
_LISTS = frozenset({"targets"})


def submission() -> tuple[Submission, str]:
    """Return the submission in the request, and the hash by which a repeated request is recognised."""
    facts, said = _multipart() if request.mimetype == "multipart/form-data" else _json()
    loaded: dict[str, Any] = ReleaseIn().load(facts)
    body = loaded.pop("body", None)
    if body is None:
        raise Invalid("no_text", N_("Send the text as “body”, or a file."), field="body")
    form = loaded.pop("format", "text")
    title = loaded.pop("title", None)
    document = read(body, form, title=title or None, source_locale=desk().office.source_locale)
    targets = loaded.pop("targets", None)
    return (
        Submission(
            document=document, body=body, format=form, targets=tuple(targets) if targets is not None else None, **loaded
        ),
        hashlib.sha256(said).hexdigest(),
    )


def _json() -> tuple[dict[str, Any], bytes]:
    facts = request.get_json()
    if not isinstance(facts, dict):
        raise Invalid("not_an_object", N_("Send a JSON object."))
    return facts, json.dumps(facts, sort_keys=True).encode()


def _multipart() -> tuple[dict[str, Any], bytes]:
    """Read a form: its fields as the JSON's, its file as the body."""
    facts: dict[str, Any] = {}
    for name, values in request.form.lists():
        facts[name] = [part for value in values for part in value.split(",")] if name in _LISTS else values[-1]
    said = json.dumps(facts, sort_keys=True).encode()
    upload = request.files.get("file")
    if upload is not None:
        text, form = _read_file(upload)
        facts["body"] = text
        facts.setdefault("format", form)
        said += text.encode()
    return facts, said


def _read_file(upload: FileStorage) -> tuple[str, str]:
    ending = PurePath(upload.filename or "").suffix.lower()
    form = FORMATS.get(ending)
    if form is None:
        raise Invalid(
            "bad_file",
            N_("That kind of file cannot be read; send one that ends in %(known)s."),
            field="file",
            known=", ".join(FORMATS),
        )
    try:
        return upload.read().decode("utf-8-sig"), form
    except UnicodeDecodeError as error:
        raise Invalid("not_utf8", N_("The file is not UTF-8 text; save it as UTF-8."), field="file") from error
