"""What is known of the engines: how they stand, how they fared, how far their drafts were from what was approved.

Nothing here names a person, and only `Alternative` and `EngineAnswer` hold texts.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base, Json, Leased, new_id


class EngineState(Base):
    """How an engine stood when a worker last looked; `gate` is its breaker's (open, trial, resting, off)."""

    __tablename__ = "engine_state"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    place: Mapped[int]
    runs_in_office: Mapped[bool]
    capabilities: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    gate: Mapped[str] = mapped_column(String(20))
    gate_reason: Mapped[str] = mapped_column(String(60), default="")
    gate_until: Mapped[datetime | None]
    last_answer_at: Mapped[datetime | None]
    last_answer_ms: Mapped[int | None]
    checked_at: Mapped[datetime]


class EngineCount(Base):
    """How often something happened to an engine and a pair on one day: `drafted` counts units, a reason failures."""

    __tablename__ = "engine_count"

    engine: Mapped[str] = mapped_column(String(60), primary_key=True)
    source_locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    target_locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class DraftMeasure(Base):
    """How far one unit's draft was from the text that was approved: chrF and TER (0 to 100), and whether any at all."""

    __tablename__ = "draft_measure"
    __table_args__ = (Index("ix_draft_measure_pair", "source_locale", "target_locale", "engine", "approved_at"),)

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    origin: Mapped[str] = mapped_column(String(20))
    engine: Mapped[str] = mapped_column(String(60))
    engine_version: Mapped[str | None] = mapped_column(String(120))
    source_locale: Mapped[str] = mapped_column(String(12))
    target_locale: Mapped[str] = mapped_column(String(12))
    unchanged: Mapped[bool]
    chrf: Mapped[float]
    ter: Mapped[float]
    approved_at: Mapped[datetime]


class Alternative(Leased, Base):
    """Another draft of one unit, asked for by a person and shown beside the text until somebody takes it.

    `engine` is the one that was asked for (None: the next in the order), `answered_by` the one that drafted, `origin`
    and `score` where the text came from, as on a unit. Whoever has answered, or can only say why not, notes
    `answered_at`.
    """

    __tablename__ = "alternative"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("alt"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    engine: Mapped[str | None] = mapped_column(String(60))
    source_hash: Mapped[str] = mapped_column(String(64))
    target: Mapped[str] = mapped_column(Text, default="")
    raw: Mapped[str] = mapped_column(Text, default="")
    origin: Mapped[str] = mapped_column(String(20), default="none")
    score: Mapped[int | None]
    answered_by: Mapped[str | None] = mapped_column(String(60))
    engine_version: Mapped[str | None] = mapped_column(String(120))
    milliseconds: Mapped[int | None]
    warnings: Mapped[list[Any]] = mapped_column(Json, default=list)
    outcomes: Mapped[list[Any]] = mapped_column(Json, default=list)
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class EngineAnswer(Base):
    """What an engine answered to one text; `key` is a digest of the engine, the pair, the glossary and the text."""

    __tablename__ = "engine_answer"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(index=True)
