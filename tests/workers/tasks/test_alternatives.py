from __future__ import annotations

import pytest

from service.config import SettingsError
from service.domain.drafts import OriginKind
from service.operations.alternatives import ask_alternative
from service.operations.claiming_alternatives import claim_alternative
from service.operations.claiming_drafts import DRAFT_LEASE_SECONDS
from service.operations.drafting import redraft
from service.operations.review import edit_unit
from service.queries.alternatives import state_of
from service.storage.models import Alternative, Unit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import draft as draft_well
from tests.operations.making import job_of, submit, text_of
from tests.servers.base import Behaviour
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.tasks.conftest import MakeParts
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate
from workers.tasks.alternatives import draft_alternative
from workers.tasks.drafting import draft


@pytest.fixture
def release_id(lite_desk: Desk, lite_people: People) -> str:
    """A release whose texts came from `libretranslate`."""
    made = submit(lite_desk, lite_people.author)
    draft_well(lite_desk, made)
    return made


@pytest.fixture
def unit(lite_desk: Desk, release_id: str) -> Unit:
    return text_of(lite_desk, release_id, "fr").units[0]


def ask(desk: Desk, people: People, release_id: str, unit_id: str, engine: str | None = None) -> str:
    with desk.begin(people.reviewer) as work:
        return ask_alternative(work, release_id, "fr", unit_id, engine=engine).id


def stored(desk: Desk, alternative_id: str) -> Alternative:
    with desk.read() as reading:
        return reading.session.get_one(Alternative, alternative_id)


def told(alternative: Alternative) -> list[tuple[str, str]]:
    return [(outcome["engine"], outcome["reason"]) for outcome in alternative.outcomes]


def test_the_next_engine_drafts_the_one_unit_and_the_text_stays(
    lite_desk: Desk,
    lite_people: People,
    release_id: str,
    unit: Unit,
    make_parts: MakeParts,
    engine: LibreTranslate,
    office_engine: LibreTranslateServer,
    outsider: Google,
    outside_engine: GoogleServer,
) -> None:
    make_parts(engine, outsider)
    alternative_id = ask(lite_desk, lite_people, release_id, unit.id)

    draft_alternative(alternative_id)

    alternative = stored(lite_desk, alternative_id)
    assert ("there", "google", OriginKind.MT) == (state_of(alternative), alternative.answered_by, alternative.origin)
    assert alternative.target
    assert (0, 1) == (len(office_engine.translations), len(outside_engine.translations))
    assert unit.target == text_of(lite_desk, release_id, "fr").units[0].target


def test_engines_that_cannot_be_made_leave_nothing_claimed(
    lite_desk: Desk, lite_people: People, release_id: str, unit: Unit, make_parts: MakeParts
) -> None:
    del make_parts(engines="deepl").__dict__["engines"]
    alternative_id = ask(lite_desk, lite_people, release_id, unit.id)

    with pytest.raises(SettingsError, match="set PERSTOLK_DEEPL_API_KEY"):
        draft_alternative(alternative_id)

    left = stored(lite_desk, alternative_id)
    assert (0, None) == (left.attempts, left.lease_until)


def test_only_the_engine_that_was_named_is_asked(
    lite_desk: Desk,
    lite_people: People,
    release_id: str,
    unit: Unit,
    make_parts: MakeParts,
    engine: LibreTranslate,
    office_engine: LibreTranslateServer,
    outsider: Google,
    outside_engine: GoogleServer,
) -> None:
    make_parts(engine, outsider)
    office_engine.behave(Behaviour.REFUSE)
    alternative_id = ask(lite_desk, lite_people, release_id, unit.id, "libretranslate")

    draft_alternative(alternative_id)

    alternative = stored(lite_desk, alternative_id)
    assert "failed" == state_of(alternative)
    assert [("libretranslate", "refused_connection")] == told(alternative)
    assert [] == outside_engine.translations


def test_the_one_that_was_heard_already_is_asked_last(
    lite_desk: Desk, lite_people: People, release_id: str, unit: Unit, make_parts: MakeParts, outsider: Google
) -> None:
    other = LibreTranslateServer()
    with other:
        make_parts(LibreTranslate(other.url, None), outsider)
        with lite_desk.begin() as work:
            work.session.get_one(Unit, unit.id).engine = "deepl"
        asked = [ask(lite_desk, lite_people, release_id, unit.id)]
        draft_alternative(asked[0])
        asked.append(ask(lite_desk, lite_people, release_id, unit.id))
        draft_alternative(asked[1])

    assert ["libretranslate", "google"] == [stored(lite_desk, it).answered_by for it in asked]


@pytest.mark.parametrize("engine_name, reason", [(None, "confidential"), ("google", "confidential")])
def test_a_confidential_text_reaches_no_engine_outside(
    lite_desk: Desk,
    lite_people: People,
    make_parts: MakeParts,
    outsider: Google,
    outside_engine: GoogleServer,
    engine_name: str | None,
    reason: str,
) -> None:
    make_parts(outsider)
    release_id = submit(lite_desk, lite_people.author, confidential=True)
    draft_well(lite_desk, release_id)
    unit = text_of(lite_desk, release_id, "fr").units[0]
    alternative_id = ask(lite_desk, lite_people, release_id, unit.id, engine_name)

    draft_alternative(alternative_id)

    alternative = stored(lite_desk, alternative_id)
    assert ("failed", [("google", reason)]) == (state_of(alternative), told(alternative))
    assert [] == outside_engine.translations


def test_the_same_hint_twice_asks_once(
    lite_desk: Desk,
    lite_people: People,
    release_id: str,
    unit: Unit,
    make_parts: MakeParts,
    outsider: Google,
    outside_engine: GoogleServer,
) -> None:
    make_parts(outsider)
    alternative_id = ask(lite_desk, lite_people, release_id, unit.id)

    draft_alternative(alternative_id)
    draft_alternative(alternative_id)
    draft_alternative("alt_that_never_was")

    assert 1 == len(outside_engine.translations)


def test_what_a_dead_worker_left_is_drafted_when_its_lease_ends(
    lite_desk: Desk,
    lite_people: People,
    release_id: str,
    unit: Unit,
    clock: StillClock,
    make_parts: MakeParts,
    outsider: Google,
) -> None:
    make_parts(outsider)
    alternative_id = ask(lite_desk, lite_people, release_id, unit.id)
    with lite_desk.begin() as work:
        assert claim_alternative(work, alternative_id) is not None  # by a worker that dies now
    draft_alternative(alternative_id)
    early = state_of(stored(lite_desk, alternative_id))
    clock.forward(seconds=DRAFT_LEASE_SECONDS)

    draft_alternative(alternative_id)

    assert ("waiting", "there") == (early, state_of(stored(lite_desk, alternative_id)))


def test_a_redraft_asks_the_engine_that_was_named_first_and_only_once(
    lite_desk: Desk,
    lite_people: People,
    release_id: str,
    unit: Unit,
    make_parts: MakeParts,
    engine: LibreTranslate,
    outsider: Google,
) -> None:
    make_parts(engine, outsider)
    with lite_desk.begin(lite_people.reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=None, target="Un mot à moi")
        redraft(work, release_id, "fr", engine="google")
    job_id = job_of(lite_desk, release_id, "fr")
    draft(job_id)
    named = [it.engine for it in text_of(lite_desk, release_id, "fr").units]
    with lite_desk.begin(lite_people.reviewer) as work:
        redraft(work, release_id, "fr")

    draft(job_id)

    units = text_of(lite_desk, release_id, "fr").units
    assert {"google"} == set(named[1:])
    assert {"libretranslate"} == {it.engine for it in units[1:]}
    assert "Un mot à moi" == units[0].target
