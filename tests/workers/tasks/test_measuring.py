from __future__ import annotations

import pytest
from sqlalchemy import select

from service.domain.drafts import OriginKind
from service.operations.review import edit_unit
from service.queries.measuring import DraftedText, due_approvals
from service.storage.models import DraftMeasure
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve, draft, submit, text_of
from tests.workers.tasks.conftest import MakeParts
from workers.tasks import measuring
from workers.tasks.measuring import LONGEST_TER_WORDS, measure, measure_approval, measure_drafts

BRIDGE = "De nieuwe brug over de Leie opent op 14 mei ."
MANY = " ".join(f"woord{n}" for n in range(LONGEST_TER_WORDS + 20))


def approved(desk: Desk, people: People, *, text: str | None = None, added: str = "") -> str:
    rest = {"text": text} if text else {}
    release_id = submit(desk, people.author, targets=("fr",), **rest)  # type: ignore[arg-type]
    draft(desk, release_id)
    if added:
        unit = text_of(desk, release_id, "fr").units[1]
        with desk.begin(people.reviewer) as work:
            edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target=unit.target + added)
    approve(desk, people.second_reviewer, release_id)
    return release_id


def measures(desk: Desk) -> list[DraftMeasure]:
    with desk.read() as reading:
        return list(reading.session.scalars(select(DraftMeasure)))


def due(desk: Desk) -> list[str]:
    with desk.read() as reading:
        return list(due_approvals(reading.session, limit=100))


def text(before: str, after: str) -> DraftedText:
    return DraftedText("unt_1", OriginKind.MT, "deepl", None, before, after)


@pytest.mark.parametrize(
    "draft_, approved_, unchanged, ter",
    [
        (BRIDGE, BRIDGE, True, 0.0),
        (f" {BRIDGE} ", BRIDGE, True, 0.0),
        (BRIDGE.replace("14 mei", "15 mei"), BRIDGE, False, 9.1),  # one of eleven words
        (BRIDGE.replace("brug", "Brug"), BRIDGE, False, 9.1),
        ("Op 14 mei opent de nieuwe brug", "de nieuwe brug opent Op 14 mei", False, 28.6),  # two moves in seven words
        ("Wat een heel ander verhaal is dit hier vandaag", "Brug open", False, 100.0),
        (MANY, MANY.replace("woord7 ", "dag7 "), False, 1.0),
    ],
)
def test_the_words_that_reviewers_changed_are_counted(
    draft_: str, approved_: str, *, unchanged: bool, ter: float
) -> None:
    measured = measure(text(draft_, approved_))

    assert (unchanged, ter) == (measured.unchanged, measured.ter)


@pytest.mark.parametrize("approved_, least, most", [(BRIDGE, 100, 100), (BRIDGE + " Kom", 85, 99), ("Zie ook", 0, 15)])
def test_the_characters_that_are_shared_are_counted(approved_: str, least: float, most: float) -> None:
    assert least <= measure(text(BRIDGE, approved_)).chrf <= most


def test_what_changed_little_is_nearer_than_what_changed_much() -> None:
    near, far = (measure(text(draft_, BRIDGE)) for draft_ in (BRIDGE.replace("14", "15"), "Een brug in mei"))

    assert near.ter < far.ter
    assert near.chrf > far.chrf


def test_every_drafted_unit_of_what_was_approved_is_measured(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    make_parts()
    release_id = approved(lite_desk, lite_people, added=" aussi")

    measure_drafts()

    rows = measures(lite_desk)
    assert len(text_of(lite_desk, release_id, "fr").units) == len(rows)
    assert 1 == sum(not row.unchanged for row in rows)
    assert [] == due(lite_desk)


def test_a_second_run_changes_nothing(lite_desk: Desk, lite_people: People, make_parts: MakeParts) -> None:
    make_parts()
    approved(lite_desk, lite_people)
    measure_drafts()
    before = {row.unit_id: (row.ter, row.chrf, row.approved_at) for row in measures(lite_desk)}

    measure_drafts()

    assert before == {row.unit_id: (row.ter, row.chrf, row.approved_at) for row in measures(lite_desk)}


def test_a_large_version_is_kept_in_batches_and_goes_on_where_it_stopped(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    make_parts()
    sentences = "\n\n".join(f"De burgemeester opent de brug nummer {n} over de Leie." for n in range(500))
    release_id = approved(lite_desk, lite_people, text=f"Persbericht\n\nVeel bruggen\n\n{sentences}\n")
    (approval_id,) = due(lite_desk)
    batches = iter([True, True, False])

    measure_approval(lite_desk, approval_id, go_on=lambda: next(batches))
    kept = len(measures(lite_desk))
    still_due = due(lite_desk)
    measure_drafts()

    assert (2 * measuring.UNITS_AT_ONCE, [approval_id]) == (kept, still_due)
    assert len(text_of(lite_desk, release_id, "fr").units) == len(measures(lite_desk))
    assert [] == due(lite_desk)


def test_an_approval_that_cannot_be_measured_holds_up_no_other(
    lite_desk: Desk, lite_people: People, clock: StillClock, make_parts: MakeParts
) -> None:
    make_parts()
    approved(lite_desk, lite_people)
    broken = due(lite_desk)
    clock.forward(minutes=1)
    approved(lite_desk, lite_people)
    measured_before = measuring.measure

    def fail_once(unit: DraftedText) -> measuring.Measured:
        if not failures:
            failures.append(unit.unit_id)
            raise RuntimeError
        return measured_before(unit)

    failures: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "measure", fail_once)
        measure_drafts()

    assert broken == due(lite_desk)
    assert len(measures(lite_desk)) > 0


def test_a_text_without_a_machines_draft_is_done_at_once(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    make_parts()
    release_id = submit(lite_desk, lite_people.author, targets=("fr",))
    draft(lite_desk, release_id)
    with lite_desk.begin() as work:
        for unit in text_of(lite_desk, release_id, "fr").units:
            work.session.merge(unit).engine = None
    approve(lite_desk, lite_people.reviewer, release_id)

    measure_drafts()

    assert ([], []) == (measures(lite_desk), due(lite_desk))
