from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from service.dispatch import RecordingDispatcher
from service.domain.matching.identities import approved_identity, filed_as
from service.domain.segmentation import source_hash
from service.domain.text import CodedText, CodeKind, InlineCode
from service.operations.memory_filing import NOT_FILED, drop_unused, lock_memory
from service.queries.memory import Wanted, find_matches
from service.queries.texts import codes_of
from service.storage import migrate
from service.storage.models import MemoryPosting, MemorySource, MemoryUnit, MemoryUnlisted
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.operations.memory_audit import audit_filing
from tests.operations.memory_filling import EVERYTHING, put_in
from tests.operations.memory_steps import listed
from tests.storage.old_desks import MOMENT, OldDesk, upgrade
from workers.tasks.remembering import keep

BEFORE = "0002"
PLAIN = CodedText("De gemeente opent op 14 mei een nieuwe brug over de Leie.")
CODED = CodedText("Lees {1}het dossier{/1} over de nieuwe brug.", (InlineCode(1, CodeKind.BOLD),))
LOST = CodedText("Deze zin staat in geen enkele tekst meer.")  # its segment is gone


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk whose memory was carried over from what was there before."""
    old = OldDesk(old_url)
    for place, source in enumerate((PLAIN, CODED)):
        old.segment(1, place, source)
        old.segment(2, place, source)
    old.unit(1, "fr", PLAIN, "[fr] pont")
    old.unit(1, "de", PLAIN, "[de] Br\u00fccke", public=False)
    old.unit(1, "fr", CODED, "[fr] {1}dossier{/1}")
    old.unit(2, "fr", PLAIN, "[fr] autre pont", approved_at=MOMENT + timedelta(days=1, microseconds=5))
    old.unit(2, "fr", LOST, "[fr] \\ perdu \t 'ici' \U0001f680")
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    with made.read() as reading:
        audit_filing(reading.session)
    made.database.dispose()


def matches(desk: Desk, wanted: CodedText, locale: str = "fr") -> dict[str, int]:
    with desk.read() as reading:
        found = find_matches(reading.session, Wanted(wanted), "nl", locale, EVERYTHING)
    return {match.target: match.score for match in found}


def test_each_source_stands_once_with_its_codes_not_filed_and_to_be_listed(desk: Desk) -> None:
    with desk.read() as reading:
        sources = reading.session.scalars(select(MemorySource)).all()
        unlisted = set(reading.session.scalars(select(MemoryUnlisted.source_id)))
        postings = reading.session.scalars(select(MemoryPosting.key)).all()

    coded = {CodedText(row.source, codes_of(row.codes)) for row in sources}
    assert ({PLAIN, CODED, LOST}, 3) == (coded, len(sources))
    assert {filed_as(source_hash(each)) for each in coded} == {row.source_hash for row in sources}
    assert ({"nl"}, {NOT_FILED}) == ({row.source_locale for row in sources}, {row.ranking for row in sources})
    assert ({row.id for row in sources}, []) == (unlisted, postings)


def test_each_unit_is_carried_over_with_its_provenance(desk: Desk) -> None:
    with desk.read() as reading:
        rows = reading.session.scalars(select(MemoryUnit).order_by(MemoryUnit.id)).all()

    by_target = {row.target: row for row in rows}
    texts = [
        "[fr] pont",
        "[de] Br\u00fccke",
        "[fr] {1}dossier{/1}",
        "[fr] autre pont",
        "[fr] \\ perdu \t 'ici' \U0001f680",
    ]
    last = by_target["[fr] autre pont"]
    assert (sorted(texts), 5) == (sorted(by_target), len(rows))
    assert ("rel_2", "ver_2_fr", "fr") == (last.release_id, last.version_id, last.target_locale)
    assert MOMENT + timedelta(days=1, microseconds=5) == last.approved_at
    assert {"usr_reviewer"} == {row.approved_by for row in rows}
    assert ({"approved"}, {True}, {""}) == (
        {row.origin for row in rows},
        {row.confirmed for row in rows},
        {row.collection for row in rows},
    )
    assert ["[de] Br\u00fccke"] == [row.target for row in rows if not row.public]
    assert {None} == {row.retired_at for row in rows} | {row.revision for row in rows}
    assert approved_identity(("nl", "fr"), source_hash(PLAIN), "ver_2_fr", "") == last.identity


def test_before_a_worker_comes_by_equal_sentences_are_found(desk: Desk) -> None:
    assert {"[fr] autre pont": 100, "[fr] pont": 100} == matches(desk, PLAIN)
    assert {"[de] Br\u00fccke": 100} == matches(desk, PLAIN, "de")
    assert {"[fr] {1}dossier{/1}": 100} == matches(desk, CODED)
    assert {} == matches(desk, CodedText(PLAIN.text.replace("14", "15")))


def test_a_worker_files_and_lists_what_was_carried_over(desk: Desk) -> None:
    finished = keep(desk, seconds=60.0)

    with desk.read() as reading:
        audit_filing(reading.session)
    assert (True, 3) == (finished, len(listed(desk)))
    assert {"[fr] autre pont", "[fr] pont"} == matches(desk, CodedText(PLAIN.text.replace("Leie", "Schelde"))).keys()
    near = CodedText(CODED.text.replace("nieuwe", "oude"), CODED.codes)
    assert {"[fr] {1}dossier{/1}"} == matches(desk, near).keys()
    assert 1 == len(matches(desk, CodedText(LOST.text.replace("geen", "een"))))


def test_what_is_added_before_a_worker_comes_by_uses_the_same_source(desk: Desk) -> None:
    put_in(desk, [(PLAIN.text, "en", "[en] bridge"), (f"{PLAIN.text} Echt.", "en", "[en] bridge, really")])
    keep(desk, seconds=60.0)

    with desk.read() as reading:
        audit_filing(reading.session)
        assert 4 == len(reading.session.scalars(select(MemorySource.id)).all())
    assert 100 == matches(desk, PLAIN, "en")["[en] bridge"]


def test_what_is_taken_out_before_a_worker_comes_by_leaves_nothing(desk: Desk) -> None:
    with desk.begin() as work:
        lock_memory(work.session)
        ids = set(work.session.scalars(select(MemorySource.id)))
        work.session.execute(delete(MemoryUnit))
        drop_unused(work, ids)
    keep(desk, seconds=60.0)

    with desk.read() as reading:
        audit_filing(reading.session)
    assert ({}, {}) == (listed(desk), matches(desk, PLAIN))


def test_an_empty_memory_is_carried_over_as_one(old_url: str) -> None:
    upgrade(old_url, "head")

    assert migrate.is_current(old_url)
