"""Publications: the frozen text of a version from the moment it left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base, Json, new_id


class Publication(Base):
    """What readers see of one version; a correction supersedes it, a withdrawal ends it, nothing changes its text."""

    __tablename__ = "publication"
    __table_args__ = (
        Index(
            "uq_publication_live_version",
            "version_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "uq_publication_live_address",
            "locale",
            "slug",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("ix_publication_locale_published_at", "locale", "published_at"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("pub"))
    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    approval_id: Mapped[str] = mapped_column(ForeignKey("approval.id"))
    locale: Mapped[str] = mapped_column(String(12))
    slug: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    blocks: Mapped[list[Any]] = mapped_column(Json)
    html: Mapped[str] = mapped_column(Text)
    machine_drafted: Mapped[bool] = mapped_column(default=False)
    published_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    first_published_at: Mapped[datetime]
    published_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    withdrawn_reason_locale: Mapped[str | None] = mapped_column(String(12))
