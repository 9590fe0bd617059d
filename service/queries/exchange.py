"""A version as it goes out of the desk: its units for translators' tools, its text in every format there is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.drafts import OriginKind
from service.domain.errors import N_, Invalid
from service.domain.exchange import SentUnit, SentVersion
from service.domain.office import Office
from service.domain.permissions import Actor
from service.domain.text import BlockKind, CodedText
from service.domain.workflow import UnitState
from service.formats import FILE_WRITERS, WRITERS
from service.formats.xliff import write_xliff, write_xliff12
from service.queries.news_items import news_item
from service.queries.releases import version_row
from service.queries.texts import codes_of, source_document, version_text
from service.storage.models import Release, SegmentRow, SourceRevision, Unit, Version


def sent_version(session: Session, release: Release, version: Version) -> SentVersion:
    """Return the version's present text in its units; three statements."""
    revision = session.get_one(SourceRevision, version.revision_id)
    _, blocks = source_document(session, revision.id)
    kinds = {row.id: BlockKind(row.kind) for row in blocks}
    rows = session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(Unit.version_id == version.id, SegmentRow.revision_id == revision.id)
        .order_by(SegmentRow.n)
    )
    units = tuple(
        SentUnit(
            id=unit.id,
            n=segment.n + 1,
            block=segment.block_id,
            kind=kinds[segment.block_id],
            source=CodedText(segment.source, codes_of(segment.codes)),
            target=unit.target,
            state=UnitState(unit.state),
            origin=OriginKind(unit.origin),
            engine=unit.engine,
            score=unit.score,
            draft=unit.draft,
            row_version=unit.row_version,
            source_hash=segment.source_hash,
        )
        for unit, segment in rows
    )
    return SentVersion(
        release_id=release.id,
        title=revision.title,
        source_locale=release.source_locale,
        target_locale=version.locale,
        revision=revision.number,
        units=units,
    )


@dataclass(frozen=True, slots=True)
class Export:
    """A version in one format: its bytes, what kind they are, and what a file of them is called."""

    data: bytes
    mimetype: str
    name: str


_Write: TypeAlias = Callable[[Session, Office, Release, Version], bytes]


@dataclass(frozen=True, slots=True)
class ExportForm:
    """A format that a version can be written in; `shown` where programs read it rather than keep it as a file."""

    mimetype: str
    ending: str
    write: _Write
    shown: bool = False


def _text(form: str) -> _Write:
    def write(session: Session, _office: Office, _release: Release, version: Version) -> bytes:
        return WRITERS[form](version_text(session, version).blocks, version.locale).encode()

    return write


def _file(form: str) -> _Write:
    def write(session: Session, _office: Office, _release: Release, version: Version) -> bytes:
        return FILE_WRITERS[form](version_text(session, version).blocks, version.locale)

    return write


def _units(writer: Callable[[SentVersion], bytes]) -> _Write:
    def write(session: Session, _office: Office, release: Release, version: Version) -> bytes:
        return writer(sent_version(session, release, version))

    return write


def _news_item(session: Session, office: Office, release: Release, version: Version) -> bytes:
    return json.dumps(news_item(session, office, release, version), ensure_ascii=False).encode()


EXPORT_FORMS: Mapping[str, ExportForm] = {
    "text": ExportForm("text/plain", "txt", _text("text"), shown=True),
    "markdown": ExportForm("text/markdown", "md", _text("markdown"), shown=True),
    "html": ExportForm("text/html", "html", _text("html"), shown=True),
    "docx": ExportForm(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", _file("docx")
    ),
    "odt": ExportForm("application/vnd.oasis.opendocument.text", "odt", _file("odt")),
    "xliff": ExportForm("application/xliff+xml", "xlf", _units(write_xliff)),
    "xliff12": ExportForm("application/x-xliff+xml", "xlf", _units(write_xliff12)),
    "ninjs": ExportForm("application/json", "json", _news_item, shown=True),
}


def export_form(name: str) -> ExportForm:
    """Return the format of that name; raise `Invalid` (bad_format) where there is none."""
    form = EXPORT_FORMS.get(name)
    if form is None:
        raise Invalid(
            "bad_format",
            N_("“%(format)s” is no format that can be written: use %(known)s."),
            field="format",
            format=name[:40],
            known=", ".join(EXPORT_FORMS),
        )
    return form


def export_version(
    session: Session, actor: Actor, office: Office, *, release_id: str, locale: str, form: ExportForm
) -> Export:
    """Return a version's present text in a format; raise `NotFound` where the actor may not see it."""
    release, row = version_row(session, actor, release_id, locale)
    data = form.write(session, office, release, row.version)
    return Export(data, form.mimetype, f"{release.slug}.{locale}.{form.ending}")
