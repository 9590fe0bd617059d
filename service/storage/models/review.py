"""Versions, their units with every revision, findings, approvals, comments, and the work of drafting them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base, Json, Leased, new_id

RULES_LENGTH = 40
KEY_LENGTH = 32


class Version(Base):
    """One target-locale edition of a release; `revision_id` is the source revision that its units translate.

    `checked_with` names the rules that its findings were made with; None says that the text has changed since the
    whole of it was checked. A worker that checks it keeps the others away until `checking_until`. The counts are of the
    units of its present text and of their findings, the open ones by what they weigh, and those that were put aside;
    `storage.counts` keeps them.
    """

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("release_id", "locale"),
        Index("ix_version_state_locale", "state", "locale"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("ver"))
    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"))
    locale: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(20))
    revision_id: Mapped[str] = mapped_column(ForeignKey("source_revision.id"))
    outcomes: Mapped[list[Any]] = mapped_column(Json, default=list)
    drafted_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    claimed_until: Mapped[datetime | None]
    changes_reason: Mapped[str | None] = mapped_column(Text)
    changes_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    changes_at: Mapped[datetime | None]
    checked_with: Mapped[str | None] = mapped_column(String(RULES_LENGTH))
    checked_at: Mapped[datetime | None]
    checking_until: Mapped[datetime | None]
    segment_count: Mapped[int] = mapped_column(default=0)
    empty_count: Mapped[int] = mapped_column(default=0)
    confirmed_count: Mapped[int] = mapped_column(default=0)
    error_count: Mapped[int] = mapped_column(default=0)
    warning_count: Mapped[int] = mapped_column(default=0)
    note_count: Mapped[int] = mapped_column(default=0)
    dismissed_count: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class DraftJob(Leased, Base):
    """The work of drafting one version; `scope` is `empty`, or `untouched` when a redraft was asked for.

    `engine` is asked before all others in this run, where somebody wants to see another one's draft.
    """

    __tablename__ = "draft_job"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("job"))
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), unique=True)
    scope: Mapped[str] = mapped_column(String(20), default="empty")
    engine: Mapped[str | None] = mapped_column(String(60))
    rounds: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]


class Unit(Base):
    """A segment with its target in one version.

    `text_by` is the person who wrote or last edited the current target (None for a machine's text), `draft` the first
    machine or memory text, `changed_from` the previous source where a revision changed the segment; with
    `change_is_minor` its author called that a minor edit, and `state_before` is what the unit's state was.
    """

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("version_id", "segment_id"),
        CheckConstraint("state IN ('initial', 'translated', 'reviewed', 'final')", name="state"),
        CheckConstraint("state <> 'initial' OR target = ''", name="initial_is_empty"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("unt"))
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    segment_id: Mapped[str] = mapped_column(ForeignKey("segment.id"), index=True)
    target: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="initial")
    origin: Mapped[str] = mapped_column(String(20), default="none")
    engine: Mapped[str | None] = mapped_column(String(60))
    engine_version: Mapped[str | None] = mapped_column(String(120))
    score: Mapped[int | None]
    draft: Mapped[str] = mapped_column(Text, default="")
    draft_raw: Mapped[str] = mapped_column(Text, default="")
    draft_ms: Mapped[int | None]
    drafted_at: Mapped[datetime | None]
    warnings: Mapped[list[Any]] = mapped_column(Json, default=list)
    text_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    changed_from: Mapped[str | None] = mapped_column(Text)
    change_is_minor: Mapped[bool] = mapped_column(default=False)
    state_before: Mapped[str | None] = mapped_column(String(20))
    row_version: Mapped[int] = mapped_column(default=1)


class UnitRevision(Base):
    """One immutable save of a unit; `operation_id` is the browser's, so that a repeated save is recognised.

    Saves that one act made together, such as a replacement in the whole version, bear the same `act`, by which they
    are undone together.
    """

    __tablename__ = "unit_revision"
    __table_args__ = (UniqueConstraint("unit_id", "number"), UniqueConstraint("unit_id", "operation_id"))

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("ure"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(20))
    engine: Mapped[str | None] = mapped_column(String(60))
    score: Mapped[int | None]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    operation_id: Mapped[str | None] = mapped_column(String(64))
    act: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)
    at: Mapped[datetime]


class UnitDescent(Base):
    """That a unit came of another one when the segments of its block were cut otherwise; `act` is what did it.

    The other unit left the text with all its history, and comes back to it where the act is undone.
    """

    __tablename__ = "unit_descent"
    __table_args__ = (Index("ix_unit_descent_act", "act"),)

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    from_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    act: Mapped[str] = mapped_column(String(ID_LENGTH))


class FindingRow(Base):
    """What a check reported about the current text of a unit, by the rules that `rules_revision` names.

    `key` is the same as long as the same is found; the `Dismissal` of that key put it aside.
    """

    __tablename__ = "finding"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("fnd"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    severity: Mapped[str] = mapped_column(String(20))
    template: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    source_span: Mapped[list[Any] | None] = mapped_column(Json)
    target_span: Mapped[list[Any] | None] = mapped_column(Json)
    fix: Mapped[str | None] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    rules_revision: Mapped[str] = mapped_column(String(RULES_LENGTH))
    dismissed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    dismissed_reason: Mapped[str | None] = mapped_column(Text)
    dismissed_at: Mapped[datetime | None]


class Approval(Base):
    """A person's word for exactly one text: its digest and its source revision; `voided_at` once it counts no more.

    `rules_revision` names the rules that the text was checked by; `measured_at` tells that the way from the drafts to
    this text was measured.
    """

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_version_id_voided_at", "version_id", "voided_at"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("apr"))
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    rules_revision: Mapped[str] = mapped_column(String(RULES_LENGTH))
    approved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime]
    exception_reason: Mapped[str | None] = mapped_column(Text)
    confirmed_units: Mapped[int] = mapped_column(default=0)
    voided_at: Mapped[datetime | None]
    voided_because: Mapped[str | None] = mapped_column(String(60))
    measured_at: Mapped[datetime | None]
