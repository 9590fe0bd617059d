"""Each of the seven invariants is seen when it is broken on purpose, and none is where all is well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from service.operations.review import confirm_all, edit_unit
from service.storage.models import (
    Attempt,
    Delivery,
    DraftJob,
    Endpoint,
    OutboxRow,
    Publication,
    Release,
    SourceRevision,
    UnitRevision,
)
from service.uow import Desk
from tests.desk_fixtures import NOON, People
from tests.faults.invariants import broken
from tests.faults.noting import Noted
from tests.operations.making import TEXT, draft, text_of
from tests.operations.steps import (
    act,
    approve_present,
    attempt,
    deliveries,
    drafted,
    endpoint,
    published,
    relay,
    revise,
)

Break = Callable[[Desk, Noted], object]


def run(desk: Desk, statement: object) -> None:
    with desk.begin() as work:
        work.session.execute(statement)  # type: ignore[call-overload]


@pytest.fixture
def noted(lite_desk: Desk, lite_people: People) -> Noted:
    """A desk that has published a release and told of it, and of another release in review a person wrote a unit."""
    point = endpoint(lite_desk, lite_people, "release.published")
    out = published(lite_desk, lite_people, targets=("fr",))
    second = drafted(lite_desk, lite_people, text=TEXT.replace("Leie", "Schelde"), targets=("fr",))
    unit = text_of(lite_desk, second, "fr").units[0]
    act(lite_desk, lite_people.reviewer, edit_unit, second, "fr", unit.id, row_version=None, target="Un pont")
    relay(lite_desk)
    for delivery in deliveries(lite_desk):
        attempt(lite_desk, delivery.id, status=200)
    return Noted(
        accepted={out: TEXT, second: TEXT.replace("Leie", "Schelde")},
        edits=[(unit.id, "Un pont")],
        hears={point: frozenset({"release.published"})},
    )


def lose_a_release(desk: Desk, noted: Noted) -> None:
    noted.accepted["rel_that_was_accepted"] = None


def take_one_in_twice(desk: Desk, _noted: Noted) -> None:
    run(desk, update(SourceRevision).values(body=TEXT))


def show_another_text(desk: Desk, _noted: Noted) -> None:
    with desk.begin() as work:
        publication = work.session.scalars(select(Publication)).first()
        assert publication is not None
        publication.blocks = [{**publication.blocks[0], "text": "Another title"}, *publication.blocks[1:]]


def show_another_page(desk: Desk, _noted: Noted) -> None:
    run(desk, update(Publication).values(html="<p>Another page</p>"))


def approve_ones_own(desk: Desk, _noted: Noted) -> None:
    with desk.begin() as work:
        first = work.session.scalars(select(Publication)).first()
        assert first is not None
        by = work.session.scalar(
            text("SELECT approved_by FROM approval WHERE id = :id").bindparams(id=first.approval_id)
        )
        unit = work.session.scalar(text("SELECT id FROM unit WHERE version_id = :id").bindparams(id=first.version_id))
        run_on = update(UnitRevision).where(UnitRevision.unit_id == unit).values(origin="person", user_id=by)
        work.session.execute(run_on)


def leave_before_the_hour(desk: Desk, _noted: Noted) -> None:
    run(desk, update(Release).values(embargo_at=NOON + timedelta(hours=3)))


def be_seen_early(_desk: Desk, noted: Noted) -> None:
    noted.early.append("/fr/feed.atom")


def announce_nothing(desk: Desk, _noted: Noted) -> None:
    with desk.begin() as work:
        work.session.execute(text("UPDATE event SET outbox_id = NULL WHERE type = 'release.published'"))
        work.session.execute(delete(OutboxRow).where(OutboxRow.topic == "release.published"))


def lose_an_attempt(desk: Desk, _noted: Noted) -> None:
    run(desk, delete(Attempt))


def end_at_no_end(desk: Desk, _noted: Noted) -> None:
    run(desk, update(Delivery).values(state="pending", due_at=NOON))


def lose_a_delivery(desk: Desk, _noted: Noted) -> None:
    run(desk, delete(Attempt))
    run(desk, delete(Delivery))


def forget_work(desk: Desk, _noted: Noted) -> None:
    run(desk, update(OutboxRow).values(done_at=None, due_at=None))


def forget_a_draft(desk: Desk, _noted: Noted) -> None:
    run(desk, update(DraftJob).values(due_at=None))
    run(desk, text("UPDATE version SET state = 'queued' WHERE state = 'in_review'"))


def forget_a_delivery(desk: Desk, _noted: Noted) -> None:
    run(desk, update(Delivery).values(state="pending", due_at=None))


def change_the_audit(desk: Desk, _noted: Noted) -> None:
    with desk.begin() as work:
        work.session.execute(text("DROP TRIGGER audit_entry_no_update"))
        work.session.execute(text("UPDATE audit_entry SET action = 'nothing' WHERE number = 3"))


def change_a_state_in_silence(desk: Desk, _noted: Noted) -> None:
    run(desk, update(Release).values(withdrawn_at=NOON))


def lose_an_edit(desk: Desk, _noted: Noted) -> None:
    run(desk, delete(UnitRevision).where(UnitRevision.user_id.is_not(None)))


def write_over_a_person(desk: Desk, noted: Noted) -> None:
    unit_id, _ = noted.edits[0]
    with desk.begin() as work:
        work.session.execute(text("UPDATE unit SET target = 'Machine' WHERE id = :id").bindparams(id=unit_id))
        work.session.add(
            UnitRevision(
                unit_id=unit_id, number=9, source="", target="Machine", state="translated", origin="mt", at=NOON
            )
        )


def test_a_desk_that_is_well_breaks_none(lite_desk: Desk, noted: Noted) -> None:
    assert [] == broken(lite_desk.database, noted, settled=True)


@pytest.mark.parametrize(
    "name, break_it",
    [
        ("I1", lose_a_release),
        ("I1", take_one_in_twice),
        ("I2", show_another_text),
        ("I2", show_another_page),
        ("I2", approve_ones_own),
        ("I3", leave_before_the_hour),
        ("I3", be_seen_early),
        ("I4", announce_nothing),
        ("I4", lose_an_attempt),
        ("I4", end_at_no_end),
        ("I4", lose_a_delivery),
        ("I5", forget_work),
        ("I5", forget_a_draft),
        ("I5", forget_a_delivery),
        ("I6", change_the_audit),
        ("I6", change_a_state_in_silence),
        ("I7", lose_an_edit),
        ("I7", write_over_a_person),
    ],
)
def test_each_is_seen_when_it_is_broken_on_purpose(lite_desk: Desk, noted: Noted, name: str, break_it: Break) -> None:
    break_it(lite_desk, noted)

    found = broken(lite_desk.database, noted, settled=True)

    assert name in {sentence.split()[0] for sentence in found}, found


def test_an_endpoint_that_is_off_keeps_what_waits_for_it(lite_desk: Desk, noted: Noted) -> None:
    run(lite_desk, update(Delivery).values(state="pending", due_at=None))
    run(lite_desk, update(Endpoint).values(disabled_at=NOON))

    assert [] == broken(lite_desk.database, noted, settled=True)


def test_who_wrote_what_left_the_text_may_approve_the_rest(lite_desk: Desk, lite_people: People) -> None:
    release = drafted(lite_desk, lite_people, targets=("fr",))
    last = text_of(lite_desk, release, "fr").units[-1]
    act(lite_desk, lite_people.reviewer, edit_unit, release, "fr", last.id, row_version=None, target="An Peeters")
    revise(lite_desk, lite_people.author, release, TEXT.rpartition("\n\n")[0])
    draft(lite_desk, release)
    act(lite_desk, lite_people.second_reviewer, confirm_all, release, "fr")

    approve_present(lite_desk, lite_people.reviewer, release, "fr")

    assert [] == broken(lite_desk.database, now=NOON)


def test_an_endpoint_that_fails_may_still_be_tried_again_and_no_other(lite_desk: Desk, noted: Noted) -> None:
    run(lite_desk, update(Delivery).values(state="pending", due_at=NOON))
    with lite_desk.read() as reading:
        failing = frozenset(reading.session.scalars(select(Endpoint.id)))

    noted.retried = failing
    found = broken(lite_desk.database, noted, settled=True)
    noted.retried = frozenset()
    without = broken(lite_desk.database, noted, settled=True)

    assert [] == found
    assert {"I4"} == {sentence.split()[0] for sentence in without}
