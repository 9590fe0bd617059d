"""From an edit of the term base to what an engine is sent, through the real task."""

from __future__ import annotations

from dataclasses import replace

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.alternatives import ask_alternative
from service.operations.drafting import redraft
from service.operations.terms import add_concept, change_concept
from service.storage.models import Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import job_of, submit, text_of
from tests.servers.deepl import DeepLServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.tasks.conftest import MakeParts
from workers.engines.deepl import DeepL
from workers.engines.libretranslate import LibreTranslate
from workers.tasks.alternatives import draft_alternative
from workers.tasks.drafting import draft

TEXT = """Nieuwsbericht

Be-Alert waarschuwt de inwoners

De dienst {Be-Alert} waarschuwt voor hoog water, zegt Be-Alert.
"""


def sent(server: LibreTranslateServer, since: int) -> str:
    return "\n".join(text for asked in server.translations[since:] for text in asked.texts)


def units(desk: Desk, release_id: str) -> tuple[Unit, ...]:
    return text_of(desk, release_id, "fr").units


def test_a_name_that_is_no_longer_translated_is_masked_in_the_very_next_draft(
    lite_desk: Desk,
    lite_people: People,
    make_parts: MakeParts,
    engine: LibreTranslate,
    office_engine: LibreTranslateServer,
) -> None:
    make_parts(engine)
    names = (TermDraft("nl", "Be-Alert"), TermDraft("fr", "BE-Alerte"))
    with lite_desk.begin(lite_people.admin) as work:
        concept = add_concept(work, ConceptDraft(names))
    release_id = submit(lite_desk, lite_people.author, text=TEXT, targets=("fr",))
    draft(job_of(lite_desk, release_id, "fr"))
    first = sent(office_engine, 0)
    before = len(office_engine.translations)

    with lite_desk.begin(lite_people.admin) as work:
        change_concept(work, concept.id, lambda it: replace(it, do_not_translate=True))
    with lite_desk.begin(lite_people.reviewer) as work:
        redraft(work, release_id, "fr")
    draft(job_of(lite_desk, release_id, "fr"))

    again = sent(office_engine, before)
    assert (3, 0) == (first.count("Be-Alert"), again.count("Be-Alert"))
    assert 3 == again.count("[X")
    assert 3 == sum(unit.target.count("Be-Alert") for unit in units(lite_desk, release_id))


def test_what_terms_make_up_is_filled_in_while_no_engine_answers(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    make_parts()
    with lite_desk.begin(lite_people.admin) as work:
        add_concept(work, ConceptDraft((TermDraft("nl", "nieuwsbericht"), TermDraft("fr", "communiqué de presse"))))
    release_id = submit(lite_desk, lite_people.author, text=TEXT, targets=("fr",))

    draft(job_of(lite_desk, release_id, "fr"))

    filled = [(unit.target, unit.origin) for unit in units(lite_desk, release_id) if unit.target]
    assert [("Communiqué de presse", "terms")] == filled


def test_a_term_that_was_changed_is_in_deepl_s_glossary_at_the_very_next_draft(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    with DeepLServer(key="a-key") as server:
        make_parts(DeepL("a-key", server.url))
        with lite_desk.begin(lite_people.admin) as work:
            terms = (TermDraft("nl", "inwoners"), TermDraft("fr", "habitants"))
            concept = add_concept(work, ConceptDraft(terms))
        release_id = submit(lite_desk, lite_people.author, text=TEXT, targets=("fr",))
        draft(job_of(lite_desk, release_id, "fr"))
        title = next(unit.target for unit in units(lite_desk, release_id) if "habitants" in unit.target)

        with lite_desk.begin(lite_people.admin) as work:
            changed = (TermDraft("nl", "inwoners"), TermDraft("fr", "citoyens"))
            change_concept(work, concept.id, lambda it: replace(it, terms=changed))
        with lite_desk.begin(lite_people.reviewer) as work:
            redraft(work, release_id, "fr")
        draft(job_of(lite_desk, release_id, "fr"))

        assert {("inwoners", "citoyens")} == {pair for it in server.glossaries for pair in it.entries.items()} - {
            ("inwoners", "habitants")
        }
    again = [unit.target for unit in units(lite_desk, release_id)]
    assert title.replace("habitants", "citoyens") in again
    assert not [target for target in again if "habitants" in target]


def test_a_text_that_is_drafted_alone_goes_with_the_sentences_around_it(
    lite_desk: Desk, lite_people: People, make_parts: MakeParts
) -> None:
    with DeepLServer(key="a-key") as server:
        make_parts(DeepL("a-key", server.url))
        release_id = submit(lite_desk, lite_people.author, text=TEXT, targets=("fr",))
        draft(job_of(lite_desk, release_id, "fr"))
        body = text_of(lite_desk, release_id, "fr")
        at = next(place for place, it in enumerate(body.segments) if it.source == "Nieuwsbericht")
        around = [body.segments[at - 1].source, body.segments[at + 1].source]
        with lite_desk.begin(lite_people.reviewer) as work:
            alternative = ask_alternative(work, release_id, "fr", body.units[at].id, engine="deepl")

        draft_alternative(alternative.id)

        asked = server.translations[-1]
        assert 0 < at < len(body.segments) - 1
        assert ("Nieuwsbericht",) == asked.texts
        assert "\n".join(around) == asked.sent["context"]
