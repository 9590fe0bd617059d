"""The memory at ten thousand, a hundred thousand and a million sources, on both databases.

The targets at a million are for a desk at work: lookups beside somebody who writes, approvals beside somebody who looks
up. Alone, the same is told without a target: a processor that falls asleep between two messages of a database can take
longer to wake, on a machine that is not a real one, than the server takes to answer.

Milliseconds are those of one machine. Where the targets were set, a trigram index took 1,318 ms for a question at a
million; by what it takes here, each of them is told once more at the pace of that machine.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import replace

import psycopg
import structlog
from sqlalchemy import text

from benchmarks.memory.desks import DATABASES, desk_at, megabytes, new_database, settle, warm
from benchmarks.memory.drafts import Office, milliseconds_to_remember, seconds_to_draft
from benchmarks.memory.filling import bundle, fill, list_words, order_words, reader_beside, writer_beside
from benchmarks.memory.lookups import SHOWN, Question, draft, look_up, questions, recall, timed
from benchmarks.memory.texts import Texts
from benchmarks.rows import Row
from service.uow import Desk

SIZES = (10_000, 100_000, 1_000_000)
LARGEST = int(os.environ.get("BENCH_SOURCES", str(SIZES[-1])))  # a smaller one for a quick look
SEGMENTS = 31
LISTED = 100_000  # listing the words of more takes minutes, and the lookups do not read them
TRIGRAM_QUERIES = 20
BY_TRIGRAMS, TRIGRAMS_THERE = "PostgreSQL: the same by pg_trgm's index, p50", 1_318  # ms, where the targets were set
TIMES = "\u00d7"


def run() -> list[Row]:
    """Measure both databases; without the sentences, or without PostgreSQL, say what is missing."""
    try:
        texts = Texts()
    except FileNotFoundError as error:
        print(f"memory: not measured, {error.filename} is not here")
        return []
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    rows: list[Row] = []
    for kind in DATABASES:
        try:
            with new_database(kind) as url:
                rows += _measured(kind, url, texts)
        except psycopg.OperationalError:
            print(f"memory: not measured on {kind}, no server answers")
    return rows + paced(rows) if SIZES[-1] == LARGEST else rows


def paced(rows: Sequence[Row]) -> list[Row]:
    """Return what has a target in time as it would be where the targets were set; nothing without the trigrams."""
    by_trigrams = next((row.value for row in rows if row.name == BY_TRIGRAMS), None)
    if by_trigrams is None:
        return []
    pace = TRIGRAMS_THERE / by_trigrams
    timed_rows = [row for row in rows if row.target is not None and row.unit in {"ms", "\u00b5s"}]
    return [replace(row, name=f"{row.name}, at that pace", value=row.value * pace) for row in timed_rows]


def _measured(kind: str, url: str, texts: Texts) -> list[Row]:
    desk = desk_at(url)
    office = Office.at(desk, texts, 1)
    empty = seconds_to_draft(office)
    rows: list[Row] = []
    slowest: dict[int, float] = {}
    filled = 0
    for size in (size for size in SIZES if size <= LARGEST):
        rate = fill(desk, texts, filled, size)
        before, filled, last = filled, size, size == LARGEST
        order_words(desk)
        listing = list_words(desk) if size <= LISTED else 0.0
        bundling = bundle(desk)
        settle(desk)
        name = f"{kind}, {size:,} sources"
        rows.append(Row(f"{name}: import of one unit", 1e6 / rate, "\u00b5s", 100 if last else None))
        rows.append(Row(f"{name}: bundled behind it", 1e6 * bundling / (size - before), "\u00b5s a source"))
        if listing:
            rows.append(Row(f"{name}: words listed behind it", 1e6 * listing / (size - before), "\u00b5s a source"))
        rows += _sizes(name, desk)
        more, slowest[size] = _lookups(name, desk, texts, size, strict=last)
        rows += more
    first = min(slowest)
    rows.append(Row(f"{kind}: p95 at {filled:,} \u00f7 p95 at {first:,}", slowest[filled] / slowest[first], TIMES))
    rows += _beside_a_writer(kind, url, texts, filled)
    warm(desk)
    full = seconds_to_draft(Office(desk, office.people, texts, 2))
    rows.append(
        Row(f"{kind}: draft of {SEGMENTS} \u00d7 3 \u00f7 the same with an empty memory", full / empty, TIMES, 1.5)
    )
    warm(desk)
    part = f"memory's part of an approval of {SEGMENTS} units, p95"
    rows.append(Row(f"{kind}: {part}", milliseconds_to_remember(Office(desk, office.people, texts, 3)), "ms"))
    with reader_beside(url, filled):
        approval = milliseconds_to_remember(Office(desk, office.people, texts, 4))
    rows.append(Row(f"{kind}, beside a reader: {part}", approval, "ms", 10))
    if not desk.database.is_sqlite:
        rows += _beside_trigrams(desk, texts, filled)
    desk.database.dispose()
    return rows


def _lookups(name: str, desk: Desk, texts: Texts, size: int, *, strict: bool) -> tuple[list[Row], float]:
    """Return the rows of one size, and the p95 of what is alike; targets hold for the largest."""
    alike, unknown, equal = questions(texts, size)
    warm(desk)
    found = timed(lambda question: look_up(desk, question), alike)
    nothing = timed(lambda question: look_up(desk, question), unknown)
    same = timed(lambda question: draft(desk, [question.source], question.locale), equal)
    document = timed(
        lambda question: draft(desk, [each.source for each in _with(question, alike, unknown)], question.locale),
        alike[:10],
    )
    shares = recall(desk, alike)
    whole = found.at(0.5) / shares.looks.at(0.5)
    assert not any(look_up(desk, question) for question in unknown[:20])
    rows = [
        Row(f"{name}: alike, p50", found.at(0.5), "ms"),
        Row(f"{name}: alike, p95", found.at(0.95), "ms"),
        Row(f"{name}: alike, p99", found.at(0.99), "ms"),
        Row(f"{name}: alike \u00f7 a look at every sentence, p50", whole, TIMES, 0.05 if strict else None),
        Row(f"{name}: no match, p95", nothing.at(0.95), "ms"),
        Row(f"{name}: equal, p95", same.at(0.95), "ms"),
        Row(f"{name}: best not found", 100 * (1 - shares.first), "%", 0.5),
        Row(f"{name}: five best not found", 100 * (1 - shares.five), "%", 2),
        Row(f"{name}: document of {SEGMENTS} segments", document.at(1) / 1000, "s", 0.5 if strict else None),
    ]
    if strict:
        rows.append(Row(f"{name}: first lookup of a process", _cold(desk, alike[0]), "ms", 100))
    return rows, found.at(0.95)


def _with(question: Question, alike: list[Question], unknown: list[Question]) -> list[Question]:
    """Return a document: one half descends from the memory, the other from nothing."""
    return [question, *alike[: SEGMENTS // 2], *unknown[: SEGMENTS - SEGMENTS // 2 - 1]]


def _cold(desk: Desk, question: Question) -> float:
    fresh = desk_at(desk.database.url)
    try:
        return timed(lambda each: look_up(fresh, each), _once(question)).at(1)
    finally:
        fresh.database.dispose()


def _once(question: Question) -> list[Question]:
    return [question]


def _beside_a_writer(kind: str, url: str, texts: Texts, size: int) -> list[Row]:
    """Look up while another process takes sentences in as fast as it can."""
    desk = desk_at(url)
    alike, unknown, equal = questions(texts, size)
    warm(desk)
    with writer_beside(url, 2 * SIZES[-1]):
        found = timed(lambda question: look_up(desk, question), alike)
        nothing = timed(lambda question: look_up(desk, question), unknown)
        same = timed(lambda question: draft(desk, [question.source], question.locale), equal)
    desk.database.dispose()
    name = f"{kind}, {size:,} sources, beside a writer"
    return [
        Row(f"{name}: alike, p50", found.at(0.5), "ms"),
        Row(f"{name}: alike, p95", found.at(0.95), "ms", 10),
        Row(f"{name}: alike, p99", found.at(0.99), "ms", 25),
        Row(f"{name}: no match, p95", nothing.at(0.95), "ms", 3),
        Row(f"{name}: equal, p95", same.at(0.95), "ms", 2),
    ]


def _sizes(name: str, desk: Desk) -> list[Row]:
    return [Row(f"{name}: {what} on disk", size, "MB") for what, size in megabytes(desk).items()]


def _beside_trigrams(desk: Desk, texts: Texts, size: int) -> list[Row]:
    """Ask the same of a trigram index, as others do."""
    alike, _, _ = questions(texts, size)
    asked = text(
        "SELECT id FROM memory_source WHERE source % :source ORDER BY similarity(source, :source) DESC LIMIT 5"
    )
    with desk.database.engine.begin() as connection:
        connection.execute(text("CREATE INDEX ix_bench ON memory_source USING gin (source gin_trgm_ops)"))
    with desk.database.engine.connect() as connection:
        connection.execute(text("SET pg_trgm.similarity_threshold = 0.5"))
        theirs = timed(
            lambda question: connection.execute(asked, {"source": question.source}).all(), alike[:TRIGRAM_QUERIES]
        )
    ours = timed(lambda question: look_up(desk, question, SHOWN), alike[:TRIGRAM_QUERIES])
    return [
        Row(BY_TRIGRAMS, theirs.at(0.5), "ms"),
        Row("PostgreSQL: ours \u00f7 pg_trgm, p50", ours.at(0.5) / theirs.at(0.5), TIMES, 0.1),
    ]
