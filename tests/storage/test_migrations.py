from __future__ import annotations

import multiprocessing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.event import listen, remove

from service.storage import migrate, models
from service.storage.base import Base
from service.storage.session import Database


def is_search(name: str | None) -> bool:
    """Tell whether a table or index belongs to the search of words, which is no model."""
    return name is not None and (name.startswith("memory_text") or name == "ix_memory_text_body")


def test_the_migrations_lead_to_exactly_the_models(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": lambda name, *_: not is_search(name)}
        )
        differences = compare_metadata(context, Base.metadata)
    database.dispose()

    assert [] == differences
    assert set(models.__all__) <= {mapper.class_.__name__ for mapper in Base.registry.mappers}


def test_a_migrated_database_is_current(database_url: str) -> None:
    assert migrate.is_current(database_url)


def test_an_empty_database_is_not_current(tmp_path: Path) -> None:
    assert not migrate.is_current(f"sqlite:///{tmp_path / 'empty.db'}")


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrate.upgrade(database_url)

    assert migrate.is_current(database_url)


def test_all_migrations_are_one_transaction(empty_url: str) -> None:
    began: list[str] = []

    def note(_connection: object) -> None:
        began.append("begin")

    listen(Engine, "begin", note)
    try:
        migrate.upgrade(empty_url)
    finally:
        remove(Engine, "begin", note)

    assert ["begin"] == began


def test_processes_that_migrate_at_once_all_succeed(empty_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(migrate.upgrade, [empty_url, empty_url], chunksize=1)

    assert migrate.is_current(empty_url)
