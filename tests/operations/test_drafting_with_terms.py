from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import event

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.drafting import DraftWork, start_draft
from service.operations.terms import add_concept, change_concept, remove_concept
from service.queries.term_bases import term_base
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import job_of, submit

TEXT = """Nieuwsbericht

Be-Alert waarschuwt alle lidstaten

De dienst Be-Alert waarschuwt op 14 mei 2026 alle lidstaten.

25 januari 2024
"""
NEWS = ConceptDraft((TermDraft("nl", "nieuwsbericht"), TermDraft("fr", "communiqué de presse")))
ALERT = ConceptDraft((TermDraft("nl", "Be-Alert"), TermDraft("fr", "BE-Alert")))
STATE = ConceptDraft((TermDraft("nl", "lidstaat", forms=("lid-staat",)), TermDraft("fr", "État membre")))


def start(desk: Desk, people: People) -> DraftWork:
    release_id = submit(desk, people.author, text=TEXT, targets=("fr",))
    with desk.begin() as work:
        drafting = start_draft(work, job_of(desk, release_id, "fr"))
    assert drafting is not None
    return drafting


def kept(drafting: DraftWork) -> list[str]:
    return [each.source.text[start:end] for each in drafting.segments for start, end in each.protected]


def test_a_draft_is_told_what_to_keep_what_is_composed_and_what_things_are_called(desk: Desk, people: People) -> None:
    with desk.begin(people.admin) as work:
        for concept in (NEWS, replace(ALERT, do_not_translate=True), STATE):
            add_concept(work, concept)

    drafting = start(desk, people)

    assert ["Be-Alert", "Be-Alert"] == kept(drafting)
    assert {"Nieuwsbericht": "Communiqué de presse", "25 januari 2024": "25 janvier 2024"} == {
        each.source.text: each.composed for each in drafting.segments if each.composed
    }
    assert (
        ("Be-Alert", "Be-Alert"),
        ("lid-staat", "État membre"),
        ("lidstaat", "État membre"),
        ("nieuwsbericht", "communiqué de presse"),
    ) == drafting.glossary.entries


def test_an_edit_shows_on_the_very_next_draft(desk: Desk, people: People) -> None:
    with desk.begin(people.admin) as work:
        concept = add_concept(work, ALERT)
    first = start(desk, people)

    with desk.begin(people.admin) as work:
        change_concept(work, concept.id, lambda before: replace(before, do_not_translate=True))
    second = start(desk, people)
    with desk.begin(people.admin) as work:
        remove_concept(work, concept.id)
    third = start(desk, people)

    assert ([], ["Be-Alert"] * 2, []) == (kept(first), kept(second), kept(third))
    assert 3 == len({one.glossary.revision for one in (first, second, third)})
    assert "" == third.glossary.revision


def test_what_is_kept_in_memory_is_the_same_until_a_change(desk: Desk, people: People, clock: StillClock) -> None:
    with desk.begin(people.admin) as work:
        concept = add_concept(work, STATE)
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    with desk.read() as reading:
        first = term_base(reading.session, "nl", "fr")
    with desk.read() as reading:
        event.listen(desk.database.engine, "before_cursor_execute", note)
        again = term_base(reading.session, "nl", "fr")
        event.remove(desk.database.engine, "before_cursor_execute", note)
    clock.forward(seconds=1)
    with desk.begin(people.admin) as work:
        change_concept(work, concept.id, lambda before: replace(before, terms=(TermDraft("nl", "lidstaat"),)))
    with desk.read() as reading:
        changed = term_base(reading.session, "nl", "fr")

    assert again is first
    assert 1 == len([statement for statement in sent if statement.startswith("SELECT")])
    assert (1, 0) == (len(first.terms[0].targets), len(changed.terms[0].targets))


def test_the_terms_of_a_country_come_before_those_of_the_language(desk: Desk, people: People) -> None:
    both = (TermDraft("nl", "zeventig"), TermDraft("fr", "soixante-dix"), TermDraft("fr-BE", "septante"))
    desk.office = replace(desk.office, target_locales=("fr-BE",))
    with desk.begin(people.admin) as work:
        add_concept(work, ConceptDraft(both))

    with desk.read() as reading:
        found = [term_base(reading.session, "nl-BE", locale).terms[0].preferred for locale in ("fr-BE", "fr", "fr-CH")]

    assert ["septante", "soixante-dix", "soixante-dix"] == found
