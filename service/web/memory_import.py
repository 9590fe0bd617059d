"""Files of the memory: one that is taken in after a look at what it would bring, and the whole that is taken away.

A file waits as a row between the look and the word to take it in, so that exactly what was shown is taken. One that
cannot be read to its end is refused before that. The words on what is left out are the format's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import BytesIO

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import N_, DeskError, Invalid, NotAllowed
from service.domain.memory_choice import only_in
from service.domain.memory_files import Filed, LeftOut
from service.domain.permissions import may_keep_memory, may_read_memory
from service.formats.tmx import read_tmx, write_tmx
from service.operations.loading import demand
from service.operations.memory_import import MemoryImport
from service.operations.waiting_files import close_file, keep_file
from service.queries.memory_export import public_memory
from service.queries.memory_import import count_import
from service.queries.waiting_files import Waiting, waiting_file
from service.web.identity import actor, desk

PURPOSE = "memory"
MAX_FILE_BYTES = 10 * 1024 * 1024  # longer ones take longer than somebody waits for a page
MOST_TOLD = 50  # of what is left out
CHUNK_BYTES = 64 * 1024
EXPORT_NAME = "memory.tmx"

blueprint = Blueprint("memory_import", __name__)


def _locales() -> tuple[str, ...]:
    """Return the languages of the office, the source's first."""
    office = desk().office
    return tuple(dict.fromkeys((office.source_locale, *office.target_locales)))


def _own_locales() -> tuple[str, ...]:
    """Return the languages that the person answers for; raise `NotAllowed` where there is none."""
    own = tuple(locale for locale in _locales() if may_keep_memory(actor(), {locale}))
    if not own:
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    return own


@blueprint.get("/memory/import")
def form() -> str:
    """Ask for a file."""
    return _form()


def _form(error: DeskError | None = None) -> str:
    return render_template(
        "memory/import.html",
        own=_own_locales(),
        locales=_locales(),
        source=request.form.get("source", desk().office.source_locale),
        error=error,
        megabytes=MAX_FILE_BYTES // 2**20,
    )


@blueprint.post("/memory/import")
def send() -> Response | tuple[str, int]:
    """Keep a file until whoever sent it has seen what it would bring."""
    own = _own_locales()
    try:
        source = _chosen_source()
        targets = _targets(own, source)
        name, content = _sent()
        for _ in _filed(content, source, targets):
            pass  # what cannot be read to its end is refused here
        with desk().begin(actor()) as work:
            choices = {"source": source, "locales": targets}
            file_id = keep_file(work, PURPOSE, name=name, content=content, choices=choices)
    except Invalid as error:
        return _form(error), error.status
    return redirect(url_for("memory_import.preview", file_id=file_id), 303)


def _chosen_source() -> str:
    source = request.form.get("source", "")
    if source not in _locales():
        raise Invalid("bad_source", N_("Choose the language that the texts are translated from."), field="source")
    return source


def _targets(own: Iterable[str], source: str) -> list[str]:
    targets = [locale for locale in own if locale != source]
    if not targets:
        raise Invalid(
            "no_language", N_("You answer for no other language than this one; choose another."), field="source"
        )
    return targets


def _sent() -> tuple[str, bytes]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid("no_file", N_("Choose a file first."), field="file")
    with file.stream as stream:
        content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise Invalid(
            "too_large",
            N_("The file is too large for this page. Take it in from the command line: perstolk memory import."),
            field="file",
        )
    return file.filename, content


def _filed(content: bytes, source: str, targets: Iterable[str]) -> Iterator[Filed]:
    """Yield what a file brings in some languages, and what of it is left out."""
    return only_in(read_tmx(BytesIO(content), source, _locales()), frozenset(targets))


@blueprint.get("/memory/import/<file_id>")
def preview(file_id: str) -> str:
    """Show what a file would bring, or what it brought."""
    _own_locales()
    waiting = _waiting(file_id)
    if waiting.file.outcome is not None:
        return render_template("memory/imported.html", file=waiting.file)
    left_out: list[LeftOut] = []
    with desk().read() as reading:
        filed = _noting(_filed_again(waiting), left_out)
        count = count_import(reading.session, filed, waiting.file.choices["source"])
    return render_template("memory/preview.html", file=waiting.file, count=count, left_out=left_out)


def _waiting(file_id: str) -> Waiting:
    with desk().read() as reading:
        return waiting_file(reading.session, actor(), PURPOSE, file_id)


def _filed_again(waiting: Waiting) -> Iterator[Filed]:
    choices = waiting.file.choices
    return _filed(waiting.content, choices["source"], choices["locales"])


def _noting(filed: Iterable[Filed], left_out: list[LeftOut]) -> Iterator[Filed]:
    """Yield what is filed, and note the first of what is left out."""
    for one in filed:
        if isinstance(one, LeftOut) and len(left_out) < MOST_TOLD:
            left_out.append(one)
        yield one


@blueprint.post("/memory/import/<file_id>")
def take(file_id: str) -> Response:
    """Take in exactly what was shown; what is there by now stays as it is."""
    _own_locales()
    waiting = _waiting(file_id)
    if waiting.file.outcome is None:
        taking = MemoryImport(waiting.file.choices["source"], waiting.file.name)
        for _ in taking.take_all(lambda: desk().begin(actor()), _filed_again(waiting)):
            pass
        with desk().begin(actor()) as work:
            close_file(work, PURPOSE, file_id, asdict(taking.imported))
    return redirect(url_for("memory_import.preview", file_id=file_id, done="memory-imported"), 303)


@blueprint.get("/memory/export.tmx")
def export() -> Response:
    """Give all that is public of the memory as one file, written while it is read."""
    demand(may_read_memory(actor()))
    own = desk()

    def written() -> Iterator[bytes]:
        with own.read() as reading:
            yield from _in_chunks(write_tmx(public_memory(reading.session), own.office.source_locale))

    response = Response(written(), mimetype="application/x-tmx+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{EXPORT_NAME}"'
    return response


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    chunk = bytearray()
    for piece in pieces:
        chunk += piece
        if len(chunk) >= CHUNK_BYTES:
            yield bytes(chunk)
            chunk.clear()
    yield bytes(chunk)
