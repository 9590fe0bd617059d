"""The memory kept by hand: who may, what is kept of what stood before, and that nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from service.domain.drafts import MemoryMatch
from service.domain.errors import DeskError, Invalid, NotAllowed, NotFound, Stale, WrongState
from service.domain.memory_files import Filed, FiledTarget, FiledUnit
from service.domain.permissions import DESK, Actor
from service.domain.text import CodedText
from service.operations.approvals import reopen_version
from service.operations.drafting import start_draft
from service.operations.memory_import import MemoryImport
from service.operations.memory_keeping import edit_unit_target, restore_unit, retire_unit
from service.operations.memory_listing import list_some
from service.queries.concordance import concordance
from service.queries.memory import draft_matches, offered_to
from service.storage.models import AuditEntry, MemoryChange, MemorySource, MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.operations.making import approve, job_of, submit, text_of
from tests.operations.steps import act, approve_present, at_once, drafted, published

SENTENCE = "De brug kostte 25 miljoen euro."
DRAFTED = f"[fr] {SENTENCE}"
BETTER = "Le pont a coûté 25 millions d’euros."
Keep = Callable[..., MemoryUnit]
EDIT: tuple[Keep, tuple[str, ...]] = (edit_unit_target, (BETTER, "Zo zegt men het."))
RETIRE: tuple[Keep, tuple[str, ...]] = (retire_unit, ("Verouderd.",))
RESTORE: tuple[Keep, tuple[str, ...]] = (restore_unit, ("Toch nog nodig.",))


def unit_of(desk: Desk, source: str = SENTENCE, locale: str = "fr") -> MemoryUnit:
    """Return the one unit of a source in a locale, as it is stored."""
    with desk.read() as reading:
        return reading.session.scalars(
            select(MemoryUnit)
            .join(MemorySource, MemorySource.id == MemoryUnit.source_id)
            .where(MemorySource.source == source, MemoryUnit.target_locale == locale)
        ).one()


def keep(desk: Desk, actor: Actor, what: tuple[Keep, tuple[str, ...]], row_version: int | None = None) -> MemoryUnit:
    """Do something to the unit of the sentence."""
    operation, words = what
    return act(desk, actor, operation, unit_of(desk).id, *words, row_version)


def changes(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.read() as reading:
        rows = reading.session.scalars(select(MemoryChange).order_by(MemoryChange.id))
        return [(row.kind, row.target, row.reason) for row in rows]


def matches(desk: Desk, people: People) -> dict[str, MemoryMatch]:
    """Submit the text anew and return what the memory offers its French drafting."""
    other = submit(desk, people.other_author, targets=("fr",))
    work = act(desk, DESK, start_draft, job_of(desk, other, "fr"))
    assert work
    with desk.read() as reading:
        return draft_matches(reading.session, work.segments, "nl", "fr", offered_to(other, reading.now))


def offered(desk: Desk, people: People) -> set[str]:
    return {match.target for match in matches(desk, people).values()}


def found(desk: Desk, actor: Actor, words: str) -> list[str]:
    """Return the targets that the search finds once the workers have listed what is new."""
    act(desk, DESK, list_some)
    with desk.read() as reading:
        page = concordance(reading.session, actor, words, reading.now, locale="fr")
        return [target.marked.text for row in page.rows for target in row.targets]


def take_in(desk: Desk, actor: Actor, *targets: FiledTarget) -> None:
    filed: list[Filed] = [FiledUnit(1, CodedText(SENTENCE), targets)]
    list(MemoryImport("nl", "oud.tmx").take_all(lambda: desk.begin(actor), filed))


def test_an_edited_target_is_offered_and_found_in_place_of_the_old_one(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = published(desk, people, targets=("fr",))
    approved_at = clock.moment
    clock.forward(hours=1)
    before = found(desk, people.reviewer, "miljoen")

    unit = keep(desk, people.french_reviewer, EDIT, 1)

    assert [DRAFTED] == before

    assert (2, True, people.reviewer.user_id, approved_at) == (
        unit.row_version,
        unit.confirmed,
        unit.approved_by,
        unit.approved_at,
    )
    assert (True, False) == (BETTER in offered(desk, people), DRAFTED in offered(desk, people))
    assert [BETTER] == found(desk, people.reviewer, "millions")
    assert [] == found(desk, people.reviewer, "“[fr] De brug kostte”")
    assert DRAFTED in {unit.target for unit in text_of(desk, release_id, "fr").units}


def test_a_retired_unit_is_neither_offered_nor_found_until_it_is_restored(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))

    keep(desk, people.french_reviewer, RETIRE, 1)
    without = DRAFTED in offered(desk, people), found(desk, people.reviewer, "miljoen")
    keep(desk, people.french_reviewer, RESTORE, 2)

    assert (False, []) == without
    assert (True, [DRAFTED]) == (DRAFTED in offered(desk, people), found(desk, people.reviewer, "miljoen"))


def test_what_stood_before_is_kept_with_who_changed_it_and_why(desk: Desk, people: People, clock: StillClock) -> None:
    published(desk, people, targets=("fr",))
    hour = clock.forward(hours=1)

    for what in (EDIT, RETIRE, RESTORE):
        keep(desk, people.french_reviewer, what)

    with desk.read() as reading:
        told = {(row.user_id, row.at) for row in reading.session.scalars(select(MemoryChange))}
    assert {(people.french_reviewer.user_id, hour)} == told
    assert [
        ("edited", DRAFTED, "Zo zegt men het."),
        ("retired", BETTER, "Verouderd."),
        ("restored", BETTER, "Toch nog nodig."),
    ] == changes(desk)


def test_the_audit_tells_which_unit_and_never_a_text(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))
    unit_id = unit_of(desk).id

    for what in (EDIT, RETIRE, RESTORE):
        keep(desk, people.french_reviewer, what)

    with desk.read() as reading:
        entries = reading.session.scalars(
            select(AuditEntry).where(AuditEntry.action.startswith("memory.")).order_by(AuditEntry.number)
        ).all()
    assert [
        (action, str(unit_id), people.french_reviewer.user_id, None, {"locale": "fr"})
        for action in ("memory.edited", "memory.retired", "memory.restored")
    ] == [(entry.action, entry.subject, entry.actor_id, entry.release_id, entry.facts) for entry in entries]


@pytest.mark.parametrize("what", [EDIT, RETIRE, RESTORE])
@pytest.mark.parametrize("who", ["author", "publisher", "auditor"])
def test_who_does_not_answer_for_the_language_changes_nothing(
    desk: Desk, people: People, what: tuple[Keep, tuple[str, ...]], who: str
) -> None:
    published(desk, people, targets=("fr",))

    with pytest.raises(NotAllowed):
        keep(desk, getattr(people, who), what)

    assert (1, []) == (unit_of(desk).row_version, changes(desk))


def test_a_reviewer_keeps_only_the_languages_that_they_review(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr", "de"))
    german = unit_of(desk, locale="de").id

    with pytest.raises(NotAllowed):
        act(desk, people.french_reviewer, retire_unit, german, "Verouderd.", 1)

    assert act(desk, people.admin, retire_unit, german, "Verouderd.", 1).retired_at == NOON


@pytest.mark.parametrize("unit_id", [0, -1, 4_711, 2**63, 10**30])
def test_a_unit_that_does_not_exist_is_not_found(desk: Desk, people: People, unit_id: int) -> None:
    with pytest.raises(NotFound):
        act(desk, people.admin, retire_unit, unit_id, "Verouderd.", 1)


def test_what_one_may_not_read_does_not_exist(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("de",), embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    unit_id = unit_of(desk, locale="de").id

    with pytest.raises(NotFound):
        act(desk, people.french_reviewer, retire_unit, unit_id, "Verouderd.", 1)


def test_who_read_an_older_unit_is_told_what_stands_now(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))
    keep(desk, people.reviewer, EDIT, 1)

    with pytest.raises(Stale) as stale:
        act(desk, people.french_reviewer, edit_unit_target, unit_of(desk).id, "Le pont.", "", 1)

    assert ("Le pont.", BETTER, 2) == (stale.value.mine, stale.value.theirs, stale.value.facts["row_version"])
    assert BETTER == unit_of(desk).target


def test_of_two_who_edit_at_once_one_is_told_to_look_again(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))
    unit_id = unit_of(desk).id

    def edit(target: str) -> Callable[[], Any]:
        return lambda: act(desk, people.reviewer, edit_unit_target, unit_id, target, "", 1)

    results = at_once(edit("Le pont."), edit("Un pont."), edit("Ce pont."))

    assert [Stale, Stale] == [type(one) for one in results if isinstance(one, DeskError)]
    assert (2, 1) == (unit_of(desk).row_version, len(changes(desk)))


def test_the_same_text_again_leaves_no_trace(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))

    act(desk, people.reviewer, edit_unit_target, unit_of(desk).id, f" {DRAFTED}\r\n", "Nagelezen.", 1)

    assert (1, []) == (unit_of(desk).row_version, changes(desk))


def test_the_same_text_again_confirms_what_a_machine_wrote(desk: Desk, people: People) -> None:
    take_in(desk, people.admin, FiledTarget("fr", BETTER, confirmed=False))

    unit = act(desk, people.reviewer, edit_unit_target, unit_of(desk).id, BETTER, "Nagelezen.", 1)

    assert (True, 2) == (unit.confirmed, unit.row_version)
    assert [("edited", BETTER, "Nagelezen.")] == changes(desk)


@pytest.mark.parametrize(
    "operation, words, code",
    [
        (edit_unit_target, (" ", ""), "empty_target"),
        (edit_unit_target, ("Le {1}pont{/1}.", ""), "codes_unknown"),
        (edit_unit_target, (BETTER, "x" * 2_001), "reason_too_long"),
        (retire_unit, (" ",), "reason_needed"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    desk: Desk, people: People, operation: Keep, words: tuple[str, ...], code: str
) -> None:
    published(desk, people, targets=("fr",))

    with pytest.raises(Invalid) as refused:
        keep(desk, people.reviewer, (operation, words), 1)

    assert code == refused.value.code
    assert (1, []) == (unit_of(desk).row_version, changes(desk))


def test_a_unit_is_taken_out_and_put_back_once(desk: Desk, people: People) -> None:
    published(desk, people, targets=("fr",))

    with pytest.raises(WrongState):
        keep(desk, people.reviewer, RESTORE)
    keep(desk, people.reviewer, RETIRE)
    with pytest.raises(WrongState):
        keep(desk, people.reviewer, RETIRE)

    assert ["retired"] == [kind for kind, _, _ in changes(desk)]


def test_a_newer_approval_takes_the_place_of_what_was_done_by_hand(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr",))
    keep(desk, people.reviewer, EDIT)
    keep(desk, people.reviewer, RETIRE)

    act(desk, people.publisher, reopen_version, release_id, "fr", "Een fout.")
    approve_present(desk, people.reviewer, release_id, "fr")

    unit = unit_of(desk)
    assert (DRAFTED, None, 1, []) == (unit.target, unit.retired_at, unit.row_version, changes(desk))


def test_a_file_does_not_bring_back_what_was_edited_or_taken_out(desk: Desk, people: People) -> None:
    take_in(desk, people.admin, FiledTarget("fr", DRAFTED))
    keep(desk, people.reviewer, EDIT)
    keep(desk, people.reviewer, RETIRE)

    take_in(desk, people.admin, FiledTarget("fr", DRAFTED))

    with desk.read() as reading:
        assert 1 == reading.session.scalar(select(func.count(MemoryUnit.id)))
    assert unit_of(desk).retired_at is not None
