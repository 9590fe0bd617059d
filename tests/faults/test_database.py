"""Faults 5 and 17: the database restarts, drops its connections, is locked, or has the next version's schema."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager

import psycopg
import pytest
import sqlalchemy as sa

from service.storage.session import Database
from tests.faults.noting import Noted
from tests.faults.postgres import OwnPostgres
from tests.journeys.steps import (
    DRAFT_SECONDS,
    RELEASE,
    DeskProcesses,
    EmbeddedDesk,
    Program,
    fresh,
    has_begun,
    is_whole,
)
from tests.servers.libretranslate import LibreTranslateServer
from tests.watching import wait_for

LOCKED_SECONDS = 20
STOPPED_SECONDS = 3


@contextmanager
def locked(office: DeskProcesses) -> Iterator[None]:
    """Let somebody else write to the SQLite file for a long time."""
    path = office.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None, timeout=15)) as other:
        other.execute("BEGIN IMMEDIATE")
        ends = time.monotonic() + LOCKED_SECONDS
        yield
        time.sleep(max(0.0, ends - time.monotonic()))
        other.execute("ROLLBACK")


@contextmanager
def restarted(server: OwnPostgres) -> Iterator[None]:
    """Let the server crash, and start it again a little later."""
    server.stop()
    ends = time.monotonic() + STOPPED_SECONDS
    yield
    time.sleep(max(0.0, ends - time.monotonic()))
    server.start()


def send(author: Program, body: str, key: str) -> tuple[int, str]:
    answer = author._client.post(
        "/releases", json={"body": body, "format": "text", "targets": ["fr"]}, headers={"Idempotency-Key": key}
    )
    told = answer.json()
    return answer.status_code, told.get("id") or told["code"]


@pytest.mark.fault(5, "the database crashes, or is locked for 20 s", "503 meanwhile, the same key works afterwards")
def test_the_database_goes_away(
    request: pytest.FixtureRequest, office: DeskProcesses, engine: LibreTranslateServer, noted: Noted
) -> None:
    author = office.program("author@office.example")
    engine.latency = 0.3
    running = author.submit()
    noted.accepted[running["id"]] = None
    wait_for(lambda: any(has_begun(it) for it in author.release(running["id"])["versions"]), seconds=DRAFT_SECONDS)
    body, key = fresh(RELEASE.read_text(encoding="utf-8")), secrets.token_hex(8)
    embedded = isinstance(office, EmbeddedDesk)
    away = locked(office) if embedded else restarted(request.getfixturevalue("own_postgres"))

    with ThreadPoolExecutor(1) as pool, away:
        answering: Future[tuple[int, str]] = pool.submit(send, author, body, key)
        reads = author._client.get("/releases").status_code if embedded else 200
        meanwhile = answering.result()
    engine.latency = 0.02
    office.wait_until_ready()
    taken, release_id = send(author, body, key)
    noted.accepted[release_id] = body
    for each in (running["id"], release_id):
        author.wait_for_versions(each, is_whole)

    assert ((503, "database_away"), 200) == (meanwhile, reads)
    assert 201 == taken
    assert {1} == set(office.machine_revisions(running["id"]).values())


@pytest.mark.fault(5, "every connection of the database cut", "the next request and the drafts go on")
@pytest.mark.parametrize("office", ["scaled"], indirect=True)
def test_connections_are_cut(
    office: DeskProcesses, own_postgres: OwnPostgres, engine: LibreTranslateServer, noted: Noted
) -> None:
    author = office.program("author@office.example")
    engine.latency = 0.3
    release_id = author.submit()["id"]
    noted.accepted[release_id] = None
    wait_for(lambda: any(has_begun(it) for it in author.release(release_id)["versions"]), seconds=DRAFT_SECONDS)

    with psycopg.connect(own_postgres.url.replace("+psycopg", "")) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    engine.latency = 0.02

    author.wait_for_versions(release_id, is_whole)
    assert {1} == set(office.machine_revisions(release_id).values())


@contextmanager
def migrated_further(office: DeskProcesses) -> Iterator[None]:
    """Bring the database to a schema that this code does not know yet, as the next version's migration would."""
    database = Database(office.database_url)
    with database.writing() as session:
        known = session.scalar(sa.text("SELECT version_num FROM alembic_version"))
        session.execute(sa.text("ALTER TABLE unit ADD COLUMN of_tomorrow VARCHAR(20)"))
        session.execute(sa.text("ALTER TABLE delivery ADD COLUMN of_tomorrow INTEGER NOT NULL DEFAULT 0"))
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'tomorrow'"))
    try:
        yield
    finally:
        with database.writing() as session:
            session.execute(sa.text("ALTER TABLE unit DROP COLUMN of_tomorrow"))
            session.execute(sa.text("ALTER TABLE delivery DROP COLUMN of_tomorrow"))
            session.execute(sa.text("UPDATE alembic_version SET version_num = :known"), {"known": known})
        database.dispose()


@pytest.mark.fault(
    17, "a worker of before the last migration still runs", "it drafts on; only /readyz says that it is old"
)
def test_a_worker_of_the_previous_schema(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    author = office.program("author@office.example")

    with migrated_further(office):
        ready = office._get("/readyz")
        release_id = author.submit(targets=["fr"])["id"]
        noted.accepted[release_id] = None
        whole = author.wait_for_versions(release_id, is_whole)

    assert 503 == ready
    assert ["in_review"] == [it["state"] for it in whole["versions"]]
