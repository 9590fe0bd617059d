"""The page of the engines, and what the pages of a text say of the engines that drafted it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from lxml import html

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.operations.drafting import finish_draft, save_draft, start_draft
from service.operations.engines import SeenEngine, count_draft, record_engines
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import job_of, submit, text_of, translated
from tests.web.offices import browser

RESTING = {"gate": "resting", "gate_reason": "timeout", "gate_seconds": 600.0}
NOT_ASKED = EngineOutcome("google", OutcomeKind.NOT_ALLOWED, reason="confidential")


def seen(desk: Desk, **engines: dict[str, object]) -> None:
    """Let a worker have looked at the engines."""
    with desk.begin() as work:
        record_engines(
            work,
            [
                SeenEngine(name, **{"runs_in_office": False, "capabilities": {}, "gate": "open", **facts})  # type: ignore[arg-type]
                for name, facts in engines.items()
            ],
        )


def page(app: Flask, path: str = "/engines", who: str = "author") -> str:
    """Return what a page says, in one line."""
    shown = html.fromstring(browser(app, who).get(path).text)
    return " ".join(shown.xpath("string(//main)").split())


def rows(app: Flask, n: int) -> list[str]:
    """Return the rows of the page's n-th table, each in one line."""
    shown = html.fromstring(browser(app, "author").get("/engines").text)
    return [" ".join(row.text_content().split()) for row in shown.xpath(f"(//table)[{n}]/tbody/tr")]


def drafted(desk: Desk, release_id: str, *outcomes: EngineOutcome, **facts: object) -> None:
    """Draft the French version as a worker would, with outcomes as given."""
    job_id = job_of(desk, release_id, "fr")
    with desk.begin() as work:
        drafting = start_draft(work, job_id)
    assert drafting is not None
    units = tuple(
        DraftedUnit(
            it.unit_id,
            it.target,
            Origin(OriginKind.MT, engine="libretranslate", engine_version="1.6.5"),
            raw=f"raw {it.target}",
            **facts,  # type: ignore[arg-type]
        )
        for it in translated(drafting)
    )
    with desk.begin() as work:
        assert save_draft(work, job_id, drafting.token, units)
    answered = EngineOutcome("libretranslate", OutcomeKind.ANSWERED, filled=len(units))
    with desk.begin() as work:
        finish_draft(work, job_id, drafting.token, DraftResult(units, (), (answered, *outcomes)))


def nothing_drafted(desk: Desk, release_id: str, *outcomes: EngineOutcome) -> None:
    """End a drafting in which no engine drafted anything."""
    job_id = job_of(desk, release_id, "fr")
    with desk.begin() as work:
        drafting = start_draft(work, job_id)
    assert drafting is not None
    missing = tuple(segment.unit_id for segment in drafting.segments)
    with desk.begin() as work:
        finish_draft(work, job_id, drafting.token, DraftResult((), missing, outcomes))


@pytest.mark.parametrize("milliseconds, told", [(38, "0.04 s"), (99, "0.1 s"), (412, "0.4 s"), (1_960, "2 s")])
def test_a_quick_answer_is_not_said_to_take_no_time(lite_desk: Desk, app: Flask, milliseconds: int, told: str) -> None:
    seen(lite_desk, libretranslate={"answered_ms": milliseconds})

    assert rows(app, 1)[0].endswith(f"after {told}")


def test_each_engine_is_told_with_where_it_runs_and_how_it_stands(lite_desk: Desk, app: Flask) -> None:
    seen(
        lite_desk,
        libretranslate={"runs_in_office": True, "answered_ms": 412},
        deepl={"gate": "off", "gate_reason": "bad_key"},
        google=RESTING,
    )

    first, second, third = rows(app, 1)

    assert first.startswith("libretranslate in the office may be asked Mon 2 Mar 2026, 13:00")
    assert first.endswith("after 0.4 s")
    assert "is switched off until its settings change: refuses our key none yet" in second
    assert "is left alone until Mon 2 Mar 2026, 13:10: did not answer in time" in third


@pytest.mark.parametrize(
    "allowed, expected", [(False, "no text that is under embargo"), (True, "outside the office may")]
)
def test_what_an_engine_outside_is_not_shown_is_told(
    lite_desk: Desk, app: Flask, *, allowed: bool, expected: str
) -> None:
    seen(lite_desk, google={})
    object.__setattr__(lite_desk.office, "external_engines_for_embargoed", allowed)

    assert expected in page(app)


def test_too_few_measured_units_are_told_with_how_many_are_needed(lite_desk: Desk, app: Flask) -> None:
    seen(lite_desk, libretranslate={"runs_in_office": True})
    with lite_desk.begin() as work:
        units = tuple(DraftedUnit(f"u{n}", "x", Origin(OriginKind.MT, engine="libretranslate")) for n in range(3))
        failed = EngineOutcome("libretranslate", OutcomeKind.PARTLY, 3, "rate_limited")
        count_draft(work, DraftResult(units, (), (failed,)), source_locale="nl", target_locale="fr")

    (row,) = rows(app, 2)

    assert "1. libretranslate 3 not enough yet (0 of 200) 1 × takes no more texts for now" == row


@pytest.mark.parametrize(
    "pinned, expected",
    [(False, "This is the default order"), (True, "The office has fixed this order in its settings")],
)
def test_each_pair_tells_why_its_order_is_as_it_is(lite_desk: Desk, app: Flask, *, pinned: bool, expected: str) -> None:
    seen(lite_desk, libretranslate={}, google={})
    object.__setattr__(lite_desk.office, "engines_pinned", pinned)

    assert 3 == page(app).count(expected)


def test_a_look_long_ago_is_called_so(lite_desk: Desk, app: Flask, clock: StillClock) -> None:
    seen(lite_desk, google={})
    fresh = page(app)
    clock.forward(minutes=12)

    assert "out of date" not in fresh
    assert "The workers last looked at the engines 12 min ago" in page(app)


def test_before_any_worker_has_looked_the_page_says_what_comes_next(app: Flask) -> None:
    assert "No worker has told yet which engines there are." in page(app)


def test_the_page_names_no_person_and_no_text(
    lite_desk: Desk, lite_people: People, app: Flask, release_id: str
) -> None:
    seen(lite_desk, libretranslate={"runs_in_office": True})

    shown = page(app)

    assert "Reviewer" not in shown
    assert "25 miljoen" not in shown


@pytest.mark.parametrize("place", ["/releases/{}", "/releases/{}/fr"])
def test_who_drafted_a_whole_text_and_who_was_not_asked_is_told_quietly(
    lite_desk: Desk, lite_people: People, app: Flask, clock: StillClock, place: str
) -> None:
    embargo_at = clock.moment + timedelta(days=1)
    release_id = submit(lite_desk, lite_people.author, embargo_at=embargo_at, targets=("fr",))
    drafted(lite_desk, release_id, NOT_ASKED)

    assert "Drafted by libretranslate · not asked: google (outside the office)" in page(app, place.format(release_id))


def test_an_engine_that_failed_is_told_even_where_another_drafted_all(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    release_id = submit(lite_desk, lite_people.author, targets=("fr",))
    drafted(lite_desk, release_id, EngineOutcome("deepl", OutcomeKind.UNUSABLE, reason="bad_key"))

    assert "Drafted by libretranslate · deepl: refuses our key" in page(app, f"/releases/{release_id}")


@pytest.mark.parametrize(
    "facts, expected",
    [
        ({"embargo_at": True}, "this text may not leave it until Tue 3 Mar 2026, 13:00"),
        ({"confidential": True}, "this text may not leave it until it is published"),
        ({"embargo_at": True, "confidential": True}, "this text may not leave it until it is published"),
    ],
)
@pytest.mark.parametrize("place", ["/releases/{}", "/releases/{}/fr"])
def test_a_text_that_stayed_empty_says_until_when_it_may_not_leave(
    lite_desk: Desk,
    lite_people: People,
    app: Flask,
    clock: StillClock,
    place: str,
    facts: dict[str, object],
    expected: str,
) -> None:
    if "embargo_at" in facts:
        facts = {**facts, "embargo_at": clock.moment + timedelta(days=1)}
    release_id = submit(lite_desk, lite_people.author, targets=("fr",), **facts)  # type: ignore[arg-type]
    nothing_drafted(lite_desk, release_id, NOT_ASKED)

    shown = page(app, place.format(release_id))

    assert f"google: stands outside the office, and {expected}" in shown
    assert "no engine drafted" in shown


def test_a_segment_tells_where_its_draft_came_from(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    release_id = submit(lite_desk, lite_people.author, targets=("fr",))
    warnings = ("google: lost_token", "mended: 12 mars \u2192 14 avril")
    drafted(lite_desk, release_id, milliseconds=412, warnings=warnings)
    unit = text_of(lite_desk, release_id, "fr").units[0]

    shown = html.fromstring(browser(app, "reviewer").get(f"/releases/{release_id}/fr").text)
    texts = shown.xpath(f"//li[@id='unit-{unit.id}']//*[@data-part='draft']//text()[normalize-space()]")
    details = " ".join(" ".join(text.split()) for text in texts)

    assert "libretranslate (1.6.5)" in details
    assert "Mon 2 Mar 2026, 13:00" in details
    assert "The request took 0.4 s" in details
    assert f"As the engine answered: raw {unit.draft}" in details
    assert "google: the answer lost a mark or a word that must stay" in details
    assert "mended in a sentence of the memory: 12 mars \u2192 14 avril" in details
