"""An office with people, served on a free port; what it holds is put there by `filling`.

Each test that changes something opens one of its own; those that only look share one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy import select

from service.app import create_app
from service.config import Settings
from service.dispatch import RecordingDispatcher
from service.storage import migrate
from service.storage.models import SegmentRow, Unit, User, Version
from service.uow import Desk
from tests.browser.serving import serving
from tests.desk_fixtures import PASSWORD, People, StillClock, make_desk, make_people, people_of

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


def _hire(desk: Desk) -> None:
    """Hire the office's people, and give them names of their own."""
    make_people(desk)
    with desk.begin() as work:
        for user in work.session.scalars(select(User)):
            user.name = NAMES[user.email.partition("@")[0]]


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
    with ExitStack() as afterwards, serving() as pages:
        afterwards.callback(structlog.reset_defaults)
        desk = make_desk(url, RecordingDispatcher(), StillClock(), public_url=pages.origin)
        afterwards.callback(desk.database.dispose)
        if facts is None:
            _hire(desk)
        people = people_of(desk)
        assert people is not None
        settings = Settings(secret_key="a secret key for tests only", var_dir=folder, public_url=pages.origin)
        pages.app = app = create_app(settings, desk=desk)
        yield BrowserOffice(desk, people, app, pages.origin, log, dict(facts or {}))
