from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.domain.errors import NotAllowed, NotFound, Refused
from service.domain.permissions import DESK
from service.operations.drafting import (
    DRAFT_LEASE_SECONDS,
    MAX_CLAIMS,
    finish_draft,
    redraft,
    save_draft,
    start_draft,
)
from service.operations.publishing import request_publication
from service.operations.review import confirm_all, edit_unit
from service.storage.models import Approval, DraftJob, Unit, UnitRevision
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, draft, job_of, submit, text_of, translated
from tests.operations.steps import act, drafted, published, release_of, revise, states, topics, unit_of, version_of

REVISED = TEXT.replace("25 miljoen", "27 miljoen")


def one_language(desk: Desk, people: People) -> tuple[str, str]:
    release_id = submit(desk, people.author, targets=("fr",))
    return release_id, job_of(desk, release_id, "fr")


def machine(unit_id: str, target: str) -> DraftedUnit:
    return DraftedUnit(unit_id, target, Origin(OriginKind.MT, engine="libretranslate"))


def test_a_draft_says_where_it_came_from(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))

    units = text_of(desk, release_id, "fr").units

    assert {("mt", "libretranslate", "translated")} == {(unit.origin, unit.engine, unit.state) for unit in units}
    assert all(unit.draft == unit.target for unit in units)


def test_an_engine_brings_no_character_that_nobody_sees(desk: Desk, people: People) -> None:
    _, job = one_language(desk, people)
    work = act(desk, DESK, start_draft, job)
    assert work is not None
    unit_id = work.segments[0].unit_id

    act(desk, DESK, save_draft, job, work.token, [machine(unit_id, "Com\u202emuni\u202cqué\ufeff\x07")])

    unit = unit_of(desk, unit_id)
    assert ("Communiqué", "Communiqué") == (unit.target, unit.draft)


def test_a_first_draft_is_announced_once(desk: Desk, people: People) -> None:
    drafted(desk, people, targets=("fr",))

    assert ["release.submitted", "version.drafted"] == topics(desk)


def test_an_unknown_or_finished_job_gives_no_work(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))

    assert act(desk, DESK, start_draft, "job_unknown") is None
    assert act(desk, DESK, start_draft, job_of(desk, release_id, "fr")) is None


def test_a_second_worker_is_given_only_what_is_still_empty(desk: Desk, people: People, clock: StillClock) -> None:
    _, job_id = one_language(desk, people)
    first = act(desk, DESK, start_draft, job_id)
    assert first
    act(desk, DESK, save_draft, job_id, first.token, translated(first)[:2])
    clock.forward(seconds=DRAFT_LEASE_SECONDS)

    second = act(desk, DESK, start_draft, job_id)

    assert second
    assert [segment.unit_id for segment in first.segments[2:]] == [segment.unit_id for segment in second.segments]


def test_a_text_that_no_worker_survives_is_given_to_a_person(desk: Desk, people: People, clock: StillClock) -> None:
    release_id, job_id = one_language(desk, people)
    claimed = []
    for _ in range(MAX_CLAIMS + 1):
        claimed.append(act(desk, DESK, start_draft, job_id) is not None)
        clock.forward(seconds=DRAFT_LEASE_SECONDS)

    version = version_of(desk, release_id, "fr")

    assert [True] * MAX_CLAIMS + [False] == claimed
    assert ("in_review", "workers_failed") == (version.state, version.outcomes[0]["reason"])
    with desk.read() as reading:
        job = reading.session.get_one(DraftJob, job_id)
    assert (None, clock.moment - timedelta(seconds=DRAFT_LEASE_SECONDS)) == (job.due_at, job.failed_at)


def test_a_person_can_have_it_tried_again(desk: Desk, people: People, clock: StillClock) -> None:
    release_id, job_id = one_language(desk, people)
    for _ in range(MAX_CLAIMS + 1):
        act(desk, DESK, start_draft, job_id)
        clock.forward(seconds=DRAFT_LEASE_SECONDS)
    act(desk, people.reviewer, redraft, release_id, "fr")

    draft(desk, release_id, "fr")

    assert all(unit.target for unit in text_of(desk, release_id, "fr").units)


def test_what_stayed_empty_is_due_again_by_itself(desk: Desk, people: People, clock: StillClock) -> None:
    release_id, job_id = one_language(desk, people)
    work = act(desk, DESK, start_draft, job_id)
    assert work
    units = translated(work)
    act(desk, DESK, save_draft, job_id, work.token, units[1:])
    outcome = EngineOutcome("libretranslate", OutcomeKind.PARTLY, filled=len(units) - 1, reason="timeout")
    act(desk, DESK, finish_draft, job_id, work.token, DraftResult(units[1:], (units[0].unit_id,), (outcome,)))

    with desk.read() as reading:
        job = reading.session.get_one(DraftJob, job_id)

    assert ({"fr": "in_review"}, clock.moment + timedelta(minutes=1)) == (states(desk, release_id), job.due_at)
    assert "timeout" == version_of(desk, release_id, "fr").outcomes[0]["reason"]


def test_a_person_who_writes_first_is_never_written_over(desk: Desk, people: People) -> None:
    release_id, job_id = one_language(desk, people)
    work = act(desk, DESK, start_draft, job_id)
    assert work
    unit = text_of(desk, release_id, "fr").units[0]
    act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, target="Communiqué")

    assert act(desk, DESK, save_draft, job_id, work.token, translated(work))

    assert ("Communiqué", "person") == (unit_of(desk, unit.id).target, unit_of(desk, unit.id).origin)


def test_a_redraft_leaves_what_a_person_wrote_or_confirmed(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    written, confirmed, *untouched = text_of(desk, release_id, "fr").units
    for unit, change in ((written, {"target": "Communiqué de presse"}), (confirmed, {"state": "reviewed"})):
        act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, **change)
    act(desk, people.reviewer, redraft, release_id, "fr")
    job_id = job_of(desk, release_id, "fr")
    work = act(desk, DESK, start_draft, job_id)
    assert work
    every = [machine(unit.id, "nouveau") for unit in (written, confirmed, *untouched)]

    act(desk, DESK, save_draft, job_id, work.token, every)

    assert [unit.id for unit in untouched] == [segment.unit_id for segment in work.segments]
    assert ("Communiqué de presse", confirmed.target) == (
        unit_of(desk, written.id).target,
        unit_of(desk, confirmed.id).target,
    )
    assert {"nouveau"} == {unit_of(desk, unit.id).target for unit in untouched}


def test_a_redraft_of_empty_units_leaves_every_text(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    act(desk, people.reviewer, redraft, release_id, "fr", only_empty=True)

    work = act(desk, DESK, start_draft, job_of(desk, release_id, "fr"))

    assert work
    assert () == work.segments


def test_a_draft_for_another_version_is_not_written(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author, targets=("fr", "de"))
    job_id = job_of(desk, release_id, "fr")
    work = act(desk, DESK, start_draft, job_id)
    assert work
    stranger = text_of(desk, release_id, "de").units[0]

    act(desk, DESK, save_draft, job_id, work.token, [machine(stranger.id, "falsch")])

    assert "" == unit_of(desk, stranger.id).target


@pytest.mark.parametrize("who, error", [("auditor", NotAllowed), ("other_author", NotFound)])
def test_a_redraft_is_for_reviewers_and_the_author(
    desk: Desk, people: People, who: str, error: type[Exception]
) -> None:
    release_id = drafted(desk, people, targets=("fr",))

    with pytest.raises(error):
        act(desk, getattr(people, who), redraft, release_id, "fr")

    act(desk, people.author, redraft, release_id, "fr")


def test_a_new_source_ends_the_drafting_of_the_old_one(desk: Desk, people: People) -> None:
    release_id, job_id = one_language(desk, people)
    old = act(desk, DESK, start_draft, job_id)
    assert old

    revise(desk, people.author, release_id, REVISED)

    assert not act(desk, DESK, save_draft, job_id, old.token, translated(old))
    new = act(desk, DESK, start_draft, job_id)
    assert new
    assert any("27 miljoen" in segment.source.text for segment in new.segments)


def test_a_new_source_keeps_what_did_not_change_and_marks_what_did(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    act(desk, people.reviewer, confirm_all, release_id, "fr")
    before = {unit.id: unit.target for unit in text_of(desk, release_id, "fr").units}

    revise(desk, people.author, release_id, REVISED)

    after = text_of(desk, release_id, "fr")
    new = [unit for unit in after.units if unit.id not in before]
    assert (1, len(before)) == (len(new), len(after.units))
    assert ("", "initial") == (new[0].target, new[0].state)
    assert "25 miljoen" in (new[0].changed_from or "")
    kept = [unit for unit in after.units if unit.id in before]
    assert all(before[unit.id] == unit.target and unit.confirmed_by for unit in kept)


def test_a_new_source_voids_approvals_and_closes_the_gate(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    approve(desk, people.reviewer, release_id)

    revise(desk, people.author, release_id, REVISED)

    with desk.read() as reading:
        approvals = reading.session.scalars(select(Approval)).all()
    assert ["revised"] * 3 == [approval.voided_because for approval in approvals]
    assert {"fr": "in_review", "de": "in_review", "en": "in_review"} == states(desk, release_id)
    with pytest.raises(Refused) as refusal:
        act(desk, people.publisher, request_publication, release_id)
    assert {"not_approved"} == {reason.code for reason in refusal.value.reasons}


def test_the_same_source_again_changes_nothing(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    approve(desk, people.reviewer, release_id)

    revise(desk, people.author, release_id, TEXT)

    assert (1, "approved") == (release_of(desk, release_id).revision, release_of(desk, release_id).state)


def test_a_unit_of_an_earlier_source_can_no_longer_be_saved(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    before = {unit.id for unit in text_of(desk, release_id, "fr").units}
    revise(desk, people.author, release_id, REVISED)
    with desk.read() as reading:
        everything = set(reading.session.scalars(select(Unit.id)))
    (dropped,) = before - {unit.id for unit in text_of(desk, release_id, "fr").units}
    assert dropped in everything

    with pytest.raises(NotFound):
        act(desk, people.reviewer, edit_unit, release_id, "fr", dropped, row_version=None, target="Ancien")


def test_a_sentence_that_stands_twice_keeps_both_its_units(desk: Desk, people: People) -> None:
    twice = TEXT + "\nDe brug kostte 25 miljoen euro.\n"
    release_id = drafted(desk, people, targets=("fr",), text=twice)
    before = [unit.id for unit in text_of(desk, release_id, "fr").units]

    revise(desk, people.author, release_id, twice + "\nEen nieuwe zin erbij.\n")

    assert before == [unit.id for unit in text_of(desk, release_id, "fr").units][: len(before)]


@pytest.mark.parametrize("confidential, during", [(True, True), (False, False)])
def test_a_correction_is_as_secret_as_its_release(
    desk: Desk,
    people: People,
    *,
    confidential: bool,
    during: bool,
) -> None:
    release_id = published(desk, people, targets=("fr",), confidential=confidential)
    revise(desk, people.author, release_id, REVISED)

    work = act(desk, DESK, start_draft, job_of(desk, release_id, "fr"))

    assert work
    assert during is work.confidential


def test_a_text_is_confidential_until_its_embargo_lifts(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = submit(desk, people.author, embargo_at=clock.moment + timedelta(hours=1))
    job_id = job_of(desk, release_id, "fr")
    early = act(desk, DESK, start_draft, job_id)
    clock.forward(hours=1)
    late = act(desk, DESK, start_draft, job_id)

    assert early
    assert late
    assert (True, False) == (early.confidential, late.confidential)


def test_each_draft_is_the_next_one_in_the_history(desk: Desk, people: People) -> None:
    release_id, job_id = one_language(desk, people)
    for _ in range(2):
        work = act(desk, DESK, start_draft, job_id)
        assert work
        act(desk, DESK, save_draft, job_id, work.token, translated(work))
        act(desk, DESK, finish_draft, job_id, work.token, DraftResult(translated(work), (), ()))
        act(desk, people.reviewer, redraft, release_id, "fr")

    unit = text_of(desk, release_id, "fr").units[0]
    with desk.read() as reading:
        of_unit = select(UnitRevision.number).where(UnitRevision.unit_id == unit.id).order_by(UnitRevision.number)
        assert [1, 2] == reading.session.scalars(of_unit).all()
