from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service.config import Settings
from service.dispatch import NullDispatcher
from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.domain.permissions import Scope
from service.operations.drafting import finish_draft, start_draft
from service.operations.engines import SeenEngine, count_draft, record_engines
from service.operations.tokens import issue_token
from service.storage.models import DraftMeasure, Unit
from service.uow import open_desk
from tests.api.conftest import Office
from tests.operations.making import draft, job_of, translated

CAPABILITIES = {"keyless": True, "batch": "list", "max_items": 6, "rate": {"requests": 5, "seconds": 1.0}}


@pytest.fixture
def with_engines(office: Office) -> Office:
    """An office whose worker has looked at two engines, and counted one run of one of them."""
    with office.desk.begin() as work:
        record_engines(
            work,
            [
                SeenEngine(
                    "libretranslate", runs_in_office=True, capabilities=CAPABILITIES, gate="open", answered_ms=412
                ),
                SeenEngine(
                    "google",
                    runs_in_office=False,
                    capabilities=CAPABILITIES,
                    gate="resting",
                    gate_reason="rate_limited",
                    gate_seconds=1800.0,
                ),
            ],
        )
        units = tuple(DraftedUnit(f"u{n}", "x", Origin(OriginKind.MT, engine="google")) for n in range(3))
        failed = EngineOutcome("google", OutcomeKind.PARTLY, 3, "rate_limited")
        count_draft(work, DraftResult(units, (), (failed,)), source_locale="nl", target_locale="fr")
    return office


def test_the_engines_are_listed_with_how_they_stand(with_engines: Office) -> None:
    found = with_engines.call("author", "GET", "/engines").get_json()

    first, second = found["items"]
    assert ("libretranslate", 1, True, "open") == (
        first["name"],
        first["place"],
        first["runs_in_office"],
        first["state"]["gate"],
    )
    assert 412 == first["last_answer"]["milliseconds"]
    assert CAPABILITIES == first["capabilities"]
    assert ("resting", "rate_limited") == (second["state"]["gate"], second["state"]["reason"])
    assert {"at": None, "milliseconds": None} == second["last_answer"]
    assert (None, False) == (found["next"], found["pinned"])


def test_each_pair_has_its_order_and_figures(with_engines: Office) -> None:
    pairs = with_engines.call("author", "GET", "/engines").get_json()["pairs"]

    french = pairs[0]
    assert [("nl", "fr"), ("nl", "de"), ("nl", "en")] == [(it["source_locale"], it["target_locale"]) for it in pairs]
    assert (["libretranslate", "google"], "default") == (french["order"], french["ordered_by"])
    nothing = {"measured": 0, "needed": 200, "unchanged": None, "chrf_distance": None, "ter": None}
    assert {
        **nothing,
        "engine": "google",
        "drafts": 3,
        "failures": [{"reason": "rate_limited", "count": 1}],
    } == french["engines"][1]


def test_figures_come_with_enough_measured_units(with_engines: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.queries.engines.ENOUGH_UNITS", 2)
    release_id = with_engines.submit(targets=["fr"])
    draft(with_engines.desk, release_id)
    with with_engines.desk.begin() as work:
        for unit, ter in zip(work.session.scalars(select(Unit)).all(), (0.0, 12.5), strict=False):
            work.session.add(
                DraftMeasure(
                    unit_id=unit.id,
                    origin="mt",
                    engine="google",
                    source_locale="nl",
                    target_locale="fr",
                    unchanged=ter == 0,
                    chrf=100 - ter,
                    ter=ter,
                    approved_at=work.now - timedelta(days=1),
                )
            )

    french = with_engines.call("author", "GET", "/engines").get_json()["pairs"][0]

    google = french["engines"][1]
    assert (2, 0.5, 6.2, 6.2) == (google["measured"], google["unchanged"], google["chrf_distance"], google["ter"])


def test_a_token_that_may_not_read_sees_no_engines(with_engines: Office) -> None:
    owner = with_engines.people.author
    with with_engines.desk.begin(owner) as work:
        _, token = issue_token(work, user_id=owner.user_id or "", name="submits only", scopes=(Scope.SUBMIT,))

    answer = with_engines.client.get("/api/v1/engines", headers={"Authorization": f"Bearer {token}"})

    assert 403 == answer.status_code


def test_a_unit_says_which_engine_drafted_it_when_and_how_long_that_took(office: Office) -> None:
    release_id = office.submit(targets=["fr"])
    draft(office.desk, release_id)

    unit = office.call("author", "GET", f"/releases/{release_id}/versions/fr/units").get_json()["items"][0]

    with office.desk.read() as reading:
        stored = reading.session.get_one(Unit, unit["id"])
    assert {
        "kind": "mt",
        "engine": "libretranslate",
        "engine_version": None,
        "score": None,
        "milliseconds": None,
    } == {key: value for key, value in unit["origin"].items() if key != "at"}
    assert stored.drafted_at is not None
    assert unit["origin"]["at"].startswith(stored.drafted_at.strftime("%Y-%m-%dT%H:%M:%S"))


def test_a_version_says_who_drafted_it_and_who_was_not_asked_and_why(office: Office) -> None:
    release_id = office.submit(targets=["fr"], confidential=True)
    job_id = job_of(office.desk, release_id, "fr")
    with office.desk.begin() as work:
        drafting = start_draft(work, job_id)
    assert drafting is not None
    units = translated(drafting)
    outcomes = (
        EngineOutcome("libretranslate", OutcomeKind.ANSWERED, filled=len(units), milliseconds=412),
        EngineOutcome("google", OutcomeKind.NOT_ALLOWED, reason="confidential"),
    )
    with office.desk.begin() as work:
        finish_draft(work, job_id, drafting.token, DraftResult(units, (), outcomes))

    engines = office.call("author", "GET", f"/releases/{release_id}/versions/fr").get_json()["engines"]

    assert [("libretranslate", "answered", "", 412), ("google", "not_allowed", "confidential", None)] == [
        (it["name"], it["kind"], it["reason"], it["milliseconds"]) for it in engines
    ]


@pytest.mark.parametrize("named, expected", [(None, False), (("google",), True)])
def test_an_office_that_names_its_engines_has_fixed_their_order(
    tmp_path: Path, named: tuple[str, ...] | None, *, expected: bool
) -> None:
    settings = Settings(secret_key="a secret key for tests only", var_dir=tmp_path, engines=named)

    assert expected is open_desk(settings, dispatcher=NullDispatcher()).office.engines_pinned
