"""What an office decides about its checks, and what its people put aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base, Json, new_id
from service.storage.models.review import KEY_LENGTH


class CheckSetting(Base):
    """What the findings of a check weigh in this office; a check without a row weighs what it weighs by itself."""

    __tablename__ = "check_setting"
    __table_args__ = (CheckConstraint("severity IN ('error', 'warning', 'info', 'off')", name="severity"),)

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    severity: Mapped[str] = mapped_column(String(20))
    set_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime]


class Dismissal(Base):
    """A finding that a person put aside with a reason; rows are only added, and ended once the text is another.

    `digest` is that of the unit's source and target, `key` the finding's; code, severity and sentence stay for the
    record after the finding is gone.
    """

    __tablename__ = "dismissal"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("dis"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    severity: Mapped[str] = mapped_column(String(20))
    template: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    dismissed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    dismissed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FactWaiver(Base):
    """A person's word that a fact may be told otherwise in one language; rows are only added, and ended.

    `token` is of the pair of spellings that it was given for: `spelling` in the source, `spellings` in the language.
    """

    __tablename__ = "fact_waiver"
    __table_args__ = (Index("ix_fact_waiver_release_id_locale", "release_id", "locale"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("wav"))
    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"))
    locale: Mapped[str] = mapped_column(String(12))
    token: Mapped[str] = mapped_column(String(KEY_LENGTH))
    kind: Mapped[str] = mapped_column(String(20))
    spelling: Mapped[str] = mapped_column(Text)
    spellings: Mapped[list[Any]] = mapped_column(Json, default=list)
    reason: Mapped[str] = mapped_column(Text)
    waived_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    waived_at: Mapped[datetime]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
