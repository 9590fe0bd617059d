"""Tools for segments: minor edits of the source, undo, find and replace, identical sentences."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from service.domain.replacing import Sought
from service.operations.acts import new_act
from service.operations.drafting import redraft
from service.operations.minor import accept_all_minor, accept_minor
from service.operations.propagating import propagate
from service.operations.releases import revise_source
from service.operations.replacing import Chosen, replace_in_version
from service.operations.review import confirm_all, edit_unit
from service.operations.undoing import undo_act, undo_unit
from service.queries.segment_tools import earlier_texts, same_sentences, undoable_units
from service.storage.models import Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import TEXT, approve, draft, text_of
from tests.operations.steps import act, drafted, release_of, revise, states, submission, unit_of, version_of

TYPO = TEXT.replace("meteen over", "meteeen over")
TWICE = TEXT.replace("Burgemeester An Peeters knipt het lint door.", "Wandelaars en fietsers kunnen er meteen over.")


@pytest.fixture
def release_id(desk: Desk, people: People) -> str:
    """A release with a typo, in review."""
    return drafted(desk, people, targets=("fr",), text=TYPO)


def units(desk: Desk, release_id: str) -> tuple[Unit, ...]:
    return text_of(desk, release_id, "fr").units


def seen(*chosen: Unit) -> dict[str, int]:
    return {unit.id: unit.row_version for unit in chosen}


def revise_slightly(desk: Desk, people: People, release_id: str, text: str = TEXT) -> None:
    act(desk, people.author, revise_source, release_id, submission(text, minor=True), row_version=None)


def save(desk: Desk, actor: Any, release_id: str, unit: Unit, **change: Any) -> Unit:
    return act(desk, actor, edit_unit, release_id, "fr", unit.id, row_version=None, **change)


def test_a_minor_edit_keeps_the_text_until_its_reviewer_accepts_it(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.reviewer, confirm_all, release_id, "fr")
    before = units(desk, release_id)
    digest = text_of(desk, release_id, "fr").digest

    revise_slightly(desk, people, release_id)

    (waiting,) = [unit for unit in units(desk, release_id) if unit.change_is_minor]
    assert (before[3].id, before[3].target, "translated") == (waiting.id, waiting.target, waiting.state)
    assert ("reviewed", True) == (waiting.state_before, "meteeen" in str(waiting.changed_from))
    assert digest != text_of(desk, release_id, "fr").digest
    assert 0 == act(desk, people.reviewer, confirm_all, release_id, "fr")  # it is to be looked at

    accepted = act(
        desk, people.second_reviewer, accept_minor, release_id, "fr", waiting.id, row_version=waiting.row_version
    )

    assert ("reviewed", people.second_reviewer.user_id) == (accepted.state, accepted.confirmed_by)
    assert (False, None, None) == (accepted.change_is_minor, accepted.changed_from, accepted.state_before)
    with pytest.raises(Conflict):
        act(desk, people.reviewer, accept_minor, release_id, "fr", waiting.id, row_version=None)


def test_a_minor_edit_voids_the_approval_and_no_machine_writes_over_what_was_confirmed(
    desk: Desk, people: People, release_id: str
) -> None:
    act(desk, people.reviewer, confirm_all, release_id, "fr")
    approve(desk, people.second_reviewer, release_id, "fr")

    revise_slightly(desk, people, release_id)
    act(desk, people.reviewer, redraft, release_id, "fr")
    draft(desk, release_id)

    assert {"fr": "in_review"} == states(desk, release_id)
    (waiting,) = [unit for unit in units(desk, release_id) if unit.change_is_minor]
    assert "meteeen" in waiting.target  # of the old source


def test_an_edit_after_a_minor_one_is_the_reviewers_own_word(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.reviewer, confirm_all, release_id, "fr")
    revise_slightly(desk, people, release_id)

    unit = save(desk, people.reviewer, release_id, units(desk, release_id)[3], target="Autre chose")

    assert (False, "translated") == (unit.change_is_minor, unit.state)
    assert unit.state_before is None


def test_all_minor_edits_are_accepted_together_and_undone_together(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.reviewer, confirm_all, release_id, "fr")
    revise_slightly(desk, people, release_id, TEXT.replace("kostte", "kosttte"))
    waiting = [unit for unit in units(desk, release_id) if unit.change_is_minor]
    chosen = {**seen(*waiting), waiting[1].id: 1}

    done = act(desk, people.reviewer, accept_all_minor, release_id, "fr", chosen)

    assert ((4,), (6,)) == (done.changed, done.left)
    assert "reviewed" == unit_of(desk, waiting[0].id).state
    undone = act(desk, people.reviewer, undo_act, release_id, "fr", done.act)
    assert ((4,), "translated") == (undone.changed, unit_of(desk, waiting[0].id).state)


@pytest.mark.parametrize(
    "old, new, code",
    [
        ("25 miljoen", "26 miljoen", "figures_changed"),
        ("in mei", "in juni", "figures_changed"),
        ("An Peeters", "Ann Peeters", "name_changed"),
        ("er meteen", "er niet meteen", "negation_changed"),
        ("knipt", "breekt", "rewritten"),
        ("Veiliger naar school\n\n", "", "otherwise_arranged"),
    ],
)
def test_what_touches_a_fact_is_no_minor_edit(
    lite_desk: Desk, lite_people: People, old: str, new: str, code: str
) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",))

    with pytest.raises(Invalid) as refused:
        revise_slightly(lite_desk, lite_people, release_id, TEXT.replace(old, new))

    assert (code, "minor") == (refused.value.code, refused.value.field)
    assert 1 == release_of(lite_desk, release_id).revision


def test_the_text_of_an_earlier_source_is_offered_and_taken_by_nobody_alone(
    desk: Desk, people: People, release_id: str
) -> None:
    before = units(desk, release_id)[5]
    save(desk, people.reviewer, release_id, before, target="Le pont a coûté 25 millions.")

    revise(desk, people.author, release_id, TYPO.replace("25 miljoen", "27 miljoen"))

    new = units(desk, release_id)[5]
    assert ("", "initial") == (new.target, new.state)
    with desk.read() as reading:
        offered = earlier_texts(reading.session, version_of(desk, release_id, "fr"), [new])
    assert {new.id: "Le pont a coûté 25 millions."} == offered


def test_undo_puts_back_whose_text_it_was_and_once_more_makes_the_save_again(
    desk: Desk, people: People, release_id: str
) -> None:
    first = units(desk, release_id)[1]
    save(desk, people.reviewer, release_id, first, target="Un pont", state="reviewed")

    back = act(desk, people.second_reviewer, undo_unit, release_id, "fr", first.id, row_version=None)

    assert (first.target, "mt", "libretranslate", None) == (back.target, back.origin, back.engine, back.text_by)
    assert ("translated", None) == (back.state, back.confirmed_by)
    again = act(desk, people.second_reviewer, undo_unit, release_id, "fr", first.id, row_version=back.row_version)
    assert ("Un pont", "reviewed") == (again.target, again.state)
    assert (people.reviewer.user_id, people.reviewer.user_id) == (again.text_by, again.confirmed_by)


def test_undo_is_refused_where_nothing_stood_before_or_somebody_was_faster(
    desk: Desk, people: People, release_id: str
) -> None:
    unit = units(desk, release_id)[1]

    with pytest.raises(Conflict):
        act(desk, people.reviewer, undo_unit, release_id, "fr", unit.id, row_version=None)
    with pytest.raises(Stale):
        act(desk, people.reviewer, undo_unit, release_id, "fr", unit.id, row_version=unit.row_version - 1)
    with pytest.raises(NotAllowed):
        act(desk, people.publisher, undo_unit, release_id, "fr", unit.id, row_version=None)


def test_undoing_a_confirmation_of_all_leaves_what_somebody_changed_since(
    desk: Desk, people: People, release_id: str
) -> None:
    one = new_act()
    act(desk, people.reviewer, confirm_all, release_id, "fr", act=one)
    save(desk, people.second_reviewer, release_id, units(desk, release_id)[2], target="Autre chose")

    done = act(desk, people.reviewer, undo_act, release_id, "fr", one)

    assert ((1, 2, 4, 5, 6, 7), (3,)) == (done.changed, done.left)
    assert {"translated"} == {unit.state for unit in units(desk, release_id)}
    with pytest.raises(NotFound):
        act(desk, people.reviewer, undo_act, release_id, "fr", "act_none")


def test_an_approval_outlives_the_undoing_of_confirmations_and_falls_with_the_text(
    desk: Desk, people: People, release_id: str
) -> None:
    one = new_act()
    save(desk, people.reviewer, release_id, units(desk, release_id)[1], target="Un pont sur la Lys")
    act(desk, people.reviewer, confirm_all, release_id, "fr", act=one)
    approve(desk, people.second_reviewer, release_id, "fr")

    assert () == act(desk, people.reviewer, undo_act, release_id, "fr", one).changed
    assert {"fr": "approved"} == states(desk, release_id)

    pont = Sought("pont", "passage")
    act(desk, people.reviewer, replace_in_version, release_id, "fr", pont, Chosen(seen(*units(desk, release_id))))
    assert {"fr": "in_review"} == states(desk, release_id)


def test_replacing_is_one_act_that_passes_by_whoever_was_faster(desk: Desk, people: People, release_id: str) -> None:
    act(desk, people.reviewer, confirm_all, release_id, "fr")
    before = units(desk, release_id)
    chosen = seen(*before)
    save(desk, people.second_reviewer, release_id, before[5], target="De brug, autrement")

    sought = Sought("brug", "pont", whole_words=True, match_case=True)
    done = act(desk, people.reviewer, replace_in_version, release_id, "fr", sought, Chosen(chosen), keep_confirmed=True)

    after = units(desk, release_id)
    assert (6,) == done.left
    assert done.changed == tuple(n for n, unit in enumerate(before, 1) if "brug" in unit.target and n != 6)
    assert all("brug" not in unit.target and "reviewed" == unit.state for n, unit in enumerate(after, 1) if n != 6)
    act(desk, people.reviewer, undo_act, release_id, "fr", done.act)
    assert [unit.target for unit in before[:5]] == [unit.target for unit in units(desk, release_id)[:5]]


def test_only_the_chosen_hits_are_replaced_and_the_confirmation_falls(
    desk: Desk, people: People, release_id: str
) -> None:
    unit = save(desk, people.reviewer, release_id, units(desk, release_id)[1], target="pont, pont", state="reviewed")

    chosen = Chosen(seen(unit), {unit.id: {6}})
    act(desk, people.reviewer, replace_in_version, release_id, "fr", Sought("Pont", "tunnel"), chosen)

    after = unit_of(desk, unit.id)
    assert ("pont, tunnel", "translated", None) == (after.target, after.state, after.confirmed_by)


def test_a_confirmed_text_goes_where_it_was_asked_to_and_nowhere_else(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",), text=TWICE)
    other_release = drafted(desk, people, targets=("fr",), text=TWICE)
    here, there = (unit for n, unit in enumerate(units(desk, release_id)) if n in {3, 6})
    with pytest.raises(Conflict):
        act(desk, people.reviewer, propagate, release_id, "fr", here.id, seen(there))
    save(desk, people.second_reviewer, release_id, there, target="D’une autre personne", state="reviewed")
    unit = save(desk, people.reviewer, release_id, here, target="À pied ou à vélo.", state="reviewed")
    with desk.read() as reading:
        (found,) = same_sentences(reading.session, version_of(desk, release_id, "fr"), unit)
    assert (there.id, 7, True) == (found.unit.id, found.n, found.is_anothers(people.reviewer))

    stale = act(desk, people.reviewer, propagate, release_id, "fr", here.id, seen(there))
    elsewhere = units(desk, other_release)[3]
    done = act(
        desk, people.reviewer, propagate, release_id, "fr", here.id, seen(elsewhere), into=other_release, confirm=False
    )

    assert ((), (7,)) == (stale.changed, stale.left)
    assert "D’une autre personne" == unit_of(desk, there.id).target
    assert ((4,), "À pied ou à vélo.") == (done.changed, unit_of(desk, elsewhere.id).target)
    assert ("translated", people.reviewer.user_id) == (
        unit_of(desk, elsewhere.id).state,
        unit_of(desk, elsewhere.id).text_by,
    )
    act(desk, people.reviewer, undo_act, other_release, "fr", done.act)
    assert elsewhere.target == unit_of(desk, elsewhere.id).target


def test_a_revision_of_the_source_counts_on_only_what_it_changes(desk: Desk, people: People, release_id: str) -> None:
    before = {unit.id: unit.row_version for unit in units(desk, release_id)}

    revise(desk, people.author, release_id, TYPO + "\nDe fietsers kijken ernaar uit.\n")

    after = {unit.id: unit.row_version for unit in units(desk, release_id)}
    assert before == {unit_id: version for unit_id, version in after.items() if unit_id in before}
    assert 1 == len(after) - len(before)


def test_a_revision_counts_on_what_is_no_longer_approved(desk: Desk, people: People, release_id: str) -> None:
    approve(desk, people.reviewer, release_id, "fr")
    before = units(desk, release_id)

    revise(desk, people.author, release_id, TYPO + "\nDe fietsers kijken ernaar uit.\n")

    after = units(desk, release_id)[: len(before)]
    assert [unit.row_version + 1 for unit in before] == [unit.row_version for unit in after]


def test_undoing_the_acceptance_of_a_minor_edit_asks_about_it_again(lite_desk: Desk, lite_people: People) -> None:
    desk, people = lite_desk, lite_people
    release_id = drafted(desk, people, targets=("fr",), text=TYPO)
    act(desk, people.reviewer, confirm_all, release_id, "fr")
    revise_slightly(desk, people, release_id)
    (waiting,) = [unit for unit in units(desk, release_id) if unit.change_is_minor]
    place = release_id, "fr", waiting.id
    act(desk, people.second_reviewer, accept_minor, *place, row_version=None)

    for _ in range(2):  # undone, made again, undone
        back = act(desk, people.second_reviewer, undo_unit, *place, row_version=None)
        assert _question(waiting) == _question(back)
        again = act(desk, people.second_reviewer, undo_unit, *place, row_version=None)
        assert ("reviewed", False, None) == (again.state, again.change_is_minor, again.changed_from)


def test_undoing_an_edit_after_a_minor_one_asks_about_it_again(lite_desk: Desk, lite_people: People) -> None:
    desk, people = lite_desk, lite_people
    release_id = drafted(desk, people, targets=("fr",), text=TYPO)
    revise_slightly(desk, people, release_id)
    (waiting,) = [unit for unit in units(desk, release_id) if unit.change_is_minor]
    save(desk, people.reviewer, release_id, waiting, target="Autre chose", state="reviewed")

    back = act(desk, people.reviewer, undo_unit, release_id, "fr", waiting.id, row_version=None)

    assert _question(waiting) == _question(back)


def _question(unit: Unit) -> tuple[object, ...]:
    return unit.target, unit.state, unit.confirmed_by, unit.change_is_minor, unit.changed_from, unit.state_before


def test_only_the_newest_save_of_what_stands_can_be_undone(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    with desk.begin(people.reviewer) as work:
        unit = work.session.scalars(select(Unit).order_by(Unit.id)).first()
        assert unit is not None
        for text in ("Un pont", "Un autre pont"):
            edit_unit(work, release_id, "fr", unit.id, row_version=None, target=text)
        now = undoable_units(work.session, [unit])
        unit.target = "Un pont"  # as something that is no save leaves it: an older text, which is not the newest save's
        work.session.flush()

        assert ({unit.id}, set()) == (now, undoable_units(work.session, [unit]))
