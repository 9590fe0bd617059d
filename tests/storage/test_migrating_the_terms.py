"""Terms as they came in before they were cleaned: decomposed, with characters that nobody sees, the same one twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import select

from service.dispatch import RecordingDispatcher
from service.domain.concepts import ConceptDraft, TermDraft
from service.queries.term_bases import term_stamp
from service.queries.terms import concept_row, newest_concepts
from service.storage import migrate
from service.storage.models import Term
from service.uow import Desk
from tests.desk_fixtures import StillClock, make_desk
from tests.storage.old_desks import OldDesk, upgrade

BEFORE = "0013"
MANY = 600  # more than are read at once
LONG = "\u0958" * 300  # each composed of two


def fill(old: OldDesk) -> None:
    for concept, terms in {
        "con_plain": [("nl", "raad", "preferred", ["raadje"])],
        "con_unseen": [("nl", "zo\u200bmer", "preferred", ["zo\u00admers", "zomers", "\u200b"])],
        "con_twice": [
            ("nl", "cafe\u0301", "preferred", []),
            ("nl", "caf\u00e9", "admitted", []),
            ("nl", "ca\u00adf\u00e9", "forbidden", []),
            ("fr", "cafe\u0301", "admitted", []),
        ],
        "con_long": [("nl", LONG, "preferred", [])],
    }.items():
        old.put("concept", id=concept, domain="horeca\u200b" if concept == "con_twice" else "", row_version=3)
        for number, (locale, text, status, forms) in enumerate(terms):
            written = {"locale": locale, "text": text, "status": status, "forms": forms}
            old.put("term", id=f"trm_{concept}_{number}", concept_id=concept, **written)
    for number in range(MANY):
        old.put("concept", id=f"con_x{number:03}", row_version=1)
        old.put("term", id=f"trm_x{number}", concept_id=f"con_x{number:03}", locale="fr", text=f"e\u0301tat {number}",
                status="preferred")  # fmt: skip


@pytest.fixture
def desk(old_url: str) -> Iterator[Desk]:
    """A desk that was carried over."""
    old = OldDesk(old_url)
    fill(old)
    old.database.dispose()
    upgrade(old_url, "head")
    made = make_desk(old_url, RecordingDispatcher(), StillClock())
    yield made
    made.database.dispose()


def stands(desk: Desk, name: str) -> tuple[ConceptDraft, int]:
    with desk.read() as reading:
        row = concept_row(reading.session, f"con_{name}")
        return row.draft, row.concept.row_version


def test_terms_are_composed_and_without_what_nobody_sees(desk: Desk) -> None:
    assert (ConceptDraft((TermDraft("nl", "zomer", forms=("zomers",)),)), 4) == stands(desk, "unseen")
    with desk.read() as reading:
        texts = set(reading.session.scalars(select(Term.text).where(Term.concept_id.startswith("con_x"))))
        found = newest_concepts(reading.session, q=f"\u00e9tat {MANY - 1}")
        changes = term_stamp(reading.session)
    assert {f"\u00e9tat {number}" for number in range(MANY)} == texts
    assert ([f"con_x{MANY - 1}"], 1) == ([row.concept.id for row in found], changes)


def test_what_a_concept_has_twice_stays_once_as_it_may_rather_be_used(desk: Desk) -> None:
    draft, row_version = stands(desk, "twice")

    assert {("nl", "caf\u00e9", "preferred"), ("fr", "caf\u00e9", "admitted")} == {
        (term.locale, term.text, term.status) for term in draft.terms
    }
    assert (2, "horeca", 4) == (len(draft.terms), draft.domain, row_version)


def test_what_needs_no_change_and_what_would_not_fit_stays(desk: Desk) -> None:
    assert (ConceptDraft((TermDraft("nl", "raad", forms=("raadje",)),)), 3) == stands(desk, "plain")
    assert (ConceptDraft((TermDraft("nl", LONG),)), 3) == stands(desk, "long")


def test_the_way_back_leaves_the_terms_and_the_way_up_finds_nothing_to_do(desk: Desk) -> None:
    before = [stands(desk, name) for name in ("plain", "unseen", "twice", "long", "x007")]
    config = migrate._config()
    with desk.database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        connection.commit()
        command.upgrade(config, "head")
        connection.commit()

    with desk.read() as reading:
        changes = term_stamp(reading.session)
    assert (1, before) == (changes, [stands(desk, name) for name in ("plain", "unseen", "twice", "long", "x007")])
