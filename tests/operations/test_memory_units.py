from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from service.domain.matching.identities import filed_as
from service.domain.memory_files import FiledTarget, FiledUnit
from service.domain.segmentation import source_hash
from service.domain.text import CodedText
from service.operations.approvals import approve_version, reopen_version
from service.operations.context import Work
from service.operations.memory_import import MemoryImport
from service.operations.memory_keeping import edit_unit_target
from service.operations.publishing import request_publication, withdraw_release
from service.storage.models import MemorySource, MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, draft, text_of
from tests.operations.memory_audit import audit_memory
from tests.operations.memory_steps import list_all, listed
from tests.operations.steps import act, approve_present, drafted, published, revise, version_of

BRIDGE = "De brug kostte 25 miljoen euro."
CLOSING = "Bel het onthaal."


class PowerFailureError(Exception):
    """Something that nobody foresaw."""


@pytest.fixture(autouse=True)
def _whole_memory(desk: Desk) -> Iterator[None]:
    """Look, after every test, whether the memory is whole."""
    yield
    with desk.read() as reading:
        audit_memory(reading.session)


def units(desk: Desk, source: str | None = None) -> list[MemoryUnit]:
    """Return the units of the memory, or of one source."""
    statement = select(MemoryUnit).join(MemorySource).order_by(MemoryUnit.id)
    if source is not None:
        statement = statement.where(MemorySource.source == source)
    with desk.read() as reading:
        return list(reading.session.scalars(statement))


def sources(desk: Desk) -> set[str]:
    with desk.read() as reading:
        return set(reading.session.scalars(select(MemorySource.source)))


def text_with(*paragraphs: str) -> str:
    return "\n\n".join(("Nieuwe brug over de Leie", *paragraphs)) + "\n"


def take_in(desk: Desk, people: People, source: str, target: str) -> None:
    """Import one pair, as from a file."""
    with desk.begin(people.admin) as work:
        unit = FiledUnit(1, CodedText(source), (FiledTarget("fr", target),))
        assert 1 == MemoryImport("nl", "oude-teksten.tmx").take(work, [unit]).added


def test_a_unit_tells_where_it_came_from(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("fr", "de"))
    clock.forward(minutes=3)
    approve(desk, people.french_reviewer, release_id, "fr")

    (unit,) = units(desk, BRIDGE)

    version = version_of(desk, release_id, "fr")
    assert (release_id, version.id, 1, "fr") == (unit.release_id, unit.version_id, unit.revision, unit.target_locale)
    assert (people.french_reviewer.user_id, clock.moment) == (unit.approved_by, unit.approved_at)
    assert (f"[fr] {BRIDGE}", "approved", "", True) == (unit.target, unit.origin, unit.collection, unit.confirmed)
    assert (False, None, 1) == (unit.public, unit.retired_at, unit.row_version)
    assert {segment.source for segment in text_of(desk, release_id, "fr").segments} == sources(desk)


def test_publication_opens_the_units_of_its_version_and_of_no_other(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)
    other = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, other)

    act(desk, people.publisher, request_publication, release_id)

    assert {(release_id, True), (other, False)} == {(unit.release_id, unit.public) for unit in units(desk)}


def test_an_approved_correction_takes_the_place_of_what_was_there(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = published(desk, people, targets=("fr",))
    before = units(desk)
    clock.forward(hours=1)
    revise(desk, people.author, release_id, TEXT.replace("25 miljoen", "26 miljoen"))
    draft(desk, release_id)

    approve_present(desk, people.second_reviewer, release_id, "fr")

    after = units(desk)
    assert ({2}, {people.second_reviewer.user_id}, {clock.moment}) == (
        {unit.revision for unit in after},
        {unit.approved_by for unit in after},
        {unit.approved_at for unit in after},
    )
    assert (len(before), {False}) == (len(after), {unit.public for unit in after})
    assert set() == {unit.id for unit in before} & {unit.id for unit in after}
    assert (False, True) == (BRIDGE in sources(desk), BRIDGE.replace("25", "26") in sources(desk))


def test_the_same_text_approved_again_stands_once(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)
    first = [(unit.identity, unit.target) for unit in units(desk)]
    act(desk, people.publisher, reopen_version, release_id, "fr", "Een fout.")
    gone = units(desk)

    approve(desk, people.second_reviewer, release_id)

    assert ([], first) == (gone, [(unit.identity, unit.target) for unit in units(desk)])


def test_what_a_person_changed_in_the_memory_ends_with_a_new_approval(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)
    (unit,) = units(desk, BRIDGE)
    act(desk, people.reviewer, edit_unit_target, unit.id, "Le pont a coûté 25 millions.", "", 1)
    act(desk, people.publisher, reopen_version, release_id, "fr", "Een fout.")

    approve(desk, people.reviewer, release_id)

    assert [f"[fr] {BRIDGE}"] == [each.target for each in units(desk, BRIDGE)]


@pytest.mark.parametrize("end", ["reopened", "withdrawn"])
def test_what_is_taken_back_goes_with_its_sources(desk: Desk, people: People, end: str) -> None:
    release_id = published(desk, people, targets=("fr", "de"))
    list_all(desk)

    if end == "reopened":
        act(desk, people.publisher, reopen_version, release_id, "fr", "Een fout.")
    else:
        act(desk, people.publisher, withdraw_release, release_id, "Een fout.")

    left = {unit.target_locale for unit in units(desk)}
    assert {"de"} == left if end == "reopened" else (set(), set(), {}) == (left, sources(desk), listed(desk))


def test_a_source_stays_as_long_as_one_release_has_it(desk: Desk, people: People) -> None:
    first, second = (drafted(desk, people, targets=("fr",), text=TEXT) for _ in range(2))
    third = drafted(desk, people, targets=("fr",), text=text_with(BRIDGE))
    for release_id in (first, second, third):
        approve(desk, people.reviewer, release_id)
    there = sources(desk)

    act(desk, people.publisher, withdraw_release, first, "Een fout.")
    still = sources(desk)
    act(desk, people.publisher, reopen_version, second, "fr", "Een fout.")

    assert there == still
    assert {"Nieuwe brug over de Leie", BRIDGE} == sources(desk)
    assert [third] == [unit.release_id for unit in units(desk, BRIDGE)]


def test_a_sentence_between_other_neighbours_is_a_unit_of_its_own(desk: Desk, people: People) -> None:
    release_id = drafted(
        desk, people, targets=("fr",), text=text_with(f"{CLOSING} {BRIDGE}", f"{CLOSING} Kom langs.", "Tot dan.")
    )
    approve(desk, people.reviewer, release_id)

    closing = units(desk, CLOSING)

    assert (2, 1) == (len({unit.context for unit in closing}), len({unit.source_id for unit in closing}))
    assert Counter({CLOSING: 2}) + Counter(sources(desk) - {CLOSING}) == Counter(
        segment.source for segment in text_of(desk, release_id, "fr").segments
    )


def test_a_sentence_between_the_same_neighbours_is_one_unit(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",), text=text_with(*[f"{CLOSING} {BRIDGE} Kom langs."] * 3))
    approve(desk, people.reviewer, release_id)

    times = Counter(segment.source for segment in text_of(desk, release_id, "fr").segments)
    assert (3, 1) == (times[BRIDGE], len(units(desk, BRIDGE)))


def test_what_came_from_a_file_outlives_a_version_with_the_same_source(desk: Desk, people: People) -> None:
    take_in(desk, people, BRIDGE, "Le pont, d'un fichier.")
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)
    both = Counter(unit.origin for unit in units(desk, BRIDGE))

    act(desk, people.publisher, withdraw_release, release_id, "Een fout.")

    (left,) = units(desk)
    list_all(desk)
    assert {"import": 1, "approved": 1} == both
    assert ("Le pont, d'un fichier.", "oude-teksten.tmx", None) == (left.target, left.collection, left.release_id)
    assert {BRIDGE} == sources(desk)
    assert ["le pont, d'un fichier." in body for body in listed(desk).values()] == [True]


def test_a_file_that_comes_after_an_approval_shares_its_source(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)
    take_in(desk, people, BRIDGE, "Le pont, d'un fichier.")

    act(desk, people.publisher, reopen_version, release_id, "fr", "Een fout.")

    assert ["import"] == [unit.origin for unit in units(desk)]


def test_an_approval_that_comes_to_nothing_leaves_nothing_in_the_memory(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    digest = text_of(desk, release_id, "fr").digest

    def approve_and_fail(work: Work) -> None:
        approve_version(work, release_id, "fr", digest=digest)
        raise PowerFailureError

    with pytest.raises(PowerFailureError):
        act(desk, people.reviewer, approve_and_fail)

    assert ([], set()) == (units(desk), sources(desk))


def test_sources_have_the_hash_of_the_segments_that_they_came_from(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, targets=("fr",), text=text_with("Een  zin\u00a0met   ruimte. En nog een."))
    approve(desk, people.reviewer, release_id)

    with desk.read() as reading:
        kept = {row.source_hash for row in reading.session.scalars(select(MemorySource))}
    written = text_of(desk, release_id, "fr").segments
    assert {filed_as(segment.source_hash) for segment in written} == kept
    assert {filed_as(source_hash(CodedText(segment.source))) for segment in written} == kept
