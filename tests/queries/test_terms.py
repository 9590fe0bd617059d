from __future__ import annotations

import pytest

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.terms import add_concept
from service.queries.terms import newest_concepts, term_details
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


ASKED = [
    ("lidstaat", ["lidstaat"]), ("lidstaten", ["lidstaat"]), ("LIDSTATEN", ["lidstaat"]), ("staten", []),
    ("Mitgliedstaaten", ["lidstaat"]), ("États membres", ["lidstaat"]), ("openbare besturen", ["openbaar bestuur"]),
    ("musea", ["museum"]), ("de lidstaten van de Unie", []), ("+=", []),
    ("'s avonds", ["'s avonds"]), ("'s avond", ["'s avonds"]), ("\u2019s Hertogenbosch", []),
    ("lidstaten \u00ad", ["lidstaat"]),
    ("muse\u0301e", ["museum"]), ("lid\u00adstaat\u200b", ["lidstaat"]), ("openbaar  bestuur", ["openbaar bestuur"]),
    ("lidstaat " * 7_000, []), ("%" * 60_000, []),
]  # fmt: skip


@pytest.mark.parametrize("asked, expected", ASKED)
def test_a_term_is_found_by_its_other_forms(desk: Desk, people: People, asked: str, expected: list[str]) -> None:
    for terms in (
        (("nl", "lidstaat"), ("fr", "État membre"), ("de", "Mitgliedstaat")),
        (("nl", "openbaar bestuur"),),
        (("nl", "museum"), ("fr", "musée")),
        (("nl", "'s avonds"),),
    ):
        with desk.begin(people.admin) as work:
            add_concept(work, ConceptDraft(tuple(TermDraft(*term) for term in terms)))

    with desk.read() as reading:
        found = newest_concepts(reading.session, q=asked)

    assert expected == [row.of("nl")[0].text for row in found]
