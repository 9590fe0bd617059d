"""People, their roles, their sessions and tokens, and how often somebody tried to sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service.storage.base import ID_LENGTH, Base, Json, new_id


class User(Base):
    """A person with an account.

    `mail` says when the desk writes to them (`at_once`, `daily` or `never`), `mail_without` which kinds of news they
    do not want; `shortcuts` is false where the pages shall leave every key to the browser.
    """

    __tablename__ = "user_account"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("usr"))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(300))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(12), default="nl")
    mail: Mapped[str] = mapped_column(String(20), default="at_once")
    mail_without: Mapped[list[Any]] = mapped_column(Json, default=list)
    shortcuts: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    grants: Mapped[list[UserGrant]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class UserGrant(Base):
    """One role of one person; for a reviewer, in one locale (`*` for every one)."""

    __tablename__ = "user_grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "locale"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("gra"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(12), default="*")


class SignIn(Base):
    """A session: the browser holds a random token, this row its SHA-256, so that it can be revoked."""

    __tablename__ = "sign_in"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("ses"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ApiToken(Base):
    """A token for programs: stored as its SHA-256 only, with scopes, an expiry and when it was last used."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("tok"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any] | None] = mapped_column(Json)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A failed sign-in, by what it is throttled by: an account's or an address's hash."""

    __tablename__ = "sign_in_failure"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("fal"))
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]
