"""Terms as they came in with the tags of countries, before these stood for the office's own languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.dispatch import RecordingDispatcher
from service.domain.text import CodedText
from service.queries.term_bases import term_base, term_stamp
from service.queries.terms import concept_row
from service.storage.models import Term
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.storage.old_desks import OldDesk, upgrade

BEFORE = "0015"
MANY = 600  # more than are read at once
CONCEPTS = {
    "plain": [("nl", "raad", "preferred"), ("fr", "conseil", "preferred")],
    "tagged": [
        ("nl-BE", "schepen", "preferred"),
        ("nl-BE", "wethouder", "admitted"),
        ("fr-CA", "échevin", "preferred"),
    ],
    "beside": [("nl", "brug", "preferred"), ("nl-BE", "viaduct", "admitted"), ("nl-NL", "oeververbinding", "admitted")],
    "same": [("nl", "wet", "admitted"), ("nl-BE", "wet", "preferred"), ("nl-BE", "de wet", "admitted")],
    "two": [("nl", "fiets", "preferred"), ("nl-BE", "velo", "preferred")],
    "others": [("pt-BR", "lei", "preferred"), ("en-GB", "law", "preferred")],
}


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk that writes nl, fr and de, carried over."""
    old = OldDesk(old_url)
    for concept, terms in CONCEPTS.items():
        old.put("concept", id=f"con_{concept}", row_version=3)
        for number, (locale, text, status) in enumerate(terms):
            old.put("term", id=f"trm_{concept}_{number}", concept_id=f"con_{concept}", locale=locale, text=text,
                    status=status, forms=[])  # fmt: skip
    for number in range(MANY):
        old.put("concept", id=f"con_x{number:03}", row_version=1)
        old.put("term", id=f"trm_x{number}", concept_id=f"con_x{number:03}", locale="fr-BE", text=f"mot {number}",
                status="preferred", forms=[])  # fmt: skip
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    made.database.dispose()


def stands(desk: Desk, name: str) -> tuple[set[tuple[str, str]], int]:
    with desk.read() as reading:
        row = concept_row(reading.session, f"con_{name}")
        return {(term.locale, term.text) for term in row.terms}, row.concept.row_version


def test_terms_of_a_country_come_into_the_language_that_the_office_writes(desk: Desk) -> None:
    assert ({("nl", "schepen"), ("nl", "wethouder"), ("fr", "échevin")}, 4) == stands(desk, "tagged")
    assert ({("nl", "brug"), ("nl", "viaduct"), ("nl", "oeververbinding")}, 4) == stands(desk, "beside")
    with desk.read() as reading:
        hits = term_base(reading.session, "nl", "fr").find(CodedText("De schepenen stemmen."))
        tagged = reading.session.query(Term).where(Term.locale == "fr-BE").count()
        stamp = term_stamp(reading.session)
    assert (["échevin"], 0, 1) == ([hit.term.preferred for hit in hits], tagged, stamp)


@pytest.mark.parametrize("name", ["plain", "same", "two", "others"])
def test_what_is_right_and_what_a_person_has_to_choose_stays(desk: Desk, name: str) -> None:
    before = {(locale, text) for locale, text, _ in CONCEPTS[name]}

    assert (before, 3) == stands(desk, name)
