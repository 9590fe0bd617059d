"""Advice about a source, before it is drafted or while it is: what strikes the eye, segment by segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.checks import Finding
from service.domain.lint import lint_source
from service.domain.office import Office
from service.domain.text import CodedText, Document
from service.queries.cuts import cut_document
from service.queries.term_bases import term_base
from service.queries.texts import codes_of
from service.storage.models import SegmentRow, SourceRevision


@dataclass(frozen=True, slots=True)
class Advice:
    """What an author may want to mend in segment `n`, counted from 1; `source` is the segment."""

    n: int
    source: CodedText
    finding: Finding


def advice_on_document(session: Session, office: Office, document: Document) -> tuple[Advice, ...]:
    """Return what strikes the eye in a text that nobody has submitted yet."""
    segments = cut_document(session, document, office.source_locale)
    return _advice(session, office, office.source_locale, [segment.source for segment in segments])


def advice_on_revision(
    session: Session, office: Office, revision: SourceRevision, *, source_locale: str
) -> tuple[Advice, ...]:
    """Return what strikes the eye in a release's source; two statements, and those of the term base."""
    rows = session.execute(
        select(SegmentRow.source, SegmentRow.codes).where(SegmentRow.revision_id == revision.id).order_by(SegmentRow.n)
    )
    segments = [CodedText(row.source, codes_of(row.codes)) for row in rows]
    return _advice(session, office, source_locale, segments)


def _advice(session: Session, office: Office, source_locale: str, segments: Sequence[CodedText]) -> tuple[Advice, ...]:
    terms = term_base(session, source_locale, office.target_locales[0]) if office.target_locales else None
    found = lint_source(segments, source_locale, terms)
    return tuple(Advice(place + 1, segments[place], finding) for place, finding in found)
