"""The translation memory: each source once, filed by its rarest words, with every approved target that it has.

Where the words of sources and targets are searched (`memory_text`) is no model: it is a full-text table on SQLite and
one with a trigram index on PostgreSQL, made by the migration and filled by the workers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Json

Number = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts rows only by an INTEGER


class MemorySource(Base):
    """A source text, whoever used it: `tokens` is its code string, `ranking` the version of the list it is filed by.

    What stands for its hash is told by `domain.matching.identities.filed_as`.
    -1 stands for what the migration carried over and nobody has filed yet.
    """

    __tablename__ = "memory_source"
    __table_args__ = (
        UniqueConstraint("source_hash", "source_locale"),
        Index(
            "ix_memory_source_not_filed",
            "id",
            sqlite_where=text("ranking = -1"),
            postgresql_where=text("ranking = -1"),
        ),
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    source_locale: Mapped[str] = mapped_column(String(12))
    source_hash: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    codes: Mapped[list[Any]] = mapped_column(Json, default=list)
    tokens: Mapped[str] = mapped_column(Text)
    ranking: Mapped[int] = mapped_column(default=0)


class MemoryPosting(Base):
    """A source filed under one key, until a worker bundles it; what a key is tells `domain.matching.postings`."""

    __tablename__ = "memory_posting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    source_id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)


class MemoryBundle(Base):
    """Sources filed under one key, as `domain.matching.bundles` packs them; `first_id` is 0 for the one that grows."""

    __tablename__ = "memory_bundle"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    first_id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    source_ids: Mapped[bytes] = mapped_column(LargeBinary)


class MemoryUnit(Base):
    """An approved target of a source, with its provenance.

    `release_id`, `version_id` and `revision` are None for what came from a file (`collection` is then its name).
    `context` is a digest of the sources before and after it. `public` is set by its release's publication; `confirmed`
    says that a person confirmed this very segment. `identity` keeps one unit from being taken in twice, among those of
    its source and locale.
    """

    __tablename__ = "memory_unit"
    __table_args__ = (
        CheckConstraint("origin IN ('approved', 'import')", name="origin"),
        UniqueConstraint("source_id", "target_locale", "identity"),
        {"sqlite_autoincrement": True},  # a page about a unit that is gone must not change another
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    identity: Mapped[str] = mapped_column(String(16))
    source_id: Mapped[int] = mapped_column(ForeignKey("memory_source.id"))
    target_locale: Mapped[str] = mapped_column(String(12))
    target: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(String(32), default="")
    origin: Mapped[str] = mapped_column(String(20))
    collection: Mapped[str] = mapped_column(String(200), default="")
    release_id: Mapped[str | None] = mapped_column(ForeignKey("release.id"))
    version_id: Mapped[str | None] = mapped_column(ForeignKey("version.id"), index=True)
    revision: Mapped[int | None]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime]
    confirmed: Mapped[bool] = mapped_column(default=True)
    public: Mapped[bool] = mapped_column(default=False)
    retired_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)


class MemoryChange(Base):
    """What a person did to a unit of the memory: `edited`, `retired` or `restored`, and the target as it was before."""

    __tablename__ = "memory_change"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("memory_unit.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]


class MemoryRanking(Base):
    """The most frequent words of one locale's sources, by which they are filed; see `domain.matching.postings`.

    `sources` is how many there were when it was made, `filed_to` up to which id all are filed by it, `complete` that
    no other version is asked any more.
    """

    __tablename__ = "memory_ranking"

    source_locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[list[Any]] = mapped_column(Json)
    sources: Mapped[int] = mapped_column(Number)
    filed_to: Mapped[int] = mapped_column(Number, default=0)
    complete: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]


class MemoryUnlisted(Base):
    """A source whose words the search does not know yet, or knows as they were; until then it is read as it stands."""

    __tablename__ = "memory_unlisted"

    source_id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
