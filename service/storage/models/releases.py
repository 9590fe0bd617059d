"""Releases, their source revisions, and the blocks and segments of each revision.

A revision never changes once it is written; a release points at its current one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base, Json, Leased, new_id


class Release(Leased, Base):
    """A press release; as a piece of work (`Leased`) it is its own publication, due when it is scheduled."""

    __tablename__ = "release"
    __table_args__ = (Index("ix_release_state_created_at", "state", "created_at"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("rel"))
    slug: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(Text)
    source_locale: Mapped[str] = mapped_column(String(12))
    author_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    revision: Mapped[int] = mapped_column(default=1)
    embargo_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    confidential: Mapped[bool] = mapped_column(default=False)
    publish: Mapped[str] = mapped_column(String(20), default="together")
    publish_requested_at: Mapped[datetime | None]
    publish_requested_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    publish_blocked: Mapped[list[Any] | None] = mapped_column(Json)
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    withdrawn_reason_locale: Mapped[str | None] = mapped_column(String(12))
    sequence: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SourceRevision(Base):
    """One immutable text of a release in its source locale; `minor` where its author changed no fact by it."""

    __tablename__ = "source_revision"
    __table_args__ = (UniqueConstraint("release_id", "number"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("rev"))
    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    warnings: Mapped[list[Any]] = mapped_column(Json, default=list)
    author_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    minor: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class BlockRow(Base):
    """A block of a revision, in order; `n` starts at 0 with the title."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("revision_id", "n"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("blk"))
    revision_id: Mapped[str] = mapped_column(ForeignKey("source_revision.id"))
    n: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[int] = mapped_column(default=0)
    ordered: Mapped[bool] = mapped_column(default=False)
    group: Mapped[int] = mapped_column("group_number", default=0)
    start: Mapped[int] = mapped_column("start_number", default=0)
    text: Mapped[str] = mapped_column(Text)
    codes: Mapped[list[Any]] = mapped_column(Json, default=list)


class SegmentRow(Base):
    """A segment of a revision, in order through the whole text; `n` starts at 0."""

    __tablename__ = "segment"
    __table_args__ = (UniqueConstraint("revision_id", "n"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("seg"))
    revision_id: Mapped[str] = mapped_column(ForeignKey("source_revision.id"))
    block_id: Mapped[str] = mapped_column(ForeignKey("block.id"))
    n: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    codes: Mapped[list[Any]] = mapped_column(Json, default=list)
    gap: Mapped[str] = mapped_column(String(20), default="")
    source_hash: Mapped[str] = mapped_column(String(64))


class SubmissionKey(Base):
    """An `Idempotency-Key` that was used: by whom, for which request, and which release came of it."""

    __tablename__ = "submission_key"

    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    release_id: Mapped[str | None] = mapped_column(ForeignKey("release.id"))
    created_at: Mapped[datetime]
