"""The outbox, and what goes to publishers: endpoints, events, deliveries, attempts, and the receipts for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base, Json, Leased, new_id


class OutboxRow(Leased, Base):
    """Something that happened and that others must hear of; written with the change itself, relayed by a worker."""

    __tablename__ = "outbox"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("out"))
    topic: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Endpoint(Base):
    """A receiver: where it is, which events it wants, and its secrets, encrypted.

    `slow` tells that its last answer took its time; `receipts` that it says where it has put what it was sent.
    """

    __tablename__ = "endpoint"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("end"))
    url: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(String(200), default="")
    events: Mapped[list[Any]] = mapped_column(Json)
    public: Mapped[bool] = mapped_column(default=True)
    secret: Mapped[str] = mapped_column(Text)
    old_secret: Mapped[str | None] = mapped_column(Text)
    old_secret_until: Mapped[datetime | None]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    disabled_because: Mapped[str | None] = mapped_column(String(60))
    deleted_at: Mapped[datetime | None]
    slow: Mapped[bool] = mapped_column(default=False)
    receipts: Mapped[bool] = mapped_column(default=False)


class Event(Base):
    """What happened, as the bytes that every attempt sends; `sequence` numbers the events of one release."""

    __tablename__ = "event"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("msg"))
    outbox_id: Mapped[str | None] = mapped_column(ForeignKey("outbox.id"), unique=True)
    type: Mapped[str] = mapped_column(String(60))
    release_id: Mapped[str | None] = mapped_column(ForeignKey("release.id"), index=True)
    sequence: Mapped[int | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Delivery(Leased, Base):
    """One event for one endpoint, until it is delivered, failed or cancelled.

    `tried_before` counts the attempts on record when it was last sent anew: the schedule begins after them.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "endpoint_id"),
        Index("ix_delivery_endpoint_id_state", "endpoint_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("del"))
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"))
    endpoint_id: Mapped[str] = mapped_column(ForeignKey("endpoint.id"))
    state: Mapped[str] = mapped_column(String(20), default="pending")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    manual: Mapped[bool] = mapped_column(default=False)
    tried_before: Mapped[int] = mapped_column(default=0)


class Attempt(Base):
    """One try of a delivery: when, how long, what came back."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("delivery_id", "number"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("att"))
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    milliseconds: Mapped[int]
    status: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(60))
    detail: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")


class Receipt(Leased, Base):
    """What a publisher says of one language of a delivery: where it stands, and what was found there.

    `locale` is empty where the receipt's digest is of no language that was sent. `found` is the digest of the
    publication whose text the page shows.
    """

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("delivery_id", "locale"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=lambda: new_id("rcp"))
    delivery_id: Mapped[str] = mapped_column(ForeignKey("delivery.id"))
    locale: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(20))
    url: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    found: Mapped[str | None] = mapped_column(String(64))
    because: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime]
    said_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
