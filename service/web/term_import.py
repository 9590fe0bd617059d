"""A list of terms that is taken in after a look at what it would do.

The list waits as a row between the look and the word to take it in. The look names how often the term base was changed
until then, and the word repeats it: where somebody has changed a term since, nothing is taken and the list is looked at
anew. It is taken in one transaction, so all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import BinaryIO

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.errors import N_, DeskError, Invalid, Stale
from service.domain.memory_files import LeftOut
from service.domain.permissions import may_change_terms, may_keep_terms
from service.domain.term_files import FiledConcept
from service.domain.terms import TermStatus
from service.formats.tbx import read_tbx
from service.formats.terms_csv import read_terms
from service.formats.xml_stream import is_xml
from service.operations.loading import demand
from service.operations.term_import import AT_ONCE, TermImport
from service.operations.waiting_files import close_file, keep_file
from service.queries.term_bases import term_stamp
from service.queries.term_import import TermPreview, preview_terms
from service.queries.terms import term_locales
from service.queries.waiting_files import Waiting, waiting_file
from service.web.concept_form import GENDER_WORDS, STATUS_WORDS
from service.web.identity import actor, desk
from service.web.language import told

PURPOSE = "terms"
MAX_FILE_BYTES = 5 * 1024 * 1024
MOST_CONCEPTS = 10_000  # more take longer than somebody waits for a page
MOST_TOLD = 50  # of what is left out
FACT_WORDS = {
    "definition": N_("What it is"),
    "domain": N_("Domain"),
    "authority": N_("Whose word it is"),
    "authority_date": N_("When they said so"),
    "do_not_translate": N_("Not translated"),
    "checked": N_("Checked"),
}

blueprint = Blueprint("term_import", __name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list makes of one language's terms, or of one fact where `locale` is empty."""

    locale: str
    name: str
    before: str
    after: str


def _locales() -> tuple[str, ...]:
    """Return the languages of the office, the source's first."""
    office = desk().office
    return tuple(dict.fromkeys((office.source_locale, *office.target_locales)))


@blueprint.get("/terms/import")
def form() -> str:
    """Ask for a list."""
    demand(may_keep_terms(actor()))
    return _form()


def _form(error: DeskError | None = None) -> str:
    return render_template("terms/import.html", error=error, megabytes=MAX_FILE_BYTES // 2**20, concepts=MOST_CONCEPTS)


@blueprint.post("/terms/import")
def send() -> Response | tuple[str, int]:
    """Keep a list until whoever sent it has seen what it would do; one that cannot be taken is refused here."""
    demand(may_keep_terms(actor()))
    try:
        name, content = _sent()
        _preview(_read(content)[0])
        with desk().begin(actor()) as work:
            file_id = keep_file(work, PURPOSE, name=name, content=content, choices={})
    except Invalid as error:
        return _form(error), error.status
    return redirect(url_for("term_import.preview", file_id=file_id), 303)


def _sent() -> tuple[str, bytes]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid("no_file", N_("Choose a file first."), field="file")
    with file.stream as stream:
        content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise _too_large()
    return file.filename, content


def _too_large() -> Invalid:
    template = N_("The list is too long for this page. Take it in from the command line: perstolk terms import.")
    return Invalid("too_large", template, field="file")


def _read(content: bytes) -> tuple[list[FiledConcept], list[LeftOut]]:
    """Return the concepts of a list, and what of it is left out; a CSV is taken whole or not at all."""
    stream = BytesIO(content)
    filed: list[FiledConcept] = []
    left_out: list[LeftOut] = []
    for one in read_tbx(stream, _locales()) if is_xml(stream) else _read_list(stream):
        if isinstance(one, LeftOut):
            left_out.append(one)
        else:
            filed.append(one)
        if len(filed) > MOST_CONCEPTS:
            raise _too_large()
    return filed, left_out


def _read_list(stream: BinaryIO) -> list[FiledConcept]:
    with desk().read() as reading:
        others = term_locales(reading.session)
    return read_terms(stream, _locales(), others=others)


def _preview(filed: Sequence[FiledConcept]) -> tuple[TermPreview, int]:
    """Return what a list would do, and how often the term base was changed before."""
    office = desk().office
    with desk().read() as reading:
        stamp = term_stamp(reading.session)  # before the rest: a change in between is seen when the list is taken
        would = preview_terms(
            reading.session, filed, actor(), source_locale=office.source_locale, targets=office.target_locales
        )
    return would, stamp


@blueprint.get("/terms/import/<file_id>")
def preview(file_id: str) -> str | tuple[str, int]:
    """Show what a list would do, or what it did."""
    demand(may_keep_terms(actor()))
    return _shown(_waiting(file_id))


def _waiting(file_id: str) -> Waiting:
    with desk().read() as reading:
        return waiting_file(reading.session, actor(), PURPOSE, file_id)


def _shown(waiting: Waiting, error: DeskError | None = None) -> str | tuple[str, int]:
    if waiting.file.outcome is not None:
        return render_template("terms/imported.html", file=waiting.file)
    try:
        filed, left_out = _read(waiting.content)
        would, stamp = _preview(filed)
    except Invalid as fault:  # the term base is another one since the list was sent
        return _form(fault), fault.status
    page = render_template(
        "terms/import_preview.html",
        error=error,
        file=waiting.file,
        would=would,
        stamp=stamp,
        examples=[(step, _differences(step.before, step.after)) for step in would.examples],
        left_out=left_out[:MOST_TOLD],
        left_out_count=len(left_out),
        refused=would.refused[:MOST_TOLD],
        others=sorted(locale for locale in would.locales if not may_change_terms(actor(), {locale})),
    )
    return page if error is None else (page, error.status)


@blueprint.post("/terms/import/<file_id>")
def take(file_id: str) -> Response | str | tuple[str, int]:
    """Take in exactly what was shown; where the term base is another one by now, show what the list would do to it."""
    demand(may_keep_terms(actor()))
    waiting = _waiting(file_id)
    if waiting.file.outcome is None:
        try:
            _take(waiting, request.form.get("stamp", -1, type=int))
        except (Stale, Invalid) as error:
            return _shown(_waiting(file_id), error)
    return redirect(url_for("term_import.preview", file_id=file_id, done="terms-imported"), 303)


def _take(waiting: Waiting, stamp: int) -> None:
    filed, _ = _read(waiting.content)
    would, _ = _preview(filed)  # what a line is about is told before any is taken; the stamp tells that it still is
    taking = TermImport(stamp=stamp, meant=would.meant)
    with desk().begin(actor()) as work:
        for first in range(0, len(filed), AT_ONCE):
            taking.take(work, filed[first : first + AT_ONCE])
        close_file(work, PURPOSE, waiting.file.id, asdict(taking.taken))


def _differences(before: ConceptDraft | None, after: ConceptDraft) -> list[Difference]:
    """Return what becomes of a concept's terms, language by language, and of its facts."""
    then = before or ConceptDraft(())
    order = _locales()
    locales = dict.fromkeys((*order, *sorted({term.locale for term in (*then.terms, *after.terms)})))
    pairs = [Difference(locale, "", _words(then.terms, locale), _words(after.terms, locale)) for locale in locales]
    for name, words in FACT_WORDS.items():
        pairs.append(Difference("", words, *(_fact(getattr(draft, name)) for draft in (then, after))))
    return [pair for pair in pairs if pair.before != pair.after]


def _words(terms: Sequence[TermDraft], locale: str) -> str:
    order = list(TermStatus)
    own = (term for term in terms if term.locale == locale)
    return "\n".join(_term(term) for term in sorted(own, key=lambda it: (order.index(TermStatus(it.status)), it.text)))


def _term(term: TermDraft) -> str:
    """Return a term with what is told of it, its spellings last."""
    said = [told(STATUS_WORDS[term.status])] if term.status != TermStatus.PREFERRED else []
    said += [told(GENDER_WORDS[term.gender])] if term.gender else []
    said += [told(N_("capitals count"))] if term.case_sensitive else []
    return f"{term.text} ({', '.join((*said, *term.forms))})" if said or term.forms else term.text


def _fact(value: object) -> str:
    if isinstance(value, bool):
        return told(N_("yes")) if value else ""
    return str(value or "")
