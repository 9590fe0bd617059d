"""What a process keeps of the term base: shared by all who ask, until anything of it changes."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from itertools import pairwise

import pytest

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.term_base import TermBase
from service.domain.terms import TermStatus
from service.formats.terms_csv import read_terms
from service.operations.term_import import TermImport
from service.operations.terms import add_concept, change_concept, remove_concept
from service.queries.term_bases import term_base, term_stamp
from service.uow import Desk
from tests.desk_fixtures import People
from tests.queries.test_statement_counts import statements


def concept(word: str) -> ConceptDraft:
    return ConceptDraft((TermDraft("nl", word), TermDraft("fr", f"le {word}")))


def add(desk: Desk, people: People, word: str) -> str:
    with desk.begin(people.admin) as work:
        return add_concept(work, concept(word)).id


def words(base: TermBase) -> list[str]:
    return [term.text for term in base.terms]


def loaded(desk: Desk) -> TermBase:
    with desk.read() as reading:
        return term_base(reading.session, "nl", "fr")


def test_one_that_goes_and_another_that_comes_at_the_same_moment_are_seen(desk: Desk, people: People) -> None:
    old = add(desk, people, "raad")
    before = loaded(desk)

    with desk.begin(people.admin) as work:
        remove_concept(work, old)
        add_concept(work, concept("wet"))

    assert (["raad"], ["wet"]) == (words(before), words(loaded(desk)))


def test_a_term_of_the_source_keeps_what_the_office_says_of_it(desk: Desk, people: People) -> None:
    forbidden = TermDraft("nl", "asielant", TermStatus.FORBIDDEN)
    with desk.begin(people.admin) as work:
        add_concept(work, ConceptDraft((TermDraft("nl", "vluchteling"), forbidden, TermDraft("fr", "réfugié"))))

    assert {"vluchteling": TermStatus.PREFERRED, "asielant": TermStatus.FORBIDDEN} == {
        term.text: term.status for term in loaded(desk).terms
    }


def test_every_change_counts_and_what_changes_nothing_does_not(desk: Desk, people: People) -> None:
    def stamp() -> int:
        with desk.read() as reading:
            return term_stamp(reading.session)

    stamps = [stamp()]
    concept_id = add(desk, people, "raad")
    stamps.append(stamp())
    for definition in ("Een orgaan", "Een orgaan"):
        with desk.begin(people.admin) as work:
            change_concept(
                work,
                concept_id,
                lambda before, said=definition: replace(before, definition=said),  # type: ignore[misc]
            )
        stamps.append(stamp())
    for _ in range(2):
        with desk.begin(people.admin) as work:
            TermImport().take(work, read_terms(io.BytesIO(b"nl,fr\nwet,loi\n"), ("nl", "fr")))
        stamps.append(stamp())
    with desk.begin(people.admin) as work:
        remove_concept(work, concept_id)
    stamps.append(stamp())

    steps = [after - before for before, after in pairwise(stamps)]
    assert [1, 1, 0, 1, 0, 1] == steps


def test_an_act_that_failed_counts_nothing(desk: Desk, people: People) -> None:
    before = loaded(desk)

    def add_and_fail() -> None:
        with desk.begin(people.admin) as work:
            add_concept(work, concept("raad"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()

    assert before is loaded(desk)


def test_all_who_ask_at_once_wait_for_one_that_loads(lite_desk: Desk, lite_people: People) -> None:
    add(lite_desk, lite_people, "raad")
    together = threading.Barrier(8)
    found: list[TermBase] = []

    def ask() -> None:
        with lite_desk.read() as reading:
            together.wait()
            found.append(term_base(reading.session, "nl", "fr"))

    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert 1 == len({id(base) for base in found})
    assert 8 == len(found)


def test_what_is_kept_costs_one_statement_however_many_terms_there_are(lite_desk: Desk, lite_people: People) -> None:
    for number in range(30):
        add(lite_desk, lite_people, f"woord{number}")

    loading = statements(lite_desk, lambda reading: term_base(reading.session, "nl", "fr"))
    kept = statements(lite_desk, lambda reading: term_base(reading.session, "nl", "fr"))

    assert (2, 1) == (loading, kept)


def test_terms_of_both_sides_keep_their_gender(desk: Desk, people: People) -> None:
    minister = TermDraft("nl", "minister", gender="common")
    with desk.begin(people.admin) as work:
        add_concept(
            work,
            ConceptDraft(
                (minister, TermDraft("fr", "ministre"), TermDraft("fr", "la ministre", "admitted", "feminine"))
            ),
        )

    (term,) = loaded(desk).terms

    assert ("common", [("ministre", None), ("la ministre", "feminine")]) == (
        term.gender,
        [(target.text, target.gender) for target in term.targets],
    )
