from __future__ import annotations

from datetime import timedelta

from sqlalchemy import inspect, select

from service.domain.drafts import DraftedUnit, DraftResult, Origin, OriginKind
from service.domain.permissions import DESK
from service.formats import read
from service.operations.approvals import reopen_version
from service.operations.drafting import finish_draft, save_draft, start_draft
from service.operations.measuring import Measured, record_measures
from service.operations.releases import Submission, submit_release
from service.operations.review import edit_unit
from service.queries.measuring import ToMeasure, due_approvals, to_measure
from service.storage.models import Approval, DraftMeasure
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve, draft, job_of, submit, text_of
from tests.operations.steps import act, drafted, revise

ORIGINS = (
    Origin(OriginKind.MT, engine="deepl", engine_version="2"),
    Origin(OriginKind.MEMORY, score=100),
    Origin(OriginKind.COPIED),
    Origin(OriginKind.TERMS),
)


def due(desk: Desk) -> list[str]:
    with desk.read() as reading:
        return list(due_approvals(reading.session, limit=10))


def asked_for(desk: Desk, approval_id: str) -> ToMeasure | None:
    with desk.read() as reading:
        return to_measure(reading.session, approval_id)


def asked(desk: Desk) -> ToMeasure:
    (approval_id,) = due(desk)
    found = asked_for(desk, approval_id)
    assert found is not None
    return found


def measures(desk: Desk) -> list[DraftMeasure]:
    with desk.read() as reading:
        return list(reading.session.scalars(select(DraftMeasure).order_by(DraftMeasure.unit_id)))


def some(asked: ToMeasure, *, ter: float = 12.5, count: int | None = None) -> list[Measured]:
    return [Measured(unit, unchanged=False, chrf=88.0, ter=ter) for unit in asked.units[:count]]


def approved(desk: Desk, people: People) -> str:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)
    return release_id


def change(desk: Desk, people: People, release_id: str, target: str, *, place: int = 1) -> str:
    unit = text_of(desk, release_id, "fr").units[place]
    act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, target=target)
    return unit.id


def test_an_approved_text_is_due_with_its_drafts_and_what_became_of_them(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    changed = change(desk, people, release_id, "Un nouveau pont ouvre en mai.")
    approve(desk, people.second_reviewer, release_id)

    found = asked(desk)

    texts = {unit.unit_id: (unit.draft, unit.approved) for unit in found.units}
    units = text_of(desk, release_id, "fr").units
    assert ("nl", "fr", len(units)) == (found.source_locale, found.target_locale, len(texts))
    assert {"mt"} == {unit.origin for unit in found.units}
    assert {"libretranslate"} == {unit.engine for unit in found.units}
    assert "Un nouveau pont ouvre en mai." == texts[changed][1]
    assert {changed} == {unit_id for unit_id, (draft, target) in texts.items() if draft != target}


def test_only_drafts_of_machines_and_of_the_memory_are_measured(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author, targets=("fr",))
    job_id = job_of(desk, release_id, "fr")
    drafting = act(desk, DESK, start_draft, job_id)
    assert drafting is not None
    origins = [*ORIGINS, *(ORIGINS[0] for _ in drafting.segments)]
    units = tuple(
        DraftedUnit(segment.unit_id, f"[fr] {segment.source.text}", origin)
        for segment, origin in zip(drafting.segments, origins, strict=False)
    )
    act(desk, DESK, save_draft, job_id, drafting.token, units)
    act(desk, DESK, finish_draft, job_id, drafting.token, DraftResult(units, (), ()))
    approve(desk, people.reviewer, release_id)

    found = {unit.unit_id: (unit.origin.value, unit.engine, unit.engine_version) for unit in asked(desk).units}

    expected = [("mt", "deepl", "2"), ("tm", "", None), None, None, ("mt", "deepl", "2")]
    assert expected == [found.get(unit.unit_id) for unit in units[:5]]


def test_inline_codes_are_left_out(desk: Desk, people: People) -> None:
    body = "Titel\n\nDe **gemeente** opent op 14 mei een brug over de Leie.\n"
    submitted = Submission(document=read(body, "markdown"), body=body, format="markdown", targets=("fr",))
    release_id = act(desk, people.author, submit_release, submitted)[0].id
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)

    drafts = [unit.draft for unit in asked(desk).units]

    assert [] == [draft for draft in drafts if "{1}" in draft]
    assert any("gemeente" in draft for draft in drafts)


def test_what_is_kept_names_the_engine_and_the_pair_and_nobody(desk: Desk, people: People, clock: StillClock) -> None:
    approved(desk, people)
    found = asked(desk)

    assert act(desk, DESK, record_measures, found, some(found), last=True)

    rows = measures(desk)
    assert len(found.units) == len(rows)
    assert {("mt", "libretranslate", "nl", "fr", False, 88.0, 12.5, clock.moment)} == {
        (it.origin, it.engine, it.source_locale, it.target_locale, it.unchanged, it.chrf, it.ter, it.approved_at)
        for it in rows
    }
    people_columns = {key.target_fullname for column in inspect(DraftMeasure).columns for key in column.foreign_keys}
    assert {"unit.id"} == people_columns


def test_what_was_measured_is_not_due_again(desk: Desk, people: People) -> None:
    approved(desk, people)
    found = asked(desk)
    act(desk, DESK, record_measures, found, some(found), last=True)

    assert [] == due(desk)
    assert asked_for(desk, found.approval_id) is None


def test_a_measuring_that_broke_off_goes_on_with_the_rest(desk: Desk, people: People) -> None:
    approved(desk, people)
    first = asked(desk)
    act(desk, DESK, record_measures, first, some(first, count=2), last=False)

    rest = asked(desk)

    assert [unit.unit_id for unit in first.units[2:]] == [unit.unit_id for unit in rest.units]


def test_the_same_measures_twice_are_kept_once(desk: Desk, people: People) -> None:
    approved(desk, people)
    found = asked(desk)
    act(desk, DESK, record_measures, found, some(found), last=False)
    act(desk, DESK, record_measures, found, some(found, ter=3.0), last=True)

    assert [3.0] * len(found.units) == [it.ter for it in measures(desk)]


def test_an_approval_that_was_taken_back_is_not_measured(desk: Desk, people: People) -> None:
    release_id = approved(desk, people)
    found = asked(desk)
    act(desk, people.reviewer, reopen_version, release_id, "fr", "The date is wrong.")

    assert not act(desk, DESK, record_measures, found, some(found), last=True)

    assert [] == measures(desk)
    assert [] == due(desk)


def test_a_correction_is_measured_again(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = approved(desk, people)
    before = asked(desk)
    act(desk, DESK, record_measures, before, some(before), last=True)
    clock.forward(hours=1)
    act(desk, people.reviewer, reopen_version, release_id, "fr", "The date is wrong.")
    changed = change(desk, people, release_id, "Un nouveau pont.")
    approve(desk, people.second_reviewer, release_id)

    after = asked(desk)
    act(desk, DESK, record_measures, after, some(after, ter=40.0), last=True)

    assert changed in {unit.unit_id for unit in after.units}
    assert len(before.units) == len(measures(desk))
    assert {(40.0, clock.moment)} == {(it.ter, it.approved_at) for it in measures(desk)}


def test_a_new_source_measures_the_units_that_it_kept_and_the_new_ones(desk: Desk, people: People) -> None:
    release_id = approved(desk, people)
    before = asked(desk)
    act(desk, DESK, record_measures, before, some(before), last=True)
    revise(desk, people.author, release_id, "Titel\n\nDe brug kostte 27 miljoen euro.\n")

    assert [] == due(desk)
    assert len(before.units) == len(measures(desk))


def test_the_oldest_approval_comes_first(desk: Desk, people: People, clock: StillClock) -> None:
    for _ in range(3):
        approved(desk, people)
        clock.forward(minutes=1)

    with desk.read() as reading:
        moments = [reading.session.get_one(Approval, each).approved_at for each in due(desk)]

    assert [clock.moment - timedelta(minutes=minutes) for minutes in (3, 2, 1)] == moments
