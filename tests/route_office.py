"""The office of the route matrix: built once, copied for whatever changes it, asked as anybody.

It holds an embargoed release in review, an embargoed one that is approved, a published one, an endpoint with a
delivery, and somebody for each role.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.dispatch import RecordingDispatcher
from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.drafts import DraftedUnit, DraftResult, Origin, OriginKind
from service.operations.alternatives import ask_alternative
from service.operations.claiming_alternatives import claim_alternative, save_alternative
from service.operations.comments import add_comment
from service.operations.delivering import fan_out
from service.operations.endpoints import add_endpoint, send_test
from service.operations.sessions import sign_in
from service.operations.terms import add_concept
from service.operations.tokens import issue_token
from service.operations.upkeep import find_due
from service.storage.models import Delivery, MemoryUnit
from service.storage.session import Database
from service.uow import Desk
from service.web.identity import SESSION_KEY
from tests.desk_fixtures import NOON, PASSWORD, People, StillClock, make_desk, make_people, sqlite_copy
from tests.operations.making import draft, submit, text_of
from tests.route_rows import ROLES, Row
from tests.web.offices import SECRET_TEXT, approved, make_app, published

COOKIE = "perstolk"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PLACE = re.compile(r"<(?:[^:>]+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Visitor:
    """What somebody brings along: a browser's cookie with its form token, and a program's token."""

    cookie: str
    form_token: str
    bearer: str | None


@dataclass
class RouteOffice:
    """The application, the names of what is in the office, and who may come in."""

    app: Flask
    desk: Desk
    folder: Path
    facts: Mapping[str, str]
    visitors: dict[str, Visitor]

    def ask(self, row: Row, role: str, *, facts: Mapping[str, str] | None = None) -> TestResponse:
        """Make the row's request as the role, on a copy of the office where it could change something."""
        known = {**self.facts, **(facts or {})}
        if row.method in SAFE:
            return self._request(row, self.visitors[role], known)
        whole = self.desk.database
        copy = self.folder / f"{secrets.token_hex(4)}.db"
        shutil.copy(self.folder / "desk.db", copy)
        self.desk.database = Database(f"sqlite:///{copy}")
        try:
            return self._request(row, self.visitors[role], known)
        finally:
            self.desk.database.dispose()
            self.desk.database = whole
            copy.unlink()

    def _request(self, row: Row, visitor: Visitor, facts: Mapping[str, str]) -> TestResponse:
        client = self.app.test_client()
        path = _PLACE.sub(lambda place: _filled(row.params[place[1]], facts), row.rule)
        headers = {name: _filled(value, facts) for name, value in row.headers.items()}
        if row.rule.startswith("/api/"):
            if visitor.bearer:
                headers["Authorization"] = f"Bearer {visitor.bearer}"
            return client.open(path, method=row.method, headers=headers, json=_filled(row.json, facts), buffered=True)
        client.set_cookie(COOKIE, visitor.cookie)
        form = None if row.method in SAFE else {"csrf_token": visitor.form_token, **_filled(row.form, facts)}
        return client.open(path, method=row.method, headers=headers, data=form, buffered=True)


def _filled(value: Any, facts: Mapping[str, str]) -> Any:
    """Put the office's names in the places of a text, or of every text in a structure."""
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda place: facts[place[1]], value)
    if isinstance(value, Mapping):
        return {name: _filled(part, facts) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, facts) for part in value]
    return value


def open_office(template: Path, folder: Path) -> RouteOffice:
    """Build the office in a folder of its own."""
    desk = make_desk(sqlite_copy(template, folder), RecordingDispatcher(), StillClock())
    people = make_people(desk)
    facts = _fill(desk, people)
    app = make_app(desk, folder)
    visitors = {role: _visitor(app, desk, people, role) for role in ROLES}
    with desk.database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.database.dispose()
    return RouteOffice(app, desk, folder, facts, visitors)


def _another_draft(desk: Desk, people: People, release_id: str, unit_id: str) -> str:
    """Return another draft of a unit, made by an engine."""
    with desk.begin(people.reviewer) as work:
        asked = ask_alternative(work, release_id, "fr", unit_id, engine="deepl").id
    with desk.begin() as work:
        claimed = claim_alternative(work, asked)
    assert claimed is not None
    drafted = DraftedUnit(unit_id, "Un nid secret", Origin(OriginKind.MT, engine="deepl"))
    with desk.begin() as work:
        assert save_alternative(work, asked, claimed.draft.token, DraftResult((drafted,), (), ()))
    return asked


def _comment(desk: Desk, people: People, release_id: str) -> str:
    """Return a comment on the French version."""
    with desk.begin(people.reviewer) as work:
        return add_comment(work, release_id, "Welke brug?", locale="fr").id


def _fill(desk: Desk, people: People) -> dict[str, str]:
    embargo_at = NOON + timedelta(days=1)
    release_id = submit(desk, people.author, text=SECRET_TEXT, embargo_at=embargo_at)
    draft(desk, release_id)
    text = text_of(desk, release_id, "fr")
    with desk.begin(people.admin) as work:
        endpoint, _ = add_endpoint(work, desk.vault, url="http://127.0.0.1:9/hook")
        send_test(work, endpoint.id)
        concept = add_concept(work, ConceptDraft((TermDraft("nl", "raad"), TermDraft("fr", "conseil"))))
    with desk.begin(people.author) as work:
        token, _ = issue_token(work, user_id=people.author.user_id or "", name="a program of the author's")
    facts = {
        "release": release_id,
        "alternative": _another_draft(desk, people, release_id, text.units[0].id),
        "comment": _comment(desk, people, release_id),
        "approved": approved(desk, people, embargo_at=embargo_at),
        "published": published(desk, people),
        "unit": text.units[0].id,
        "digest": text.digest,
        "endpoint": endpoint.id,
        "concept": concept.id,
        "person": people.author.user_id or "",
        "token": token.id,
    }
    facts |= {"entry": _entry(desk, facts["published"]), "secret_entry": _entry(desk, facts["approved"])}
    with desk.begin() as work:
        due = find_due(work)
    for row in due.outbox:
        with desk.begin() as work:
            fan_out(work, row)
    with desk.read() as reading:
        facts["delivery"] = reading.session.scalars(select(Delivery.id).order_by(Delivery.created_at)).first() or ""
    return facts


def _entry(desk: Desk, release_id: str) -> str:
    """Return the id of what the memory has of a release in French."""
    french = select(MemoryUnit.id).where(MemoryUnit.release_id == release_id, MemoryUnit.target_locale == "fr")
    with desk.read() as reading:
        return str(reading.session.scalars(french.order_by(MemoryUnit.id)).first())


def _visitor(app: Flask, desk: Desk, people: People, role: str) -> Visitor:
    client = app.test_client()
    bearer = None
    if role != "nobody":
        actor = getattr(people, role)
        with desk.begin() as work:
            opened = sign_in(work, email=actor.email, password=PASSWORD, address="127.0.0.1")
        assert opened is not None
        with desk.begin(actor) as work:
            _, bearer = issue_token(work, user_id=actor.user_id, name="the matrix's own")
        with client.session_transaction() as session:
            session[SESSION_KEY] = opened[1]
    page = client.get("/sign-in" if role == "nobody" else "/account").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    cookie = client.get_cookie(COOKIE)
    assert found is not None
    assert cookie is not None
    return Visitor(cookie.value, found[1], bearer)
