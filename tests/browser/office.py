"""An office with people, releases in every state, an endpoint and its deliveries, served on a free port.

Each test that changes something opens one of its own; those that only look share one.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.serving import WSGIRequestHandler, make_server

from service.app import create_app
from service.config import Settings
from service.dispatch import RecordingDispatcher
from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.domain.permissions import Actor
from service.formats import read
from service.operations.delivering import AttemptResult, claim_delivery, fan_out, record_attempt
from service.operations.drafting import DraftWork, finish_draft, save_draft, start_draft
from service.operations.endpoints import add_endpoint
from service.operations.publishing import request_publication, withdraw_release
from service.operations.releases import Submission, add_comment, submit_release
from service.operations.review import claim_version, edit_unit
from service.operations.upkeep import find_due
from service.queries.accounts import actor_for
from service.storage import migrate
from service.storage.models import Delivery, SegmentRow, Unit, User, Version
from service.uow import Desk
from tests.browser.samples import BUDGET, LIBRARY, MARKET, POOL, TREES, Sentence, target_of, written
from tests.desk_fixtures import NOON, PASSWORD, People, StillClock, make_desk, make_people
from tests.operations.making import approve, job_of

NAMES = {
    "author": "Lies Claes",
    "other_author": "Bram Peeters",
    "reviewer": "Marc Dubois",
    "second_reviewer": "Jana Wouters",
    "french_reviewer": "Chloé Lambert",
    "publisher": "Karim Aerts",
    "admin": "Els Maes",
    "auditor": "Tom Renard",
}
LOCALES = ("fr", "de", "en")


class _QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@dataclass
class BrowserOffice:
    """A served desk; `facts` fills the paths of the pages' table."""

    desk: Desk
    people: People
    app: Flask
    origin: str
    log: io.StringIO
    facts: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def cookie(self, person: str) -> str:
        """Sign a person in beside the browser, once, and return the session's cookie."""
        if person not in self.cookies:
            self.cookies[person] = self._sign_in(person)
        return self.cookies[person]

    def _sign_in(self, person: str) -> str:
        with self.app.test_client() as client:
            page = client.get("/sign-in").text
            token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
            form = {"csrf_token": token, "email": f"{person}@office.example", "password": PASSWORD}
            answer = client.post("/sign-in", data=form)
            assert answer.status_code == 303, answer.text
            cookie = client.get_cookie("perstolk")
            assert cookie is not None
            return cookie.value

    def speak(self, language: str) -> None:
        """Give every person the pages in a language."""
        with self.desk.begin() as work:
            for user in work.session.scalars(select(User)):
                user.language = language

    def units(self, release: str, locale: str) -> list[Unit]:
        """Return a version's units in the order of the text."""
        with self.desk.read() as reading:
            return list(
                reading.session.scalars(
                    select(Unit)
                    .join(Version, Version.id == Unit.version_id)
                    .join(SegmentRow, SegmentRow.id == Unit.segment_id)
                    .where(Version.release_id == self.facts[release], Version.locale == locale)
                    .order_by(SegmentRow.n)
                )
            )

    def targets(self, release: str, locale: str) -> list[str]:
        """Return what the server has as a version's texts, in the order of the text."""
        return [unit.target for unit in self.units(release, locale)]


def _new_people(desk: Desk) -> People:
    """Hire the office's people, and give them names of their own."""
    make_people(desk)
    with desk.begin() as work:
        for user in work.session.scalars(select(User)):
            user.name = NAMES[user.email.partition("@")[0]]
    return _people_of(desk)


def _people_of(desk: Desk) -> People:
    """Find the people of an office that has them."""
    with desk.read() as reading:
        users = reading.session.scalars(select(User).options(selectinload(User.grants))).all()
        return People(**{user.email.partition("@")[0]: actor_for(user, via="web") for user in users})


def _not_yet(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Stand in for the application until it can be told its own address."""
    start_response("503 Service Unavailable", [])
    return []


@contextmanager
def open_office(
    folder: Path, template: Path | None = None, facts: dict[str, str] | None = None
) -> Iterator[BrowserOffice]:
    """Serve an office on SQLite; `template` is a migrated file to start from, filled where its `facts` are given."""
    log = io.StringIO()
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.PrintLoggerFactory(log),
        cache_logger_on_first_use=False,
    )
    database = folder / "desk.db"
    if template is not None:
        database.write_bytes(template.read_bytes())
    url = f"sqlite:///{database}"
    if template is None:
        migrate.upgrade(url)
    server = make_server("127.0.0.1", 0, _not_yet, threaded=True, request_handler=_QuietHandler)
    origin = f"http://127.0.0.1:{server.server_port}"
    desk = make_desk(url, RecordingDispatcher(), StillClock(), public_url=origin)
    people = _new_people(desk) if facts is None else _people_of(desk)
    settings = Settings(secret_key="a secret key for tests only", var_dir=folder, public_url=origin)
    app = create_app(settings, desk=desk)
    server.app = app
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield BrowserOffice(desk, people, app, origin, log, dict(facts or {}))
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
        desk.database.dispose()
        structlog.reset_defaults()


def hand_in(desk: Desk, author: Actor, sample: tuple[tuple[Sentence, ...], ...], **rest: object) -> str:
    """Submit a sample and return the release's id."""
    body = written(sample)
    with desk.begin(author) as work:
        submission = Submission(document=read(body, "markdown"), body=body, format="markdown", **rest)  # type: ignore[arg-type]
        release, _ = submit_release(work, submission)
        return release.id


def _drafted(drafting: DraftWork) -> tuple[DraftedUnit, ...]:
    return tuple(
        DraftedUnit(
            segment.unit_id,
            target_of(segment.source.text, drafting.target_locale),
            Origin(OriginKind.MT, engine="libretranslate"),
        )
        for segment in drafting.segments
    )


def draft_well(desk: Desk, release_id: str, *locales: str) -> None:
    """Draft versions as an engine would that makes no mistakes."""
    for locale in locales or LOCALES:
        job_id = job_of(desk, release_id, locale)
        with desk.begin() as work:
            drafting = start_draft(work, job_id)
        assert drafting is not None
        units = _drafted(drafting)
        with desk.begin() as work:
            assert save_draft(work, job_id, drafting.token, units)
        outcome = EngineOutcome("libretranslate", OutcomeKind.ANSWERED, filled=len(units))
        with desk.begin() as work:
            assert finish_draft(work, job_id, drafting.token, DraftResult(units, (), (outcome,)))


def _draft_in_part(desk: Desk, release_id: str) -> None:
    """Leave a release while it is being drafted: French by one sentence, German not begun, English done."""
    draft_well(desk, release_id, "en")
    job_id = job_of(desk, release_id, "fr")
    with desk.begin() as work:
        drafting = start_draft(work, job_id)
    assert drafting is not None
    with desk.begin() as work:
        assert save_draft(work, job_id, drafting.token, _drafted(drafting)[:1])


def fill(office: BrowserOffice) -> None:
    """Put releases in every state into the office, and let an endpoint hear of the published one."""
    desk, people, facts = office.desk, office.people, office.facts
    with desk.begin(people.admin) as work:
        endpoint, _ = add_endpoint(
            work,
            desk.vault,
            url="http://127.0.0.1:9/newsroom",
            events=["release.published", "release.withdrawn"],
            description="Newsroom of the city’s website",
        )
        facts["endpoint"] = endpoint.id
    facts["published"] = _published(office)
    _deliver(office)
    facts["withdrawn"] = hand_in(desk, people.author, POOL, slug="de-meeuw")
    draft_well(desk, facts["withdrawn"])
    approve(desk, people.reviewer, facts["withdrawn"])
    with desk.begin(people.publisher) as work:
        request_publication(work, facts["withdrawn"])
    with desk.begin(people.publisher) as work:
        withdraw_release(work, facts["withdrawn"], "De data waren fout; een nieuw bericht volgt.")
    facts["approved"] = hand_in(desk, people.author, TREES, embargo_at=NOON + timedelta(days=2, hours=3))
    draft_well(desk, facts["approved"])
    approve(desk, people.reviewer, facts["approved"])
    facts["drafting"] = hand_in(desk, people.author, BUDGET, embargo_at=datetime(2026, 3, 6, 8, tzinfo=UTC))
    _draft_in_part(desk, facts["drafting"])
    facts["review"] = _in_review(office)


def _published(office: BrowserOffice) -> str:
    release_id = hand_in(office.desk, office.people.author, MARKET, slug="zondagmarkt")
    draft_well(office.desk, release_id)
    approve(office.desk, office.people.reviewer, release_id)
    with office.desk.begin(office.people.publisher) as work:
        request_publication(work, release_id)
    return release_id


def _deliver(office: BrowserOffice) -> None:
    """Tell the endpoint of what was published: it answers 503 at first, then well."""
    desk = office.desk
    with desk.begin() as work:
        due = find_due(work)
    for row in due.outbox:
        with desk.begin() as work:
            fan_out(work, row)
    with desk.read() as reading:
        delivery_id = reading.session.scalars(select(Delivery.id)).one()
    office.facts["delivery"] = delivery_id
    results = [AttemptResult(412, status=503, answer="Service Unavailable"), AttemptResult(87, status=204)]
    for result in results:
        with desk.begin() as work:
            sending = claim_delivery(work, delivery_id, desk.vault)
        assert sending is not None
        with desk.begin() as work:
            assert record_attempt(work, sending, result, jitter=0.0)
        with desk.begin() as work:
            work.session.get_one(Delivery, delivery_id).due_at = (
                work.now if result.status == 503 else None  # as if the wait before the next attempt were over
            )


def _in_review(office: BrowserOffice) -> str:
    desk, people = office.desk, office.people
    release_id = hand_in(
        desk,
        people.author,
        LIBRARY,
        embargo_at=NOON + timedelta(hours=2, minutes=10),
        deadline_at=NOON + timedelta(hours=1),
        confidential=True,
    )
    office.facts["review"] = release_id
    draft_well(desk, release_id)
    approve(desk, people.reviewer, release_id, "de")
    with desk.begin(people.reviewer) as work:
        claim_version(work, release_id, "fr")
    units = office.units("review", "fr")
    office.facts["unit"] = units[2].id
    office.facts["person"] = str(people.second_reviewer.user_id)
    changes = (
        (0, units[0].target, "reviewed"),
        (1, units[1].target, "reviewed"),
        (2, "La salle de lecture comptera 60 places d’étude supplémentaires.", "reviewed"),
        (3, "La ville y consacrera 204 000 euros par an.", "translated"),
    )
    for place, target, state in changes:
        with desk.begin(people.reviewer) as work:
            unit = units[place]
            edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target=target, state=state)
    with desk.begin(people.author) as work:
        add_comment(work, release_id, "De schepen leest de Franse tekst om 13.30 uur nog na.", locale="fr")
    return release_id
