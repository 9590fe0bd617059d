"""The term base: concepts, what each is called in each locale, and how often any of it was changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base, Json, new_id


class Concept(Base):
    """One thing that has a name; `authority` is whose word the names are, `authority_date` of when.

    A concept that is not translated keeps its source term in every text, whatever its other terms say.
    """

    __tablename__ = "concept"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("con"))
    definition: Mapped[str] = mapped_column(Text, default="")
    domain: Mapped[str] = mapped_column(String(120), default="")
    authority: Mapped[str] = mapped_column(String(200), default="")
    authority_date: Mapped[date | None]
    do_not_translate: Mapped[bool] = mapped_column(default=False)
    checked: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class Term(Base):
    """What a concept is called in one locale; `forms` are spellings that no rule of inflection finds."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("concept_id", "locale", "text"),
        CheckConstraint("status IN ('preferred', 'admitted', 'deprecated', 'forbidden')", name="status"),
        Index("ix_term_locale_text", "locale", "text"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("trm"))
    concept_id: Mapped[str] = mapped_column(ForeignKey("concept.id"))
    locale: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(500))
    status: Mapped[str] = mapped_column(String(20), default="preferred")
    gender: Mapped[str | None] = mapped_column(String(12))
    case_sensitive: Mapped[bool] = mapped_column(default=False)
    forms: Mapped[list[Any]] = mapped_column(Json, default=list)


class TermCount(Base):
    """One row: how often the term base was changed. It is also the lock of all that is in it."""

    __tablename__ = "term_count"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changes: Mapped[int] = mapped_column(BigInteger, default=0)
