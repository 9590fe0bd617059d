from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from service.domain.permissions import DESK
from service.operations.drafting import start_draft
from service.storage.models import Endpoint, EngineState
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.operations.making import job_of, submit
from tests.operations.steps import act, endpoint
from tests.web.offices import browser


@pytest.fixture
def unwell(lite_desk: Desk, lite_people: People, clock: StillClock) -> None:
    """A desk where a worker died with a draft, an engine rests, and a receiver fails."""
    release_id = submit(lite_desk, lite_people.author)
    act(lite_desk, DESK, start_draft, job_of(lite_desk, release_id, "fr"))
    point = endpoint(lite_desk, lite_people)
    with lite_desk.begin() as work:
        work.session.execute(update(Endpoint).where(Endpoint.id == point).values(failing_since=NOON))
        work.session.add(
            EngineState(
                name="deepl", place=0, runs_in_office=False, gate="resting", gate_reason="timeout", checked_at=NOON
            )
        )
    clock.forward(minutes=10)


def test_the_page_shows_what_is_stuck_resting_and_failing(unwell: None, app: Flask) -> None:
    page = browser(app, "auditor").get("/health")

    assert 200 == page.status_code
    assert '<td class="count" data-label="Stuck claims">1</td>' in page.text
    assert "http://127.0.0.1:9/hook: failing since" in page.text
    assert "deepl:" in page.text


def test_the_figures_tell_the_same(unwell: None, app: Flask) -> None:
    figures = browser(app).get("/metrics").text

    assert 'perstolk_stuck_claims{kind="draft"} 1.0' in figures
    assert 'perstolk_oldest_due_seconds{kind="draft"} 600.0' in figures
    assert 'perstolk_endpoints{state="failing"} 1.0' in figures
    assert 'perstolk_engine_open{engine="deepl"} 0.0' in figures


def test_a_page_of_a_desk_at_rest_says_so(app: Flask) -> None:
    page = browser(app, "admin").get("/health")

    assert "The clock was never heard." in page.text
    assert "Well: 0. Failing: 0. Off: 0." in page.text
