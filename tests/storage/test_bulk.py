from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from sqlalchemy import Table, func, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from service.domain.permissions import DESK
from service.storage.base import Base
from service.storage.bulk import read_rows, reserve_ids, write_rows
from service.storage.models import MemoryPosting, MemoryRanking, MemorySource, MemoryUnit
from service.uow import Desk
from tests.operations.steps import at_once

TEXTS = [
    "",
    " ",
    "NULL",
    "\\N",
    "\\.",
    '"; DROP TABLE memory_source; --',
    "l'été d''Anvers",
    'zij zei "ja", \'nee\' en "niets"',
    "een\ttab, een\nregel, een\r\nregel en een \\ of \\\\ of \\t",
    "caf\u00e9 \u2019s avonds \u00a0\u202f\u200b 100 %",
    "\U0001f469\u200d\U0001f680 \U00020000 \U0010ffff",
    "\x01\x7f\ufeff",
    "a" * 20_000,
]
LISTS: list[Any] = [
    [],
    ["plain", 'quo"ted', "back\\slash", "tab\tline\n", "\U0001f680", "caf\u00e9"],
    [{"id": 1, "kind": "bold", "href": None}, {"deep": [1, 2.5, True, None, "\\N"]}],
]
SOURCE = ("id", "source_locale", "source_hash", "source", "codes", "tokens", "ranking")
RANKING = ("source_locale", "version", "words", "sources", "filed_to", "complete", "made_at")
UNIT = (
    "identity",
    "source_id",
    "target_locale",
    "target",
    "context",
    "origin",
    "collection",
    "approved_at",
    "confirmed",
    "public",
    "row_version",
    "retired_at",
)
MOMENT = datetime(2026, 3, 2, 12, 30, 15, 123456, tzinfo=UTC)


def table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


def source(number: int, written: str = "tekst", codes: Any = ()) -> tuple[object, ...]:
    return number, "nl", f"hash {number}", written, list(codes), "\U000f0000\U00010000", 0


def written(desk: Desk, model: type[Base], columns: Any, rows: Any) -> None:
    with desk.begin(DESK) as work:
        write_rows(work.session, table(model), columns, rows)


def test_texts_come_back_as_they_were(desk: Desk) -> None:
    written(desk, MemorySource, SOURCE, [source(number, text) for number, text in enumerate(TEXTS, 1)])

    with desk.read() as reading:
        rows = reading.session.scalars(select(MemorySource).order_by(MemorySource.id)).all()
    assert TEXTS == [row.source for row in rows]
    assert {"\U000f0000\U00010000"} == {row.tokens for row in rows}


@pytest.mark.parametrize("rows", [99, 100, 101, 350])
def test_of_many_rows_each_is_there_once(desk: Desk, rows: int) -> None:
    written(desk, MemorySource, SOURCE, (source(number, f"tekst {number}") for number in range(1, rows + 1)))

    with desk.read() as reading:
        found = reading.session.execute(select(MemorySource.id, MemorySource.source).order_by(MemorySource.id)).all()
    assert [(number, f"tekst {number}") for number in range(1, rows + 1)] == [tuple(row) for row in found]


def test_lists_truths_and_moments_come_back_as_they_were(desk: Desk) -> None:
    brussels = timezone(timedelta(hours=2))
    rows = [
        ("nl", place, words, 2**40, 7, place % 2 == 0, MOMENT.astimezone(brussels))
        for place, words in enumerate(LISTS, 1)
    ]
    written(desk, MemoryRanking, RANKING, rows)

    with desk.read() as reading:
        found = reading.session.scalars(select(MemoryRanking).order_by(MemoryRanking.version)).all()
        late = reading.session.scalar(
            select(func.count()).select_from(MemoryRanking).where(MemoryRanking.made_at == MOMENT)
        )
    assert LISTS == [row.words for row in found]
    assert [False, True, False] == [row.complete for row in found]
    assert ({MOMENT}, {2**40}, 3) == ({row.made_at for row in found}, {row.sources for row in found}, late)


def test_what_is_none_or_left_out_is_null(desk: Desk) -> None:
    written(desk, MemorySource, SOURCE, [source(1)])
    written(
        desk,
        MemoryUnit,
        UNIT,
        [
            ("one", 1, "fr", "[fr]", "", "import", "", MOMENT, True, False, 1, None),
            ("two", 1, "fr", "[fr]", "", "import", "", MOMENT, False, True, 1, MOMENT),
        ],
    )

    with desk.read() as reading:
        one, two = reading.session.scalars(select(MemoryUnit).order_by(MemoryUnit.identity)).all()
    assert (None, None, True, False) == (one.retired_at, one.release_id, one.confirmed, one.public)
    assert (MOMENT, None, False, True) == (two.retired_at, two.approved_by, two.confirmed, two.public)
    assert 0 < one.id != two.id


def test_rows_are_taken_as_they_come_and_none_is_no_error(desk: Desk) -> None:
    written(desk, MemoryPosting, ("key", "source_id"), iter([(2**62, 1), (5, 2)]))
    written(desk, MemoryPosting, ("key", "source_id"), iter([]))

    with desk.read() as reading:
        found = reading.session.execute(select(MemoryPosting.key, MemoryPosting.source_id)).all()
    assert {(2**62, 1), (5, 2)} == {tuple(row) for row in found}


def test_a_conflict_is_raised_and_nothing_of_its_transaction_stays(desk: Desk) -> None:
    written(desk, MemorySource, SOURCE, [source(1)])

    with pytest.raises(IntegrityError):
        written(desk, MemorySource, SOURCE, [source(2), source(3), (4, "nl", "hash 1", "twice", [], "", 0)])

    with desk.read() as reading:
        assert [1] == reading.session.scalars(select(MemorySource.id)).all()
    written(desk, MemorySource, SOURCE, [source(2)])


def test_a_value_that_no_column_takes_is_raised_like_any_other_error(desk: Desk) -> None:
    with pytest.raises((IntegrityError, DataError, OperationalError)):
        written(desk, MemorySource, SOURCE, [(1, None, "hash", "text", [], "", 0)])
    with pytest.raises(ValueError, match="without a time zone"):
        written(desk, MemoryRanking, RANKING, [("nl", 1, [], 1, 0, True, MOMENT.replace(tzinfo=None))])

    with desk.read() as reading:
        assert 0 == reading.session.scalar(select(func.count()).select_from(MemorySource))


def test_rows_are_read_as_the_driver_has_them(desk: Desk) -> None:
    mark = "?" if desk.database.is_sqlite else "%s"
    with desk.read() as reading:
        rows = read_rows(reading.session.connection(), f"SELECT 1, {mark}, NULL", ("twee",))

    assert [(1, "twee", None)] == rows


def test_a_statement_that_fails_when_read_is_an_error_like_any_other(desk: Desk) -> None:
    with desk.read() as reading, pytest.raises(DBAPIError, match="no_such_table"):
        read_rows(reading.session.connection(), "SELECT id FROM no_such_table")
    with desk.read() as reading:
        assert 1 == reading.session.scalar(select(1))


def test_rows_are_seen_by_what_follows_in_the_same_transaction(desk: Desk) -> None:
    with desk.begin() as work:
        write_rows(work.session, table(MemorySource), SOURCE, [source(1)])
        work.session.execute(update(MemorySource).values(source="anders"))
        found = work.session.scalars(select(MemorySource.source)).all()

    assert ["anders"] == found


@pytest.mark.parametrize("model", [MemorySource, MemoryUnit])
def test_reserved_ids_are_new_and_the_database_goes_on_behind_them(
    desk: Desk, model: type[MemorySource | MemoryUnit]
) -> None:
    column = table(model).c.id
    with desk.begin() as work:
        none, first = reserve_ids(work.session, column, 0), reserve_ids(work.session, column, 3)
        write_rows(work.session, table(MemorySource), SOURCE, [source(number) for number in {*first, 1}])
        if model is MemoryUnit:
            rows = [(n, f"u{n}", 1, "fr", "", "", "import", "", MOMENT, True, True, 1, None) for n in first]
            write_rows(work.session, table(model), ("id", *UNIT), rows)
    with desk.begin() as work:
        second = reserve_ids(work.session, column, 2)
        facts: dict[str, Any] = {"source_locale": "nl", "source_hash": "last", "source": "", "tokens": ""}
        if model is MemoryUnit:
            facts = {"identity": "last", "source_id": 1, "target_locale": "fr", "target": "", "origin": "import"}
            facts["approved_at"] = MOMENT
        made = model(**facts)
        work.session.add(made)
        work.session.flush()
        last = made.id

    assert ([], 3, 2) == (none, len(set(first)), len(set(second)))
    assert max(first) < min(second)
    assert last not in first


def test_the_id_of_a_unit_that_is_gone_is_given_to_no_other(desk: Desk) -> None:
    written(desk, MemorySource, SOURCE, [source(1)])
    ids: list[int] = []
    for turn in range(3):
        with desk.begin() as work:
            (number,) = reserve_ids(work.session, table(MemoryUnit).c.id, 1)
            row = (number, f"unit {turn}", 1, "fr", "", "", "import", "", MOMENT, True, True, 1, None)
            write_rows(work.session, table(MemoryUnit), ("id", *UNIT), [row])
        with desk.begin() as work:
            work.session.execute(table(MemoryUnit).delete())
        ids.append(number)

    assert 3 == len(set(ids))


def test_many_who_reserve_at_once_get_different_ids(desk: Desk) -> None:
    def take() -> list[int]:
        with desk.begin() as work:
            ids = reserve_ids(work.session, table(MemorySource).c.id, 40)
            write_rows(work.session, table(MemorySource), SOURCE, [source(number) for number in ids])
        return ids

    results = at_once(*[take] * 8)

    assert [] == [result for result in results if isinstance(result, Exception)]
    assert 320 == len(set().union(*results))
