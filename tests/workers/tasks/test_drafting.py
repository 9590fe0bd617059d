from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from service.config import SettingsError
from service.domain import ranking
from service.operations.drafting import DRAFT_LEASE_SECONDS
from service.queries.engines import engine_states
from service.queries.texts import tally
from service.storage.models import DraftJob, DraftMeasure, UnitRevision, Version
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import job_of, submit, text_of
from tests.servers.base import Behaviour
from tests.servers.google import GoogleServer
from tests.servers.libretranslate import LibreTranslateServer
from tests.workers.tasks.conftest import MakeParts
from workers.engines.google import Google
from workers.engines.libretranslate import LibreTranslate
from workers.tasks import drafting
from workers.tasks.drafting import draft


@pytest.fixture
def release_id(lite_desk: Desk, lite_people: People) -> str:
    return submit(lite_desk, lite_people.author)


@pytest.fixture
def job_id(lite_desk: Desk, release_id: str) -> str:
    return job_of(lite_desk, release_id, "fr")


def french(desk: Desk) -> Version:
    with desk.read() as reading:
        return reading.session.scalars(select(Version).where(Version.locale == "fr")).one()


def empty_units(desk: Desk) -> int:
    version = french(desk)
    with desk.read() as reading:
        return tally(reading.session, version).empty


def job(desk: Desk, job_id: str) -> DraftJob:
    with desk.read() as reading:
        return reading.session.get_one(DraftJob, job_id)


def revisions(desk: Desk) -> int:
    with desk.read() as reading:
        return reading.session.scalar(select(func.count(UnitRevision.id))) or 0


def meanwhile(server: LibreTranslateServer, act: Callable[[], None]) -> None:
    """Let something happen while the engine is at work, once."""
    translate, done = server.translate, []

    def acting(text: str, source: str, target: str) -> str:
        if not done:
            done.append(True)
            act()
        return translate(text, source, target)

    server.translate = acting


def test_a_version_goes_to_review_with_every_unit_drafted(
    lite_desk: Desk, job_id: str, make_parts: MakeParts, engine: LibreTranslate
) -> None:
    make_parts(engine)

    draft(job_id)

    assert ("in_review", 0) == (french(lite_desk).state, empty_units(lite_desk))
    assert job(lite_desk, job_id).due_at is None


def test_the_same_hint_twice_drafts_once(
    lite_desk: Desk,
    job_id: str,
    make_parts: MakeParts,
    engine: LibreTranslate,
    office_engine: LibreTranslateServer,
) -> None:
    make_parts(engine)
    draft(job_id)
    written, asked = revisions(lite_desk), len(office_engine.translations)

    draft(job_id)

    assert (written, asked) == (revisions(lite_desk), len(office_engine.translations))


def test_engines_that_cannot_be_made_leave_nothing_claimed(lite_desk: Desk, job_id: str, make_parts: MakeParts) -> None:
    due_at = job(lite_desk, job_id).due_at
    del make_parts(engines="deepl").__dict__["engines"]

    with pytest.raises(SettingsError, match="set PERSTOLK_DEEPL_API_KEY"):
        draft(job_id)

    left = job(lite_desk, job_id)
    assert (due_at, 0, None) == (left.due_at, left.attempts, left.lease_until)
    assert "queued" == french(lite_desk).state


@pytest.mark.parametrize("scale, expected", [(1.0, timedelta(minutes=1)), (0.5, timedelta(seconds=30))])
def test_what_no_engine_drafted_is_due_again_by_itself(
    lite_desk: Desk,
    job_id: str,
    clock: StillClock,
    make_parts: MakeParts,
    engine: LibreTranslate,
    office_engine: LibreTranslateServer,
    scale: float,
    expected: timedelta,
) -> None:
    make_parts(engine, retry_scale=scale)
    office_engine.behave(Behaviour.REFUSE)

    draft(job_id)

    version = french(lite_desk)
    assert "in_review" == version.state
    assert empty_units(lite_desk) > 0
    assert ["refused_connection"] == [outcome["reason"] for outcome in version.outcomes]
    assert clock.moment + expected == job(lite_desk, job_id).due_at


def test_the_next_round_fills_what_was_left(
    lite_desk: Desk,
    job_id: str,
    clock: StillClock,
    make_parts: MakeParts,
    engine: LibreTranslate,
    office_engine: LibreTranslateServer,
) -> None:
    make_parts(engine)
    office_engine.behave(Behaviour.REFUSE)
    draft(job_id)
    office_engine.behave(Behaviour.WELL)
    clock.forward(minutes=1)
    make_parts(engine)  # with breakers that rested

    draft(job_id)

    assert 0 == empty_units(lite_desk)


def test_who_lost_the_lease_writes_nothing(
    lite_desk: Desk,
    job_id: str,
    make_parts: MakeParts,
    engine: LibreTranslate,
    office_engine: LibreTranslateServer,
) -> None:
    make_parts(engine)

    def lose_it() -> None:
        with lite_desk.begin() as work:
            work.session.execute(update(DraftJob).values(lease_token="somebody else's"))

    meanwhile(office_engine, lose_it)

    draft(job_id)

    assert ("drafting", 0) == (french(lite_desk).state, revisions(lite_desk))
    assert "somebody else's" == job(lite_desk, job_id).lease_token


def test_a_lease_is_prolonged_while_an_engine_takes_its_time(
    lite_desk: Desk,
    job_id: str,
    clock: StillClock,
    make_parts: MakeParts,
    engine: LibreTranslate,
    office_engine: LibreTranslateServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_parts(engine)
    monkeypatch.setattr(drafting, "DRAFT_LEASE_SECONDS", 0.2)
    leased_until: list[datetime | None] = []

    def take_time() -> None:
        clock.forward(seconds=10)
        time.sleep(0.5)
        leased_until.append(job(lite_desk, job_id).lease_until)

    meanwhile(office_engine, take_time)

    draft(job_id)

    assert [clock.moment + timedelta(seconds=DRAFT_LEASE_SECONDS)] == leased_until


@pytest.mark.parametrize("allowed, asked_outside", [(False, False), (True, True)])
def test_a_text_under_embargo_leaves_the_office_only_where_the_office_said_so(
    lite_desk: Desk,
    lite_people: People,
    clock: StillClock,
    make_parts: MakeParts,
    outsider: Google,
    outside_engine: GoogleServer,
    *,
    allowed: bool,
    asked_outside: bool,
) -> None:
    make_parts(outsider, external_engines_for_embargoed=allowed)
    embargoed = submit(lite_desk, lite_people.author, embargo_at=clock.moment + timedelta(hours=1))

    draft(job_of(lite_desk, embargoed, "fr"))

    assert asked_outside is bool(outside_engine.translations)
    assert asked_outside is (empty_units(lite_desk) == 0)


def test_a_job_that_is_gone_or_unknown_is_no_error(make_parts: MakeParts, engine: LibreTranslate) -> None:
    make_parts(engine)

    draft("job_that_never_was")


def french_units(desk: Desk, release_id: str) -> set[str | None]:
    return {unit.engine for unit in text_of(desk, release_id, "fr").units}


@pytest.fixture
def google_is_better(lite_desk: Desk, lite_people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reviewers have changed less of Google's drafts than of LibreTranslate's."""
    monkeypatch.setattr(ranking, "ENOUGH_UNITS", 1)
    units = text_of(lite_desk, submit(lite_desk, lite_people.author, targets=("fr",)), "fr").units
    with lite_desk.begin() as work:
        for unit, engine, ter in zip(units, ("google", "libretranslate"), (3.0, 9.0), strict=False):
            work.session.add(
                DraftMeasure(
                    unit_id=unit.id,
                    origin="mt",
                    engine=engine,
                    source_locale="nl",
                    target_locale="fr",
                    unchanged=False,
                    chrf=90.0,
                    ter=ter,
                    approved_at=work.now,
                )
            )


@pytest.mark.parametrize(
    "settings, expected",
    [({}, "google"), ({"engines": ("libretranslate", "google")}, "libretranslate")],
)
def test_who_is_changed_least_is_asked_first_unless_the_office_named_the_order(
    lite_desk: Desk,
    lite_people: People,
    make_parts: MakeParts,
    engine: LibreTranslate,
    outsider: Google,
    google_is_better: None,
    settings: dict[str, object],
    expected: str,
) -> None:
    make_parts(engine, outsider, **settings)
    release_id = submit(lite_desk, lite_people.author, targets=("fr",))

    draft(job_of(lite_desk, release_id, "fr"))

    assert {expected} == french_units(lite_desk, release_id)


def test_another_pair_is_asked_in_the_default_order(
    lite_desk: Desk,
    lite_people: People,
    make_parts: MakeParts,
    engine: LibreTranslate,
    outsider: Google,
    google_is_better: None,
) -> None:
    make_parts(engine, outsider)
    release_id = submit(lite_desk, lite_people.author, targets=("de",))

    draft(job_of(lite_desk, release_id, "de"))

    assert {"libretranslate"} == {unit.engine for unit in text_of(lite_desk, release_id, "de").units}


def test_a_confidential_text_stays_in_the_office_whoever_is_changed_least(
    lite_desk: Desk,
    lite_people: People,
    make_parts: MakeParts,
    engine: LibreTranslate,
    outsider: Google,
    outside_engine: GoogleServer,
    google_is_better: None,
) -> None:
    make_parts(engine, outsider)
    release_id = submit(lite_desk, lite_people.author, targets=("fr",), confidential=True)

    draft(job_of(lite_desk, release_id, "fr"))

    assert {"libretranslate"} == french_units(lite_desk, release_id)
    assert [] == outside_engine.translations


def test_after_a_run_the_engines_are_seen_as_they_stand(
    lite_desk: Desk,
    job_id: str,
    clock: StillClock,
    make_parts: MakeParts,
    engine: LibreTranslate,
    outsider: Google,
    outside_engine: GoogleServer,
) -> None:
    make_parts(outsider, engine)
    outside_engine.behave(Behaviour.RATE_LIMITED)

    draft(job_id)

    with lite_desk.read() as reading:
        first, second = engine_states(reading.session)
    assert ("google", "resting", "rate_limited") == (first.name, first.gate, first.gate_reason)
    assert ("libretranslate", "open") == (second.name, second.gate)
    assert (first.last_answer_at, second.last_answer_at) == (None, clock.moment)
    assert second.last_answer_ms is not None
