"""What people say to each other about a text, what the desk has to tell them, and what they keep for themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base, Json, Leased, new_id


class Comment(Base):
    """What somebody said about a release, one of its versions, or one unit.

    `reply_to` names the comment that opened the thread; only that one is resolved. `for_author` makes it a question
    to the release's author.
    """

    __tablename__ = "comment"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("com"))
    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"), index=True)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("version.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    reply_to: Mapped[str | None] = mapped_column(ForeignKey("comment.id"), index=True)
    for_author: Mapped[bool] = mapped_column(default=False)
    resolved_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    resolved_at: Mapped[datetime | None]


class Mention(Base):
    """A person whom a comment names."""

    __tablename__ = "mention"

    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)


class Notice(Leased, Base):
    """One piece of news for one person, to be written by mail; `subject` makes it unique for its kind and person.

    `facts` never hold a word of a text; `settled_at` says that it was sent, joined to others, or no longer wanted,
    and `outcome` which of these.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("user_id", "kind", "subject"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("ntc"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(160))
    release_id: Mapped[str | None] = mapped_column(ForeignKey("release.id"))
    locale: Mapped[str | None] = mapped_column(String(12))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(40))


class SavedFilter(Base):
    """A filter of the queue that a person gave a name: the query string of its address."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("flt"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class Look(Base):
    """When a person last read a version's text, and the time before that: looks within one sitting count as one."""

    __tablename__ = "look"

    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), primary_key=True)
    at: Mapped[datetime]
    before: Mapped[datetime | None]


class SegmentCut(Base):
    """Where people want a block's text cut into segments, by the hash of that text; kept for every later text.

    `cuts` are the character offsets in the block's text at which a segment begins, without the first.
    """

    __tablename__ = "segment_cut"
    __table_args__ = (Index("ix_segment_cut_set_at", "set_at"),)

    locale: Mapped[str] = mapped_column(String(12), primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    cuts: Mapped[list[Any]] = mapped_column(Json)
    set_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime]
