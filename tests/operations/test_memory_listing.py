from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import update

from service.domain.text import CodedText, CodeKind, InlineCode
from service.operations.approvals import reopen_version
from service.operations.memory_filing import unlist
from service.operations.memory_listing import LISTED_AT_ONCE, compose_some, list_some
from service.storage.models import MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import approve
from tests.operations.memory_steps import list_all, listed, remember, remember_many, waiting
from tests.operations.steps import act, at_once, drafted
from workers.tasks.remembering import keep


def some(desk: Desk, limit: int = 500) -> bool:
    with desk.begin() as work:
        return list_some(work, limit=limit)


def test_a_source_is_listed_with_each_of_its_texts_once(desk: Desk) -> None:
    coded = CodedText("Een {1}nieuwe{/1} brug in Gent", (InlineCode(1, CodeKind.BOLD),))
    source_id = remember(desk, coded, fr="Un {1}nouveau{/1} pont", de="Eine neue Straße")
    remember(desk, coded, fr="Un {1}nouveau{/1} pont")

    more = some(desk)

    lines = "nl\teen nieuwe brug in gent", "fr\tun nouveau pont", "de\teine neue strasse", "\u00b7in\u00b7un\u00b7"
    assert ({source_id: "\n".join(lines)}, [], False) == (listed(desk), waiting(desk), more)


def test_the_newest_are_listed_first_and_not_too_many(desk: Desk) -> None:
    ids = [remember(desk, f"Zin nummer {number}", fr=f"Phrase {number}") for number in range(5)]

    more = some(desk, limit=2)

    assert (True, ids[:3], ids[3:]) == (more, waiting(desk), list(listed(desk)))
    assert (True, False, False) == (some(desk, limit=2), some(desk, limit=2), some(desk, limit=2))
    assert ([], ids) == (waiting(desk), list(listed(desk)))


def test_what_is_retired_is_not_listed(desk: Desk) -> None:
    kept = remember(desk, "Een zin", fr="Une phrase", de="Ein Satz")
    remember(desk, "Nog een zin", fr="Encore une phrase")
    with desk.begin() as work:
        retired = update(MemoryUnit).where(MemoryUnit.target.in_(["Ein Satz", "Encore une phrase"]))
        work.session.execute(retired.values(retired_at=work.now))

    list_all(desk)

    assert ([kept], []) == (list(listed(desk)), waiting(desk))
    assert "satz" not in listed(desk)[kept]


def test_a_row_that_stands_already_is_replaced(desk: Desk) -> None:
    source_id = remember(desk, "Een zin", fr="Une phrase")
    list_all(desk)
    before = listed(desk)
    remember(desk, "Een zin", de="Ein Satz")
    stale = listed(desk)

    list_all(desk)

    assert "une phrase" in before[source_id]
    assert {} == stale
    assert all(text in listed(desk)[source_id] for text in ("une phrase", "ein satz"))


def test_a_note_without_its_source_is_forgotten(desk: Desk) -> None:
    with desk.begin() as work:
        unlist(work.session, {7})

    assert (False, [], {}) == (some(desk), waiting(desk), listed(desk))


def test_two_workers_at_once_list_everything_once(desk: Desk) -> None:
    ids = [remember(desk, f"Zin nummer {number}", fr=f"Phrase {number}") for number in range(12)]

    results = at_once(*(partial(some, desk, 4) for _ in range(4)))

    assert [] == [result for result in results if isinstance(result, Exception)]
    assert (ids, []) == (list(listed(desk)), waiting(desk))


def test_an_approval_beside_a_worker_leaves_nothing_out(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    remember(desk, "De brug kostte 25 miljoen euro.", de="Die Brücke kostete 25 Millionen Euro.")

    results = at_once(
        partial(approve, desk, people.reviewer, release_id, "fr"), partial(list_all, desk), partial(list_all, desk)
    )
    list_all(desk)

    assert [] == [result for result in results if isinstance(result, Exception)]
    (body,) = (body for body in listed(desk).values() if "nl\tde brug kostte" in body)
    assert ("fr\t[fr] de brug" in body, "de\tdie brücke" in body, waiting(desk)) == (True, True, [])


def test_what_is_taken_back_is_listed_no_more(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id, "fr")
    list_all(desk)
    known = len(listed(desk))

    act(desk, people.reviewer, reopen_version, release_id, "fr", "Een fout.")

    assert (True, {}, []) == (known > 0, listed(desk), waiting(desk))


@pytest.mark.parametrize("seconds, done", [(60.0, True), (-1.0, False)])
def test_the_workers_list_in_the_time_that_they_have(desk: Desk, seconds: float, *, done: bool) -> None:
    remember_many(desk, {f"Zin nummer {number}": f"Phrase {number}" for number in range(LISTED_AT_ONCE + 1)})

    finished = keep(desk, seconds=seconds)

    assert (done, 0 if done else 1) == (finished, len(waiting(desk)))
    assert LISTED_AT_ONCE + 1 == len(listed(desk)) + len(waiting(desk))


def test_what_changes_after_it_was_composed_is_listed_as_it_is(desk: Desk) -> None:
    edited = remember(desk, "Een zin", fr="Une phrase")
    same = remember(desk, "Een brug", fr="Un pont")
    retired = remember(desk, "Een weg", fr="Une route")
    with desk.read() as reading:
        composed = compose_some(reading.session)
    with desk.begin() as work:
        work.session.execute(update(MemoryUnit).where(MemoryUnit.source_id == edited).values(target="Une autre"))
        work.session.execute(update(MemoryUnit).where(MemoryUnit.source_id == retired).values(retired_at=work.now))
    later = remember(desk, "Nog een zin", fr="Encore")

    with desk.begin() as work:
        more = list_some(work, composed)

    assert (False, {edited, same}, [later]) == (more, listed(desk).keys(), waiting(desk))
    assert ("fr\tune autre" in listed(desk)[edited], "fr\tun pont" in listed(desk)[same]) == (True, True)


def test_what_was_listed_meanwhile_is_not_listed_again(desk: Desk) -> None:
    source_id = remember(desk, "Een zin", fr="Une phrase")
    with desk.read() as reading:
        composed = compose_some(reading.session)
    list_all(desk)

    with desk.begin() as work:
        more = list_some(work, composed)

    assert (False, [source_id], []) == (more, list(listed(desk)), waiting(desk))


def test_an_old_source_does_not_wait_for_a_whole_file(desk: Desk) -> None:
    old = remember(desk, "Een zin", fr="Une phrase")
    list_all(desk)
    remember_many(desk, {f"Zin nummer {number}": f"Phrase {number}" for number in range(30)})
    remember(desk, "Een zin", de="Ein Satz")

    more = some(desk, limit=10)

    assert (True, 21, True) == (more, len(waiting(desk)), "ein satz" in listed(desk)[old])
