"""What a new text would do to a release that is under way: to its segments, and to the work in each language.

It counts as `operations.sources` does, and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.digest import source_digest
from service.domain.inline import plain
from service.domain.revising import Fate, SegmentChange, SegmentText, segment_changes
from service.domain.segmentation import source_hash
from service.domain.text import CodedText, Document
from service.domain.workflow import Action, UnitState, VersionState, next_state
from service.queries.cuts import cut_document
from service.queries.releases import version_order
from service.queries.texts import codes_of
from service.storage.models import Approval, Release, SegmentRow, SourceRevision, Unit, Version


@dataclass(frozen=True, slots=True)
class Change:
    """One segment's fate with its words, in plain text ("" where it has none); `n` is its number in the new text."""

    fate: Fate
    old: str
    new: str
    n: int | None


@dataclass(frozen=True, slots=True)
class LanguageEffect:
    """What becomes of one language: the segments that keep their translation, and what is lost.

    `confirmed` of the `kept` ones stay confirmed; `to_accept` of them changed a little, for a reviewer to say whether
    the translation still serves. `written` of those that are lost were written or confirmed by a person.
    """

    locale: str
    before: str
    after: str
    kept: int
    confirmed: int
    to_accept: int
    drafted_anew: int
    written: int
    approval_voided: bool


@dataclass(frozen=True, slots=True)
class RevisionPreview:
    """What would change; `same` means that the two texts are equal and nothing would happen."""

    same: bool
    title_before: str
    title_after: str
    changes: tuple[Change, ...]
    effects: tuple[LanguageEffect, ...]

    def count(self, fate: str) -> int:
        """Return how many segments have a fate."""
        return sum(change.fate == fate for change in self.changes)


def preview_revision(
    session: Session, release: Release, revision: SourceRevision, document: Document, *, minor: bool = False
) -> RevisionPreview:
    """Return what the new text would do; four statements, whatever the length and the number of languages.

    In a `minor` edit, segments that change keep their translations.
    """
    rows = session.execute(
        select(SegmentRow.source, SegmentRow.codes, SegmentRow.source_hash)
        .where(SegmentRow.revision_id == revision.id)
        .order_by(SegmentRow.n)
    )
    old = [SegmentText(row.source_hash, plain(CodedText(row.source, codes_of(row.codes)))) for row in rows]
    cut = cut_document(session, document, release.source_locale)
    new = [SegmentText(source_hash(each.source), plain(each.source)) for each in cut]
    changes = segment_changes(old, new)
    return RevisionPreview(
        source_digest(document) == revision.digest,
        revision.title,
        document.title,
        tuple(_told(change, old, new) for change in changes),
        _effects(session, release, changes, minor=minor),
    )


def _told(change: SegmentChange, old: Sequence[SegmentText], new: Sequence[SegmentText]) -> Change:
    before = old[change.old].text if change.old is not None else ""
    after = new[change.new].text if change.new is not None else ""
    return Change(change.fate, before, after, None if change.new is None else change.new + 1)


def _effects(
    session: Session, release: Release, changes: Sequence[SegmentChange], *, minor: bool
) -> tuple[LanguageEffect, ...]:
    unchanged = {change.old for change in changes if change.fate is Fate.KEPT}
    changed = {change.old for change in changes if change.fate is Fate.CHANGED and minor}
    kept = unchanged | changed
    anew = sum(change.new is not None for change in changes) - len(kept)
    versions = session.scalars(select(Version).where(Version.release_id == release.id)).all()
    approved = set(
        session.scalars(
            select(Approval.version_id).where(
                Approval.version_id.in_([version.id for version in versions]), Approval.voided_at.is_(None)
            )
        )
    )
    units: dict[str, list[tuple[int, bool, bool, bool]]] = defaultdict(list)
    rows = session.execute(
        select(Unit.version_id, Unit.state, Unit.confirmed_by, Unit.text_by, Unit.target, SegmentRow.n)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .join(Version, (Version.id == Unit.version_id) & (Version.revision_id == SegmentRow.revision_id))
        .where(Version.release_id == release.id)
    )
    for row in rows:
        confirmed = row.state == UnitState.REVIEWED or (row.state == UnitState.FINAL and bool(row.confirmed_by))
        by_person = bool(row.target) and (confirmed or row.text_by is not None)
        units[row.version_id].append((row.n, bool(row.target), confirmed, by_person))
    effects = []
    for version in sorted(versions, key=lambda each: version_order(each.locale)):
        own = units[version.id]
        effects.append(
            LanguageEffect(
                version.locale,
                version.state,
                next_state(VersionState(version.state), Action.REVISE).value,
                kept=sum(n in kept and filled for n, filled, _, _ in own),
                confirmed=sum(n in unchanged and confirmed for n, _, confirmed, _ in own),
                to_accept=sum(n in changed and filled for n, filled, _, _ in own),
                drafted_anew=anew + sum(n in kept and not filled for n, filled, _, _ in own),
                written=sum(n not in kept and by_person for n, _, _, by_person in own),
                approval_voided=version.id in approved,
            )
        )
    return tuple(effects)
