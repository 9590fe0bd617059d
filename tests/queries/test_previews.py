"""What a text would become, counted before it is there, is what it becomes; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from service.domain.permissions import Actor
from service.formats import read
from service.operations.publishing import request_publication
from service.operations.releases import Submission, revise_source
from service.operations.review import edit_unit
from service.queries.previews import preview_of
from service.queries.releases import current_revision, release_row, version_row
from service.queries.review import unit_rows
from service.queries.revision_previews import RevisionPreview, preview_revision
from service.storage.models import MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import NOON, People
from tests.operations.making import TEXT, approve, draft, submit

NEW = TEXT.replace("25 miljoen", "26 miljoen").replace("Persbericht\n\n", "") + "\nIedereen is welkom op het feest.\n"


def known(desk: Desk, who: Actor, text: str = TEXT) -> dict[str, tuple[int, int]]:
    with desk.read() as reading:
        found = preview_of(
            reading.session, who, read(text, "text"), office=desk.office, locales=("fr", "de"), now=reading.now
        )
    return {each.locale: (each.segments, each.words) for each in found.known}


def looked_at(desk: Desk, release_id: str, who: Actor, text: str) -> RevisionPreview:
    with desk.read() as reading:
        release = release_row(reading.session, who, release_id).release
        revision = current_revision(reading.session, release)
        return preview_revision(reading.session, release, revision, read(text, "text"))


def test_a_text_is_cut_and_counted(desk: Desk, people: People) -> None:
    with desk.read() as reading:
        found = preview_of(
            reading.session, people.author, read(TEXT, "text"), office=desk.office, locales=("fr",), now=NOON
        )

    assert [1, 2, 3, 4, 5, 6, 7] == [one.n for block in found.blocks for one in block.segments]
    assert ["title", "kicker", "lead", "heading", "paragraph"] == [each.block.kind.value for each in found.blocks]
    assert len(TEXT.split()) == found.words


@pytest.mark.parametrize("secret", [True, False])
def test_only_what_may_be_offered_and_known_counts_as_known(desk: Desk, people: People, *, secret: bool) -> None:
    embargo = NOON + timedelta(days=1) if secret else None
    release_id = submit(desk, people.author, targets=("fr",), embargo_at=embargo)
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)

    everything = (7, len(TEXT.split()))
    with desk.read() as reading:
        assert not reading.session.scalars(select(MemoryUnit.id).where(MemoryUnit.public)).all()
    assert {"fr": (0, 0) if secret else everything, "de": (0, 0)} == known(desk, people.publisher)
    assert {"fr": (0, 0), "de": (0, 0)} == known(desk, people.other_author)
    if not secret:
        with desk.begin(people.publisher) as work:
            request_publication(work, release_id)
        assert {"fr": everything, "de": (0, 0)} == known(desk, people.other_author)


def test_what_a_revision_would_do_is_what_it_does(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author, targets=("fr", "de"))
    draft(desk, release_id)
    with desk.read() as reading:
        rows = unit_rows(reading.session, version_row(reading.session, people.admin, release_id, "fr")[1].version)
    for row in (rows[0], rows[5]):  # the title, which stays, and the sentence that changes
        with desk.begin(people.reviewer) as work:
            edit_unit(
                work, release_id, "fr", row.unit.id, row_version=None, target=row.unit.target + " !", state="reviewed"
            )
    approve(desk, people.reviewer, release_id, "de")

    found = looked_at(desk, release_id, people.author, NEW)

    assert [5, 1, 1, 1] == [found.count(fate) for fate in ("kept", "changed", "added", "removed")]
    french, german = found.effects
    assert ("in_review", "in_review", 5, 1, 2, 1, False) == (
        french.before,
        french.after,
        french.kept,
        french.confirmed,
        french.drafted_anew,
        french.written,
        french.approval_voided,
    )
    assert ("approved", "in_review", 5, True) == (german.before, german.after, german.kept, german.approval_voided)
    with desk.begin(people.author) as work:
        revise_source(work, release_id, Submission(read(NEW, "text"), NEW, "text"), row_version=None)
    with desk.read() as reading:
        for effect in found.effects:
            _, row = version_row(reading.session, people.admin, release_id, effect.locale)
            assert row.version.state == effect.after
            assert row.approval is None
            assert (row.tally.drafted, row.tally.empty) == (effect.kept, effect.drafted_anew)
            assert row.tally.confirmed == effect.confirmed


def test_the_same_text_would_change_nothing(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)

    found = looked_at(desk, release_id, people.author, TEXT)

    assert found.same
    assert 7 == found.count("kept")


def test_in_a_minor_edit_what_changes_keeps_its_translation_to_be_accepted(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author, targets=("fr",))
    draft(desk, release_id)
    new = read(TEXT.replace("knipt het lint door", "knipt er het lint door"), "text")

    with desk.read() as reading:
        release = release_row(reading.session, people.author, release_id).release
        revision = current_revision(reading.session, release)
        whole, minor = (
            preview_revision(reading.session, release, revision, new, minor=minor).effects[0] for minor in (False, True)
        )

    assert (6, 0, 1) == (whole.kept, whole.to_accept, whole.drafted_anew)
    assert (7, 1, 0) == (minor.kept, minor.to_accept, minor.drafted_anew)
