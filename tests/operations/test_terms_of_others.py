"""Lists that offices really have: the starter list of a presidency, and the labels of the federal vocabularies.

They are read from where they lie and never copied here. What makes concepts of the labels is for this test alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from service.dispatch import RecordingDispatcher
from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.permissions import DESK, Actor
from service.domain.term_files import FiledConcept
from service.domain.term_targets import TargetText
from service.domain.text import CodedText
from service.formats.tbx import read_tbx, write_tbx
from service.formats.terms_csv import read_terms, write_terms
from service.operations.term_import import Taken, TermImport
from service.queries.term_bases import term_base
from service.queries.terms import every_concept
from service.uow import Desk
from tests.desk_fixtures import People, StillClock, make_desk, sqlite_copy

DATA = Path(__file__).parents[2].parent / "shared" / "data"
STARTER = DATA / "terms-presidency.csv"
LABELS = DATA / "belgif" / "groups.jsonl"
NAMES = ("prefLabel", "label", "title", "name")
LOCALES = ("nl", "fr", "de", "en")

Again = Callable[[list[tuple[str, ConceptDraft]]], list[FiledConcept]]


def starter_list() -> list[FiledConcept]:
    if not STARTER.exists():
        pytest.skip("the shared starter list is not on this machine")
    with STARTER.open("rb") as file:
        return read_terms(file, LOCALES)


def federal_labels() -> list[FiledConcept]:
    """Return a concept for each subject that has a label, by its address, with the vocabulary as its domain."""
    if not LABELS.exists():
        pytest.skip("the shared federal vocabularies are not on this machine")
    filed = []
    for line, text in enumerate(LABELS.read_text(encoding="utf-8").splitlines(), 1):
        said = json.loads(text)
        if said["property"].replace("#", "/").rpartition("/")[2] in NAMES:
            terms = tuple(TermDraft(locale, " ".join(said[locale].split())) for locale in LOCALES)
            facts = {"domain": Path(said["file"]).stem, "authority": said["repo"]}
            filed.append(FiledConcept(line, terms[0].key, terms, said["subject"], facts))
    return filed


def take(desk: Desk, actor: Actor, filed: Sequence[FiledConcept]) -> Taken:
    with desk.begin(actor) as work:
        return TermImport().take(work, filed)


def standing(desk: Desk) -> list[tuple[str, ConceptDraft]]:
    with desk.read() as reading:
        return [(row.concept.id, row.draft) for row in every_concept(reading.session)]


def sorted_drafts(concepts: list[tuple[str, ConceptDraft]]) -> list[ConceptDraft]:
    """Return the concepts without their ids, in an order of their own."""
    return sorted((draft for _, draft in concepts), key=repr)


def by_csv(concepts: list[tuple[str, ConceptDraft]]) -> list[FiledConcept]:
    return read_terms(io.BytesIO("".join(write_terms(concepts, LOCALES)).encode()), LOCALES)


def by_tbx(concepts: list[tuple[str, ConceptDraft]]) -> list[FiledConcept]:
    read = list(read_tbx(io.BytesIO(b"".join(write_tbx(concepts, "nl"))), LOCALES))
    assert [one for one in read if not isinstance(one, FiledConcept)] == []
    return [one for one in read if isinstance(one, FiledConcept)]


@pytest.mark.parametrize(("given", "least"), [(starter_list, 45), (federal_labels, 70)], ids=["starter", "federal"])
def test_a_real_list_is_taken_in_once(
    desk: Desk, people: People, given: Callable[[], list[FiledConcept]], least: int
) -> None:
    filed = given()

    first, again = take(desk, people.admin, filed), take(desk, people.admin, filed)

    assert (Taken(added=len(filed)), Taken(unchanged=len(filed))) == (first, again)
    assert len(filed) >= least


@pytest.fixture
def other_desk(
    sqlite_template: Path, tmp_path: Path, dispatcher: RecordingDispatcher, clock: StillClock
) -> Iterator[Desk]:
    """A second desk, with nothing in it."""
    folder = tmp_path / "other"
    folder.mkdir()
    made = make_desk(sqlite_copy(sqlite_template, folder), dispatcher, clock)
    yield made
    made.database.dispose()


@pytest.mark.parametrize("again", [by_csv, by_tbx], ids=["csv", "tbx"])
def test_both_lists_come_back_whole_from_a_file(
    lite_desk: Desk, lite_people: People, other_desk: Desk, again: Again
) -> None:
    take(lite_desk, lite_people.admin, [*starter_list(), *federal_labels()])
    written = standing(lite_desk)

    here = take(lite_desk, lite_people.admin, again(written))
    there = take(other_desk, DESK, again(written))

    assert (Taken(unchanged=len(written)), Taken(added=len(written))) == (here, there)
    assert sorted_drafts(written) == sorted_drafts(standing(other_desk))


def test_every_term_of_both_lists_is_found_with_what_it_is_called(lite_desk: Desk, lite_people: People) -> None:
    take(lite_desk, lite_people.admin, [*starter_list(), *federal_labels()])
    concepts = [draft for _, draft in standing(lite_desk)]

    missed = []
    with lite_desk.read() as reading:
        for locale in ("fr", "de", "en"):
            base = term_base(reading.session, "nl", locale)
            for concept in concepts:
                called = {term.locale: term.text for term in concept.terms}
                hits = base.find(CodedText(f"Over {called['nl']}, zegt de dienst."))
                whole = [hit for hit in hits if hit.text == called["nl"] and hit.term.preferred == called[locale]]
                target = TargetText(CodedText(f"« {called[locale]} »"), locale)
                if not whole or {hit.text for hit in hits} != {called["nl"]} or not target.has_fit(whole[0].term):
                    missed.append((locale, called["nl"], [hit.text for hit in hits]))

    assert [] == missed
