"""What all models share: the base class, names of constraints, the type for times, ids.

Ids are random, so that nobody can guess how many releases there are or what the next one will be called.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

ID_LENGTH = 32
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_CHARACTERS = 22

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC; refuses naive ones. SQLite keeps it as text that sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; raise `ValueError` for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a moment without a time zone cannot be stored: {value!r}"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


def new_id(prefix: str) -> str:
    """Return a random id of 110 bits that names its kind, such as `rel_…`."""
    return prefix + "_" + _written(secrets.randbits(5 * _ID_CHARACTERS))


def named_id(prefix: str, *parts: str) -> str:
    """Return the id of what can happen only once: the same parts, in any order, always give the same."""
    number = int.from_bytes(hashlib.sha256("\n".join(sorted(parts)).encode()).digest())
    return prefix + "_" + _written(number)


def _written(number: int) -> str:
    """Write the lowest bits of a number in letters, five by five."""
    return "".join([_ALPHABET[number >> 5 * place & 31] for place in range(_ID_CHARACTERS)])


class Base(DeclarativeBase):
    """The base of all models."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }


class Leased:
    """Columns of a piece of work: when it is due, who holds it, how often it was tried.

    `due_at` None means that nothing is to be done. A claim writes `lease_token` and `lease_until` and counts
    `attempts`; `hinted_until` keeps the sweeper from sending the same hint again and again.
    """

    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    hinted_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
