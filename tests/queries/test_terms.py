from __future__ import annotations

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.terms import add_concept
from service.queries.terms import term_details
from service.uow import Desk
from tests.desk_fixtures import People


def test_a_detail_is_told_for_the_languages_whose_terms_have_it(desk: Desk, people: People) -> None:
    bare = ConceptDraft((TermDraft("nl", "raad"), TermDraft("de", "Rat")))
    rich = ConceptDraft(
        (
            TermDraft("nl", "minister", forms=("ministers",)),
            TermDraft("fr", "ministre", gender="masculine"),
            TermDraft("en", "minister", case_sensitive=True),
        )
    )
    told = []
    for concept in (bare, rich):
        with desk.begin(people.admin) as work:
            add_concept(work, concept)
        with desk.read() as reading:
            told.append(term_details(reading.session))

    assert [set(), {("nl", "forms"), ("fr", "gender"), ("en", "case_sensitive")}] == told
