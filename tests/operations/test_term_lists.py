from __future__ import annotations

import io
from dataclasses import replace

import pytest

from service.domain.errors import Invalid, NotAllowed, Stale
from service.domain.permissions import Actor
from service.formats.terms_csv import BadTermList, read_terms
from service.operations.term_import import AT_ONCE, Taken, TermImport
from service.queries.term_bases import term_stamp
from service.queries.term_import import preview_terms
from service.queries.terms import concepts_by_name
from service.storage.models import Concept, Term
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.term_steps import STATE, add, audited, change, count, draft, stands


def take(desk: Desk, text: str, actor: Actor) -> Taken:
    filed = read_terms(io.BytesIO(text.encode()), ("nl", "fr", "de", "en"))
    taking = TermImport()
    for first in range(0, len(filed), AT_ONCE):
        with desk.begin(actor) as work:
            taking.take(work, filed[first : first + AT_ONCE])
    return taking.taken


LIST = """nl,fr,de,en,checked,domain,status
lidstaat,État membre,Mitgliedstaat,Member State,yes,EU,
lidstaat,pays membre,,,,EU,admitted
bank,banque,Bank,bank,no,geld,
bank,banc,Bank,bench,no,meubels,
Belnet,Belnet,,,no,,
"""


def test_the_same_list_twice_changes_nothing(desk: Desk, people: People) -> None:
    first = take(desk, LIST, people.admin)
    again = take(desk, LIST, people.admin)

    assert (Taken(added=4), Taken(unchanged=4)) == (first, again)
    assert (4, 15) == (count(desk, Concept), count(desk, Term))
    assert [("terms.imported", 4)] == [(action, facts["added"]) for action, facts in audited(desk, "terms")]


def test_a_corrected_list_corrects_and_leaves_the_rest_alone(desk: Desk, people: People) -> None:
    take(desk, LIST, people.admin)
    corrected = LIST.replace("pays membre", "pays-membre").replace("Mitgliedstaat", "Mitgliedsstaat")

    taken = take(desk, corrected, people.admin)
    again = take(desk, corrected, people.admin)

    with desk.read() as reading:
        rows, _ = concepts_by_name(reading.session, "nl", q="lidstaat")
    assert (Taken(changed=1, unchanged=3), Taken(unchanged=4)) == (taken, again)
    assert [
        ("de", "Mitgliedsstaat", "preferred"),
        ("en", "Member State", "preferred"),
        ("fr", "État membre", "preferred"),
        ("fr", "pays membre", "admitted"),
        ("fr", "pays-membre", "admitted"),
        ("nl", "lidstaat", "preferred"),
    ] == [(term.locale, term.text, term.status) for term in rows[0].terms]


def test_a_list_leaves_what_it_does_not_name(desk: Desk, people: People) -> None:
    known = replace(STATE, definition="Een staat", checked=True, do_not_translate=False)
    concept_id = add(desk, people.admin, known)

    take(desk, "nl,en\nlidstaat,Member State\n", people.admin)

    after = stands(desk, concept_id)
    assert ("Een staat", True) == (after.definition, after.checked)
    assert {"de", "en", "fr", "nl"} == {term.locale for term in after.terms}


def test_another_term_that_is_there_already_becomes_the_preferred_one(desk: Desk, people: People) -> None:
    take(desk, LIST, people.admin)

    take(desk, "nl,fr,domain\nlidstaat,pays membre,EU\n", people.admin)

    with desk.read() as reading:
        rows, _ = concepts_by_name(reading.session, "nl", q="lidstaat")
    assert [("pays membre", "preferred"), ("État membre", "admitted")] == [
        (term.text, term.status) for term in rows[0].terms if term.locale == "fr"
    ]


def test_two_lines_about_one_concept_may_not_differ(desk: Desk, people: People) -> None:
    add(desk, people.admin, draft(("nl", "lidstaat"), ("nl", "lid-staat", "admitted"), ("fr", "État membre")))

    with pytest.raises(Invalid, match="Line 3 says something else than line 2"):
        take(desk, "nl,fr\nlidstaat,pays membre\nlid-staat,état\n", people.admin)


def test_a_list_of_another_desk_keeps_concepts_of_one_spelling_apart(desk: Desk, people: People) -> None:
    text = "concept,nl,fr\ncon_a,bank,banque\ncon_b,bank,banc\n"

    assert [Taken(added=2), Taken(unchanged=2)] == [take(desk, text, people.admin) for _ in range(2)]


def test_a_reviewer_takes_in_lists_of_their_language_only(desk: Desk, people: People) -> None:
    taken = take(desk, "nl,fr\nraad,conseil\n", people.french_reviewer)

    with pytest.raises(NotAllowed, match="Line 3: Terms are for the reviewers of their languages"):
        take(desk, "nl,de\nbesluit,\nwet,Gesetz\n", people.french_reviewer)
    with pytest.raises(NotAllowed):
        take(desk, "nl,fr\nraad,conseil\n", people.author)
    assert (Taken(added=1), 1) == (taken, count(desk, Concept))


def test_what_a_preview_found_is_taken_unless_somebody_changed_the_term_base(desk: Desk, people: People) -> None:
    concept_id = add(desk, people.admin, draft(("nl", "wet"), ("fr", "texte")))
    filed = read_terms(io.BytesIO(b"nl,fr\nwet,loi\n,loi\nraad,conseil\n"), ("nl", "fr"))
    with desk.read() as reading:
        stamp = term_stamp(reading.session)
        would = preview_terms(reading.session, filed, people.french_reviewer, source_locale="nl", targets=("fr", "de"))
    taking = TermImport(stamp=stamp, meant=would.meant)
    for part in filed[:1], filed[1:2]:
        with desk.begin(people.french_reviewer) as work:
            taking.take(work, part)
    change(desk, people.admin, concept_id, lambda before: replace(before, domain="recht"))

    with pytest.raises(Stale), desk.begin(people.french_reviewer) as work:
        taking.take(work, filed[2:])
    assert ({2: concept_id}, [], Taken(added=1, changed=1)) == (would.meant, would.refused, taking.taken)


def test_every_line_that_cannot_be_taken_in_is_told_at_once(desk: Desk, people: People) -> None:
    many = tuple(("nl", f"woord {number}", "admitted") for number in range(199))
    add(desk, people.admin, draft(*many, ("nl", "lidstaat")))
    filed = read_terms(io.BytesIO(b"nl,fr,de\nlidstaat,a,\nwoord 1,,b\nwoord 2,c,\nbrug,,d\n"), ("nl", "fr", "de"))

    with pytest.raises(BadTermList) as refused, desk.read() as reading:
        preview_terms(reading.session, filed, people.french_reviewer, source_locale="nl", targets=("fr", "de"))

    assert [f"Line {line}: A concept has at most 200 terms." for line in (2, 3, 4)] == [
        str(reason) for reason in refused.value.reasons
    ]
