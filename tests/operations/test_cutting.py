"""Joining and dividing segments: what the units say then, in every language, here and in other texts."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from service.domain.drafts import OriginKind
from service.domain.errors import Conflict, Invalid, NotAllowed, Stale
from service.formats import read
from service.formats.xliff import read_xliff, write_xliff
from service.operations.cutting import CutDone
from service.operations.drafting import save_draft, start_draft
from service.operations.exchange import take_in
from service.operations.releases import Submission, revise_source, submit_release
from service.operations.review import edit_unit
from service.operations.undoing import undo_act
from service.queries.exchange import sent_version
from service.queries.previews import preview_of
from service.queries.releases import current_revision
from service.queries.revision_previews import preview_revision
from service.storage.models import SegmentCut
from service.uow import Desk
from tests.desk_fixtures import NOON, People
from tests.faults.invariants import broken
from tests.operations.cutting_steps import FIRST, LAST, LEAD, SECOND, join, save, seen, sources, split, units
from tests.operations.making import TEXT, draft, job_of, submit, text_of, translated
from tests.operations.steps import act, at_once, drafted, release_of, revise, states, submission, version_of


@pytest.fixture
def release_id(lite_desk: Desk, lite_people: People) -> str:
    """A release in French and German, in review."""
    return drafted(lite_desk, lite_people, targets=("fr", "de"))


def test_a_join_leaves_every_language_reading_as_it_did(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    before = {locale: text_of(lite_desk, release_id, locale) for locale in ("fr", "de")}

    done = join(lite_desk, lite_people.french_reviewer, release_id)

    for locale, text in before.items():
        after = text_of(lite_desk, release_id, locale)
        assert text.blocks == after.blocks
        assert text.digest == after.digest
        assert len(text.units) - 1 == len(after.units)
        assert LEAD == after.segments[FIRST].source
        assert [*text.units[:FIRST], *text.units[SECOND + 1 :]] != list(after.units)
        assert [unit.id for unit in (*text.units[:FIRST], *text.units[SECOND + 1 :])] == [
            unit.id for unit in after.units if unit.id != after.units[FIRST].id
        ]
    joined = units(lite_desk, release_id)[FIRST]
    assert (joined.id,) == done.units
    assert f"{before['fr'].units[FIRST].target} {before['fr'].units[SECOND].target}" == joined.target


def test_what_did_not_change_can_be_saved_from_a_page_that_was_open(
    lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    others = units(lite_desk, release_id, "de")
    join(lite_desk, lite_people.french_reviewer, release_id)

    act(
        lite_desk,
        lite_people.reviewer,
        edit_unit,
        release_id,
        "de",
        others[LAST].id,
        row_version=others[LAST].row_version,
        target="Neu.",
    )

    assert "Neu." == units(lite_desk, release_id, "de")[-1].target
    with pytest.raises(Conflict) as refused:
        act(lite_desk, lite_people.reviewer, edit_unit, release_id, "de", others[FIRST].id, row_version=2, target="x")
    assert "cut_meanwhile" == refused.value.code


def test_a_cut_stays_with_its_block_in_later_texts_and_other_releases(
    lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    join(lite_desk, lite_people.reviewer, release_id)
    joined = units(lite_desk, release_id)[FIRST]
    with lite_desk.read() as reading:
        release = release_of(lite_desk, release_id)
        now, later = current_revision(reading.session, release), submission(TEXT.replace("25 m", "26 m")).document
        foreseen = preview_revision(reading.session, release, now, later)
    assert [1, 0, 0] == [foreseen.count(fate) for fate in ("changed", "added", "removed")]

    revise(lite_desk, lite_people.author, release_id, TEXT.replace("25 miljoen", "26 miljoen"))
    other = submit(lite_desk, lite_people.author, targets=("en",))

    assert joined.id == units(lite_desk, release_id)[FIRST].id
    assert LEAD in sources(lite_desk, release_id)
    assert LEAD in sources(lite_desk, other, "en")
    document = submission().document
    with lite_desk.read() as reading:
        preview = preview_of(
            reading.session,
            lite_people.author,
            document,
            office=lite_desk.office,
            locales=("fr",),
            now=reading.now,
        )
    assert LEAD in [segment.source.text for segment in preview.segments]


def test_a_minor_edit_is_held_to_the_segments_as_they_are_cut(
    lite_desk: Desk, lite_people: People, release_id: str
) -> None:
    join(lite_desk, lite_people.reviewer, release_id, place=5)
    revise_as_minor = submission(TEXT.replace("meteen over", "meteeen over"), minor=True)

    act(lite_desk, lite_people.author, revise_source, release_id, revise_as_minor, row_version=None)

    assert [3] == [n for n, unit in enumerate(units(lite_desk, release_id)) if unit.change_is_minor]


def test_a_split_takes_the_places_that_were_chosen(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    save(lite_desk, lite_people.reviewer, release_id, FIRST, "La commune ouvre. Le 14 mai 2026, un pont sur la Lys.")
    before = text_of(lite_desk, release_id, "fr")

    split(lite_desk, lite_people.reviewer, release_id, FIRST, 18, target_at=18)

    after = text_of(lite_desk, release_id, "fr")
    assert before.blocks == after.blocks
    assert ["De gemeente opent", "op 14 mei 2026 een nieuwe brug over de Leie."] == sources(lite_desk, release_id)[2:4]
    assert ["La commune ouvre.", "Le 14 mai 2026, un pont sur la Lys."] == [unit.target for unit in after.units[2:4]]
    german = text_of(lite_desk, release_id, "de")
    assert "[de] De gemeente opent op 14 mei 2026 een nieuwe brug over de Leie." == " ".join(
        unit.target for unit in german.units[2:4]
    )
    assert all(unit.target for unit in german.units[2:4])


def test_the_whole_text_may_stay_with_the_first_part(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    whole = units(lite_desk, release_id)[FIRST].target

    split(lite_desk, lite_people.reviewer, release_id, FIRST, 18, target_at=0)

    first, second = units(lite_desk, release_id)[2:4]
    assert (whole, "translated") == (first.target, first.state)
    assert ("", "initial") == (second.target, second.state)
    with lite_desk.begin() as work:
        drafting = start_draft(work, job_of(lite_desk, release_id, "fr"))
    assert drafting is not None
    assert [second.id] == [segment.unit_id for segment in drafting.segments]
    with lite_desk.begin() as work:
        assert save_draft(work, drafting.job_id, drafting.token, translated(drafting))
    assert [] == broken(lite_desk.database, now=NOON)


@pytest.mark.parametrize("places", [{"at": 0}, {"at": 4}, {"at": 999}, {"at": 18, "target_at": 1}])
def test_a_place_within_a_word_is_refused(
    lite_desk: Desk, lite_people: People, release_id: str, places: dict[str, int]
) -> None:
    with pytest.raises(Invalid):
        split(lite_desk, lite_people.reviewer, release_id, FIRST, **places)

    assert 1 == release_of(lite_desk, release_id).revision


def test_a_line_s_end_is_cut_only_together_with_a_line_s_end(lite_desk: Desk, lite_people: People) -> None:
    html = "<h1>Een brug</h1><p>Een zin hier<br>en verder gaan.</p>"
    document = read(html, "html")
    made, _ = act(lite_desk, lite_people.author, submit_release, Submission(document, html, "html", targets=("fr",)))
    draft(lite_desk, made.id)
    before = text_of(lite_desk, made.id, "fr")

    with pytest.raises(Invalid) as other:
        split(lite_desk, lite_people.reviewer, made.id, 1, 13, target_at=9)
    split(lite_desk, lite_people.reviewer, made.id, 1, 13)

    assert "other_line" == other.value.code
    assert before.blocks == text_of(lite_desk, made.id, "fr").blocks
    assert ["[fr] Een zin hier", "en verder gaan."] == [unit.target for unit in units(lite_desk, made.id)[1:]]


def test_what_cannot_be_cut_is_told(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    with pytest.raises(Conflict) as last:
        join(lite_desk, lite_people.reviewer, release_id, SECOND)
    with pytest.raises(Conflict) as title:
        split(lite_desk, lite_people.reviewer, release_id, 0, 7)
    with pytest.raises(NotAllowed):
        join(lite_desk, lite_people.author, release_id)

    assert ("nothing_to_join", "whole_block") == (last.value.code, title.value.code)


def test_a_page_that_is_out_of_date_changes_nothing(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    old = seen(lite_desk, release_id)
    save(lite_desk, lite_people.reviewer, release_id, SECOND, "Un autre texte.")

    with pytest.raises(Stale) as stale:
        join(lite_desk, lite_people.reviewer, release_id, seen=old)
    assert "Un autre texte." == stale.value.theirs
    with pytest.raises(Conflict):
        join(lite_desk, lite_people.reviewer, release_id, seen={units(lite_desk, release_id)[FIRST].id: 2})

    assert 1 == release_of(lite_desk, release_id).revision


def test_files_have_the_segments_as_they_are_cut(lite_desk: Desk, lite_people: People, release_id: str) -> None:
    def file() -> Any:
        with lite_desk.read() as reading:
            release = release_of(lite_desk, release_id)
            return sent_version(reading.session, release, version_of(lite_desk, release_id, "fr"))

    def back(sent: Any) -> Any:
        return read_xliff(write_xliff(sent), release_id=release_id, source_locale="nl", target_locale="fr")

    old = back(file())
    join(lite_desk, lite_people.reviewer, release_id)

    refused = act(lite_desk, lite_people.reviewer, take_in, release_id, "fr", old).refused

    assert LEAD in [unit.source.text for unit in back(file())]
    assert ["cut_meanwhile"] * 2 == [each.reason.code for each in refused]


def test_a_worker_that_drafts_meanwhile_writes_nothing_into_what_left(lite_desk: Desk, lite_people: People) -> None:
    release_id = submit(lite_desk, lite_people.author, targets=("fr",))
    job_id = job_of(lite_desk, release_id, "fr")
    with lite_desk.begin() as work:
        drafting = start_draft(work, job_id)
    assert drafting is not None
    join(lite_desk, lite_people.reviewer, release_id)

    with lite_desk.begin() as work:
        assert not save_draft(work, job_id, drafting.token, translated(drafting))

    assert {"fr": "queued"} == states(lite_desk, release_id)
    draft(lite_desk, release_id)
    joined = units(lite_desk, release_id)[FIRST]
    assert (f"[fr] {LEAD}", OriginKind.MT) == (joined.target, joined.origin)


def test_the_same_paragraph_is_cut_alike_wherever_it_stands(lite_desk: Desk, lite_people: People) -> None:
    twice = f"{TEXT}\nNog eens\n\n{LEAD}\n"
    release_id = drafted(lite_desk, lite_people, targets=("fr",), text=twice)

    done = join(lite_desk, lite_people.reviewer, release_id)

    assert 2 == sources(lite_desk, release_id).count(LEAD)
    assert 1 == len(done.units)
    act(lite_desk, lite_people.reviewer, undo_act, release_id, "fr", done.act)
    assert 0 == sources(lite_desk, release_id).count(LEAD)


def test_two_releases_that_cut_the_same_paragraph_at_once_both_do(desk: Desk, people: People) -> None:
    pair = [drafted(desk, people, targets=("fr",)) for _ in range(2)]

    results = at_once(*(partial(join, desk, people.reviewer, release_id) for release_id in pair))

    assert [CutDone, CutDone] == [type(each) for each in results]
    with desk.read() as reading:
        assert 1 == len(reading.session.scalars(select(SegmentCut)).all())
