"""A database as an earlier release of the desk left it, filled with as little as its tables take."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from alembic import command
from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, MetaData

from service.domain.segmentation import source_hash
from service.domain.text import CodedText
from service.queries.texts import codes_json
from service.storage import migrate
from service.storage.session import Database

MOMENT = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)


def upgrade(url: str, revision: str) -> None:
    database = Database(url)
    config = migrate._config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
    database.dispose()


class OldDesk:
    """What a desk held before the migration: its tables as they were, filled with as little as they take."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self._tables = MetaData()
        self._tables.reflect(self.database.engine)
        self.put("user_account", id="usr_reviewer", email="reviewer@office.example")
        for number in (1, 2):
            self.put("release", id=f"rel_{number}", author_id="usr_reviewer", source_locale="nl", revision=1)
            self.put("source_revision", id=f"rev_{number}", release_id=f"rel_{number}", number=1)
            self.put("block", id=f"blk_{number}", revision_id=f"rev_{number}", kind="paragraph")
            for locale in ("fr", "de"):
                name = f"ver_{number}_{locale}"
                self.put("version", id=name, release_id=f"rel_{number}", locale=locale, revision_id=f"rev_{number}")

    def put(self, name: str, **values: Any) -> None:
        """Write a row; what is not given and may not be null is something of its type."""
        table = self._tables.tables[name]
        missing = (column for column in table.c if not column.nullable and column.name not in values)
        given = {column.name: self._something(column) for column in missing} | values
        if self.database.is_sqlite:
            moments = {key: value for key, value in given.items() if isinstance(value, datetime)}
            given |= {key: value.replace(tzinfo=None) for key, value in moments.items()}
        with self.database.engine.begin() as connection:
            connection.execute(table.insert().values(given))

    def segment(self, number: int, place: int, source: CodedText) -> None:
        """Write a segment of a release's text."""
        self.put(
            "segment",
            id=f"seg_{number}_{place}",
            revision_id=f"rev_{number}",
            block_id=f"blk_{number}",
            n=place,
            source=source.text,
            codes=codes_json(source.codes),
            source_hash=source_hash(source),
        )

    def unit(self, number: int, locale: str, source: CodedText, target: str, **values: Any) -> None:
        """Write a unit of the memory as it was."""
        self.put(
            "memory_unit",
            id=f"mem_{secrets.token_hex(6)}",
            source_locale="nl",
            target_locale=locale,
            source_hash=source_hash(source),
            source=source.text,
            target=target,
            release_id=f"rel_{number}",
            version_id=f"ver_{number}_{locale}",
            approved_by="usr_reviewer",
            **{"approved_at": MOMENT, "public": True, **values},
        )

    @staticmethod
    def _something(column: Column[Any]) -> object:
        kind = column.type
        if isinstance(kind, Boolean):
            return False
        if isinstance(kind, DateTime):
            return MOMENT
        if isinstance(kind, JSON):
            return []
        return 1 if isinstance(kind, Integer) else ""
