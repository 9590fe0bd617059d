from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.errors import DeskError, Invalid, NotAllowed, NotFound, Stale
from service.domain.permissions import Actor, Grant, Role, Scope
from service.domain.text import CodedText
from service.operations.terms import change_concept, remove_concept
from service.queries.term_bases import term_base
from service.queries.terms import concept_row, concepts_by_name, newest_concepts
from service.storage.models import Concept, Term
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.term_steps import STATE, add, audited, change, count, draft, stands


def called(locale: str, text: str, status: str = "preferred") -> Callable[[ConceptDraft], ConceptDraft]:
    """Return what gives a concept another term in a language."""

    def made(before: ConceptDraft) -> ConceptDraft:
        kept = tuple(term for term in before.terms if term.locale != locale)
        return replace(before, terms=(*kept, TermDraft(locale, text, status)))

    return made


def french(text: str, status: str = "preferred") -> Callable[[ConceptDraft], ConceptDraft]:
    """Return what gives a concept another French term."""
    return called("fr", text, status)


def test_a_concept_is_added_changed_and_removed_with_an_audit(desk: Desk, people: People) -> None:
    facts: dict[str, Any] = {"authority": "IATE", "authority_date": date(2024, 1, 2), "checked": True}

    concept_id = add(desk, people.reviewer, replace(STATE, **facts))
    change(desk, people.reviewer, concept_id, french("pays membre"))
    changed = stands(desk, concept_id)
    with desk.begin(people.reviewer) as work:
        remove_concept(work, concept_id)

    assert ("IATE", date(2024, 1, 2), True) == (changed.authority, changed.authority_date, changed.checked)
    assert ["lidstaat", "pays membre", "Mitgliedstaat"] == [
        term.text for locale in ("nl", "fr", "de") for term in changed.terms if term.locale == locale
    ]
    assert [
        ("concept.added", {"locales": ["de", "fr"]}),
        ("concept.changed", {"locales": ["fr"]}),
        ("concept.removed", {"locales": ["de", "fr"]}),
    ] == audited(desk, concept_id)
    assert (0, 0) == (count(desk, Concept), count(desk, Term))


def test_what_stays_as_it_is_leaves_no_trace(desk: Desk, people: People) -> None:
    concept_id = add(desk, people.reviewer)

    change(desk, people.reviewer, concept_id, lambda before: replace(before, terms=before.terms[::-1]))

    with desk.read() as reading:
        assert 1 == concept_row(reading.session, concept_id).concept.row_version
    assert ["concept.added"] == [action for action, _ in audited(desk, concept_id)]


def test_a_term_keeps_its_row_when_only_its_status_changes(desk: Desk, people: People) -> None:
    concept_id = add(desk, people.reviewer)
    with desk.read() as reading:
        before = {term.text: term.id for term in concept_row(reading.session, concept_id).terms}

    change(desk, people.reviewer, concept_id, french("État membre", "forbidden"))

    with desk.read() as reading:
        after = {term.text: term.id for term in concept_row(reading.session, concept_id).terms}
    assert before == after


KEPT = draft(("nl", "Belnet"), do_not_translate=True)
GERMAN = draft(("nl", "raad"), ("de", "Rat"))
FRENCH = draft(("nl", "raad"), ("fr", "conseil"))


@pytest.mark.parametrize(
    "who, concept, allowed",
    [
        ("admin", STATE, True),
        ("admin", KEPT, True),
        ("reviewer", STATE, True),
        ("second_reviewer", KEPT, True),
        ("french_reviewer", FRENCH, True),
        ("french_reviewer", GERMAN, False),
        ("french_reviewer", STATE, False),
        ("french_reviewer", KEPT, False),
        ("publisher", FRENCH, False),
        ("author", FRENCH, False),
        ("auditor", FRENCH, False),
    ],
)
def test_who_may_add_terms(who: str, concept: ConceptDraft, *, allowed: bool, desk: Desk, people: People) -> None:
    if allowed:
        assert stands(desk, add(desk, getattr(people, who), concept)).terms
    else:
        with pytest.raises(NotAllowed):
            add(desk, getattr(people, who), concept)


@pytest.mark.parametrize(
    "made, allowed",
    [
        (french("pays membre"), True),
        (lambda before: replace(before, definition="Een staat"), True),
        (lambda before: replace(before, do_not_translate=True), False),
        (called("nl", "land"), False),
        (called("en", "member"), False),
    ],
    ids=["own language", "definition", "kept in all", "the source's term", "another language"],
)
def test_a_reviewer_of_french_changes_what_concerns_french_alone(
    made: Callable[[ConceptDraft], ConceptDraft], *, allowed: bool, desk: Desk, people: People
) -> None:
    concept_id = add(desk, people.admin)

    if allowed:
        change(desk, people.french_reviewer, concept_id, made)
    else:
        with pytest.raises(NotAllowed):
            change(desk, people.french_reviewer, concept_id, made)


def test_a_token_without_the_scope_changes_nothing(desk: Desk, people: People) -> None:
    reader = Actor("usr_x", "x", frozenset({Grant(Role.ADMIN), Grant(Role.REVIEWER)}), frozenset({Scope.READ}))

    with pytest.raises(NotAllowed):
        add(desk, reader, FRENCH)


def test_who_read_an_older_concept_is_told(desk: Desk, people: People) -> None:
    concept_id = add(desk, people.reviewer)
    change(desk, people.reviewer, concept_id, french("pays membre"))

    with pytest.raises(Stale) as changing, desk.begin(people.reviewer) as work:
        change_concept(work, concept_id, french("état"), row_version=1)
    with pytest.raises(Stale), desk.begin(people.reviewer) as work:
        remove_concept(work, concept_id, row_version=1)

    assert {"row_version": 2} == changing.value.facts
    assert "pays membre" in [term.text for term in stands(desk, concept_id).terms]


def test_a_concept_that_is_not_there_is_not_found(desk: Desk, people: People) -> None:
    with pytest.raises(NotFound), desk.begin(people.admin) as work:
        remove_concept(work, "con_none")


@pytest.mark.parametrize(
    "concept, code",
    [
        (draft(), "no_terms"),
        (draft(("nl", " ")), "empty_term"),
        (draft(("nl", "«»")), "empty_term"),
        (draft(("nl", "a" * 501)), "too_long"),
        (draft(("nl", "a"), ("nl", "a", "admitted")), "double_term"),
        (draft(("nl", "cafe\u0301"), ("nl", "caf\u00e9", "admitted")), "double_term"),
        (draft(("nl", "a"), definition="\ud800"), "bad_character"),
        (draft(("nl", "a"), ("nl", "b")), "two_preferred"),
        (draft(("nl", "a", "good")), "unknown_status"),
        (draft(("nl", "a", "preferred", "x")), "unknown_gender"),
        (draft(("dutch!", "a")), "bad_locale"),
        (draft(("nl", "a\x00")), "bad_character"),
        (draft(("nl", "a"), domain="d" * 121), "too_long"),
    ],
)
def test_what_cannot_be_stored_is_refused(concept: ConceptDraft, code: str, desk: Desk, people: People) -> None:
    with pytest.raises(DeskError) as refused:
        add(desk, people.admin, concept)

    assert code == refused.value.code


def test_terms_are_stored_in_one_form(desk: Desk, people: People) -> None:
    concept = ConceptDraft((TermDraft("NL_be", "  Raad \n van\u00a0State ", forms=("RvS", " ", "RvS")),))

    (term,) = stands(desk, add(desk, people.admin, concept)).terms

    assert ("nl", "Raad van State", ("RvS",)) == (term.locale, term.text, term.forms)


def test_a_tag_stands_for_the_office_s_own_where_terms_of_it_would_count_nowhere(desk: Desk, people: People) -> None:
    said = draft(("NL_be", "schepen"), ("fr-CA", "échevin"), ("pl", "ławnik"))

    concept_id = add(desk, people.admin, said)
    added = stands(desk, concept_id)
    change(desk, people.admin, concept_id, french("échevine"))
    change(desk, people.admin, concept_id, called("de-AT", "Schöffe"))
    with desk.read() as reading:
        found = term_base(reading.session, "nl", "fr").find(CodedText("De schepenen komen."))

    assert {("nl", "schepen"), ("fr", "échevin"), ("pl", "ławnik")} == {term.key for term in added.terms}
    assert ["échevine"] == [hit.term.preferred for hit in found]
    assert ("de", "Schöffe") in {term.key for term in stands(desk, concept_id).terms}
    with pytest.raises(Invalid, match="Only one term for fr can be the preferred one"):
        add(desk, people.admin, draft(("fr", "a"), ("fr-BE", "b")))


def test_a_tag_that_a_concept_has_already_and_one_that_counts_stay(desk: Desk, people: People) -> None:
    concept_id = add(desk, people.admin, STATE)
    with desk.begin() as work:
        work.session.execute(update(Term).where(Term.locale == "fr").values(locale="fr-BE"))
    change(desk, people.admin, concept_id, called("fr", "pays membre"))
    desk.office = replace(desk.office, target_locales=("de-AT",))
    austrian = add(desk, people.admin, draft(("de", "Januar"), ("de-AT", "Jänner")))

    assert {"nl", "fr", "fr-BE", "de"} == {term.locale for term in stands(desk, concept_id).terms}
    assert {"de", "de-AT"} == {term.locale for term in stands(desk, austrian).terms}


def test_what_nobody_sees_is_taken_out_of_a_concept_and_its_letters_are_composed(desk: Desk, people: People) -> None:
    term = TermDraft("nl", "\u202ecafe\u0301 \u200b bar", forms=("ca\u00adfe\u0301s", "caf\u00e9s"))
    texts = {"domain": "horeca\u200b", "authority": "Acade\u0301mie", "definition": "Een\u2028cafe\u0301.\ufeff"}

    kept = stands(desk, add(desk, people.admin, ConceptDraft((term,), **texts)))

    assert [TermDraft("nl", "caf\u00e9 bar", forms=("caf\u00e9s",))] == list(kept.terms)
    assert ("horeca", "Acad\u00e9mie", "Een\ncaf\u00e9.") == (kept.domain, kept.authority, kept.definition)


def test_lists_are_searched_and_paged(desk: Desk, people: People, clock: StillClock) -> None:
    for word in ("wet", "Raad", "100%", "besluit"):
        add(desk, people.admin, draft(("nl", word), ("fr", f"État {word}")))
        clock.forward(seconds=1)

    with desk.read() as reading:
        session = reading.session
        named, total = concepts_by_name(session, "nl", limit=3)
        second, _ = concepts_by_name(session, "nl", offset=3, limit=3)
        searched = [concepts_by_name(session, "nl", q=q)[1] for q in ("état", "RAAD", "0%", "_", "x")]
        newest = newest_concepts(session, limit=2)
        place = newest[-1].concept.created_at, newest[-1].concept.id
        rest = newest_concepts(session, after=place)
        german = newest_concepts(session, locale="de")

    def words(rows: list[Any]) -> list[str]:
        return [row.of("nl")[0].text for row in rows]

    assert (["100%", "besluit", "Raad"], 4, ["wet"]) == (words(named), total, words(second))
    assert [4, 1, 1, 0, 0] == searched
    assert (["besluit", "100%"], ["Raad", "wet"], []) == (words(newest), words(rest), german)
