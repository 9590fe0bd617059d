"""What a translator's file does to a version: exactly the texts that it changes, in one transaction, as its sender."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from service.domain.errors import NotAllowed, NotFound, Refused, WrongState
from service.domain.exchange import ReturnedText, ReturnedUnit, SentVersion
from service.domain.permissions import Actor
from service.domain.text import Document
from service.formats import read
from service.formats.xliff import read_xliff, write_xliff, write_xliff12
from service.operations.approvals import approve_version, reopen_version
from service.operations.exchange import TakenIn, take_in
from service.operations.publishing import request_publication
from service.operations.releases import Submission, submit_release
from service.operations.review import MAX_TARGET_CHARACTERS, confirm_all, edit_unit
from service.queries.exchange import sent_version
from service.queries.releases import version_row
from service.storage.models import AuditEntry, FindingRow, UnitRevision
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import TEXT, approve, draft, text_of
from tests.operations.steps import act, drafted, revise, states, unit_of

HTML = """<h1>Een brug</h1><p>De <b>nieuwe</b> brug is <a href="https://example.org/">hier</a> te zien.<br>Kom.</p>
<h2>Veilig &amp; wel</h2><p>Dit is <i>alles</i>.</p>"""
WRITERS = pytest.mark.parametrize("write", [write_xliff, write_xliff12])
Write = Callable[[SentVersion], bytes]


def submitted_html(desk: Desk, people: People) -> str:
    """Return a release with inline codes, drafted."""
    document: Document = read(HTML, "html")
    with desk.begin(people.author) as work:
        release, _ = submit_release(work, Submission(document=document, body=HTML, format="html"))
    draft(desk, release.id)
    return release.id


def sent(desk: Desk, people: People, release_id: str, locale: str = "fr") -> SentVersion:
    """Return the version as it would go out now."""
    with desk.read() as reading:
        release, row = version_row(reading.session, people.reviewer, release_id, locale)
        return sent_version(reading.session, release, row.version)


def returned(write: Write, version: SentVersion) -> tuple[ReturnedUnit, ...]:
    """Return what comes back of a version that was written and read."""
    return read_xliff(
        write(version),
        release_id=version.release_id,
        source_locale=version.source_locale,
        target_locale=version.target_locale,
    )


def changed(version: SentVersion, *numbers: int, by: str = "Bon : ") -> SentVersion:
    """Return the version as a translator leaves it who writes something before the units with these numbers."""
    units = (
        replace(unit, target=f"{by}{unit.target}") if unit.n in numbers or not numbers else unit
        for unit in version.units
    )
    return replace(version, units=tuple(units))


def taken(desk: Desk, actor: Actor, version: SentVersion, write: Write = write_xliff) -> TakenIn:
    """Send a version's file in as somebody."""
    return act(desk, actor, take_in, version.release_id, version.target_locale, returned(write, version))


def codes(it: TakenIn) -> list[str]:
    """Return why units were refused."""
    return [refusal.reason.code for refusal in it.refused]


def rows(desk: Desk) -> tuple[int, int]:
    """Count what stands on record: saves of units, and entries of the audit."""
    with desk.read() as reading:
        counts = [reading.session.scalar(select(func.count()).select_from(kind)) for kind in (UnitRevision, AuditEntry)]
    return counts[0] or 0, counts[1] or 0


@WRITERS
def test_a_file_that_nobody_touched_changes_nothing(desk: Desk, people: People, write: Write) -> None:
    release_id = submitted_html(desk, people)
    before = sent(desk, people, release_id)
    on_record = rows(desk)

    it = taken(desk, people.reviewer, before, write)

    assert TakenIn((), len(before.units), ()) == it
    assert before == sent(desk, people, release_id)
    assert on_record == rows(desk)


@WRITERS
def test_exactly_the_unit_that_was_edited_changes(desk: Desk, people: People, write: Write) -> None:
    release_id = submitted_html(desk, people)
    before = sent(desk, people, release_id)
    edited = changed(before, 2)

    it = taken(desk, people.reviewer, edited, write)

    after = sent(desk, people, release_id)
    assert TakenIn((before.units[1].id,), len(before.units) - 1, ()) == it
    assert [unit.target for unit in edited.units] == [unit.target for unit in after.units]
    assert [2, 3, *[2] * (len(before.units) - 2)] == [unit.row_version for unit in after.units]


def test_the_sender_wrote_the_text_and_confirmed_nothing(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    edited = changed(sent(desk, people, release_id), 1)
    final = replace(edited, units=tuple(replace(unit, state=unit.state.FINAL) for unit in edited.units))

    it = taken(desk, people.french_reviewer, final)

    unit = unit_of(desk, it.changed[0])
    assert (people.french_reviewer.user_id, "person", "translated", None) == (
        unit.text_by,
        unit.origin,
        unit.state,
        unit.confirmed_by,
    )
    assert {"translated"} == {each.state.value for each in sent(desk, people, release_id).units}


def test_whoever_sent_a_text_cannot_approve_it(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    taken(desk, people.french_reviewer, changed(sent(desk, people, release_id), 1))
    digest = text_of(desk, release_id, "fr").digest

    with pytest.raises(Refused) as refused:
        act(desk, people.french_reviewer, approve_version, release_id, "fr", digest=digest)
    act(desk, people.reviewer, approve_version, release_id, "fr", digest=digest)

    assert ["four_eyes"] == [reason.code for reason in refused.value.reasons]
    assert "approved" == states(desk, release_id)["fr"]


def test_a_text_that_comes_in_is_checked_and_recorded(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    before = sent(desk, people, release_id)
    number = next(unit for unit in before.units if "25" in unit.target)
    units = [replace(unit, target="Cher.") if unit is number else unit for unit in before.units]

    it = taken(desk, people.reviewer, replace(before, units=tuple(units)))

    with desk.read() as reading:
        found = set(reading.session.scalars(select(FindingRow.code).where(FindingRow.unit_id == number.id)))
        entries = reading.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(2)).all()
    assert (number.id,) == it.changed
    assert "numbers" in found
    assert ["version.imported", "unit.saved"] == [entry.action for entry in entries]
    assert {"changed": 1, "refused": 0} == {name: entries[0].facts[name] for name in ("changed", "refused")}


def test_the_same_file_twice_changes_nothing_more(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    edited = changed(sent(desk, people, release_id))

    first = taken(desk, people.reviewer, edited)
    second = taken(desk, people.reviewer, edited)

    assert len(edited.units) == len(first.changed)
    assert TakenIn((), len(edited.units), ()) == second


def test_what_somebody_saved_meanwhile_stays_and_both_texts_are_told(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    before = sent(desk, people, release_id)
    first = before.units[0]
    act(desk, people.reviewer, edit_unit, release_id, "fr", first.id, row_version=2, target="Un pont")

    it = taken(desk, people.second_reviewer, changed(before, 1, 2))

    assert (before.units[1].id,) == it.changed
    assert [(first.id, 1, f"Bon : {first.target}", "Un pont")] == [
        (refusal.unit, refusal.n, refusal.mine, refusal.theirs) for refusal in it.refused
    ]
    assert ["stale"] == codes(it)
    assert "Un pont" == unit_of(desk, first.id).target


def test_a_source_that_changed_meanwhile_refuses_its_segments_only(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    before = sent(desk, people, release_id)
    revise(desk, people.author, release_id, TEXT.replace("25 miljoen", "26 miljoen"))

    it = taken(desk, people.reviewer, changed(before))

    assert len(before.units) - 1 == len(it.changed)
    assert ["unknown_unit"] == codes(it)


def test_a_segment_of_another_version_is_unknown(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    german = sent(desk, people, release_id, "de")

    it = act(desk, people.reviewer, take_in, release_id, "fr", returned(write_xliff, changed(german)))

    assert ((), {"unknown_unit"}) == (it.changed, set(codes(it)))
    assert german == sent(desk, people, release_id, "de")


def test_a_segment_that_stands_in_the_file_twice_counts_once(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    before = sent(desk, people, release_id)
    twice = (*returned(write_xliff, changed(before, 1)), *returned(write_xliff, changed(before, 1, by="Non : ")))

    it = act(desk, people.reviewer, take_in, release_id, "fr", twice)

    assert (before.units[0].id,) == it.changed
    assert {"doubled_unit"} == set(codes(it))
    assert f"Bon : {before.units[0].target}" == unit_of(desk, before.units[0].id).target


def test_broken_codes_and_texts_that_are_too_long_are_refused_and_the_rest_is_saved(desk: Desk, people: People) -> None:
    release_id = submitted_html(desk, people)
    before = sent(desk, people, release_id)
    coded = next(unit for unit in before.units if unit.source.codes)
    texts = {
        before.units[0].id: "x" * (MAX_TARGET_CHARACTERS + 1),
        coded.id: "Sans marques",
        before.units[-1].id: before.units[-1].target + " Voilà.",
    }
    units = (replace(unit, target=texts.get(unit.id, unit.target)) for unit in before.units)

    it = taken(desk, people.reviewer, replace(before, units=tuple(units)))

    assert (before.units[-1].id,) == it.changed
    assert ["too_long", "codes_missing"] == codes(it)
    assert len(before.units) - 3 == it.unchanged


def test_a_text_is_not_emptied(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    before = sent(desk, people, release_id)
    emptied = replace(before, units=tuple(replace(unit, target="") for unit in before.units))

    it = taken(desk, people.reviewer, emptied)

    assert {"empty_target"} == set(codes(it))
    assert before == sent(desk, people, release_id)


def test_an_approved_version_takes_nothing_until_it_is_open_again(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    approve(desk, people.reviewer, release_id, "fr")
    edited = changed(sent(desk, people, release_id), 1)

    with pytest.raises(WrongState):
        taken(desk, people.second_reviewer, edited)
    act(desk, people.publisher, reopen_version, release_id, "fr", "Un mot.")
    reopened = taken(desk, people.second_reviewer, changed(sent(desk, people, release_id), 1))

    assert 1 == len(reopened.changed)


def test_a_published_version_takes_nothing(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    edited = changed(sent(desk, people, release_id), 1)
    on_record = rows(desk)

    with pytest.raises(WrongState):
        taken(desk, people.second_reviewer, edited)

    assert on_record == rows(desk)


def test_a_confirmation_meanwhile_makes_a_file_stale(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    before = sent(desk, people, release_id)
    act(desk, people.reviewer, confirm_all, release_id, "fr")

    it = taken(desk, people.second_reviewer, changed(before, 1))

    assert ((), ["stale"]) == (it.changed, codes(it))


@pytest.mark.parametrize("who", ["author", "publisher", "admin", "auditor"])
def test_only_reviewers_of_the_language_may_send_a_file(desk: Desk, people: People, who: str) -> None:
    release_id = drafted(desk, people)

    with pytest.raises(NotAllowed):
        taken(desk, getattr(people, who), sent(desk, people, release_id))


def test_a_reviewer_of_another_language_may_not_send_one(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)

    with pytest.raises(NotAllowed):
        taken(desk, people.french_reviewer, sent(desk, people, release_id, "de"))


def test_who_may_not_see_a_release_learns_nothing(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)

    with pytest.raises(NotFound):
        taken(desk, people.other_author, sent(desk, people, release_id))


def test_a_file_without_units_changes_nothing(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)

    it = act(desk, people.reviewer, take_in, release_id, "fr", ())

    assert TakenIn((), 0, ()) == it


def test_an_id_that_is_not_ours_is_told_in_part(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    odd = ReturnedUnit("x" * 1000, ReturnedText("Bron"), ReturnedText("Doel"), row_version=1, source_hash="aa")

    it = act(desk, people.reviewer, take_in, release_id, "fr", (odd,))

    assert ["x" * 64] == [refusal.unit for refusal in it.refused]
