"""What a version said at another moment, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.comparing import Sentence, compare
from service.domain.revising import Fate
from service.operations.approvals import reopen_version
from service.operations.review import edit_unit
from service.queries.past_texts import (
    approvals_of,
    present_sentences,
    sentences_at,
    source_numbers,
    source_sentences,
)
from service.uow import Desk, Reading
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, draft, text_of
from tests.operations.steps import act, approve_present, drafted, revise, version_of
from tests.queries.test_statement_counts import LONG, statements


def _edit(desk: Desk, people: People, release_id: str, place: int, target: str) -> None:
    unit = text_of(desk, release_id, "fr").units[place]
    act(desk, people.reviewer, edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, target=target)


def _said(desk: Desk, release_id: str, ask: Callable[..., tuple[Sentence, ...]], *more: object) -> list[str]:
    version = version_of(desk, release_id, "fr")
    with desk.read() as reading:
        return [sentence.text for sentence in ask(reading.session, version, *more)]


def test_a_text_is_found_as_it_was_at_each_moment(desk: Desk, people: People, clock: StillClock) -> None:
    submitted = clock.moment
    clock.forward(minutes=1)
    release_id = drafted(desk, people, targets=("fr",))
    first = clock.moment
    clock.forward(hours=1)
    _edit(desk, people, release_id, 2, "Un pont")
    clock.forward(hours=1)
    _edit(desk, people, release_id, 2, "Un beau pont")

    assert "[fr] De gemeente" in _said(desk, release_id, sentences_at, first)[2]
    assert _said(desk, release_id, sentences_at, first.replace(hour=13))[2] == "Un pont"
    assert _said(desk, release_id, sentences_at, clock.moment) == _said(desk, release_id, present_sentences)
    assert set(_said(desk, release_id, sentences_at, submitted)) == {""}


def test_a_sentence_that_a_new_source_dropped_is_found_in_the_old_text(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve_present(desk, people.reviewer, release_id, "fr")
    approved = clock.moment
    clock.forward(hours=1)
    shorter = TEXT.replace(" Wandelaars en fietsers kunnen er meteen over.", "").replace("25 miljoen", "26 miljoen")
    revise(desk, people.author, release_id, shorter)
    draft(desk, release_id, "fr")

    old = _said(desk, release_id, sentences_at, approved)
    version = version_of(desk, release_id, "fr")
    with desk.read() as reading:
        comparison = compare(
            sentences_at(reading.session, version, approved), present_sentences(reading.session, version)
        )

    assert [f"[fr] {source}" for source in _source(desk, release_id, 1)] == old
    assert [(Fate.REMOVED, None), (Fate.CHANGED, 5)] == [(pair.fate, pair.n) for pair in comparison.changed]


def _source(desk: Desk, release_id: str, number: int) -> list[str]:
    with desk.read() as reading:
        return [each.text for each in source_sentences(reading.session, release_id, number)]


def test_what_was_dropped_before_a_moment_is_not_of_its_text(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    clock.forward(hours=1)
    revise(desk, people.author, release_id, TEXT.replace("Veiliger naar school", "Veilig naar huis"))
    draft(desk, release_id, "fr")
    clock.forward(hours=1)

    assert _said(desk, release_id, sentences_at, clock.moment) == _said(desk, release_id, present_sentences)
    with desk.read() as reading:
        assert [1, 2] == [number for number, _ in source_numbers(reading.session, release_id)]


def test_approvals_are_numbered_with_the_names_of_who_gave_them(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve_present(desk, people.reviewer, release_id, "fr")
    clock.forward(hours=1)
    act(desk, people.publisher, reopen_version, release_id, "fr", "A word is wrong.")
    clock.forward(hours=1)
    approve_present(desk, people.second_reviewer, release_id, "fr")
    version = version_of(desk, release_id, "fr")

    with desk.read() as reading:
        rows = approvals_of(reading.session, [version.id])[version.id]

    assert [(1, "Reviewer"), (2, "Second Reviewer")] == [(row.number, row.name) for row in rows]
    assert [False, True] == [row.approval.voided_at is None for row in rows]


@pytest.mark.parametrize("text", [TEXT, LONG])
def test_the_past_of_a_long_text_costs_three_statements(
    lite_desk: Desk, lite_people: People, clock: StillClock, text: str
) -> None:
    version = version_of(lite_desk, drafted(lite_desk, lite_people, targets=("fr",), text=text), "fr")

    def ask(reading: Reading) -> object:
        return sentences_at(reading.session, version, clock.moment)

    assert statements(lite_desk, ask) == 3
