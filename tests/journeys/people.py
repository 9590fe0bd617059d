"""The people of a desk in processes of its own, and their tokens: written beside its commands, in its database.

A command takes two seconds to start; what the commands do is tested where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from service.cli.acting import COMMAND_LINE, person
from service.dispatch import RecordingDispatcher
from service.domain.office import Office
from service.operations.accounts import add_user
from service.operations.tokens import issue_token
from service.storage.session import Database
from service.storage.vault import Vault
from service.uow import Desk

PASSWORD = "correct horse battery staple 9"
PEOPLE = {
    "author@office.example": ("author",),
    "first@office.example": ("reviewer",),
    "publisher@office.example": ("publisher",),
}


@contextmanager
def _beside(database_url: str) -> Iterator[Desk]:
    database = Database(database_url)
    vault = Vault("nothing that is kept under a key is touched")
    try:
        yield Desk(database, office=Office(), vault=vault, dispatcher=RecordingDispatcher())
    finally:
        database.dispose()


def add_people(database_url: str) -> None:
    """Hire one person for each part that a release needs, all with the same password."""
    with _beside(database_url) as desk, desk.begin(COMMAND_LINE) as work:
        for email, roles in PEOPLE.items():
            add_user(work, email=email, name=email, roles=roles, locales=(), password=PASSWORD, language="nl")


def issue(database_url: str, email: str) -> str:
    """Issue a token to a person, and return it."""
    with _beside(database_url) as desk:
        owner = person(desk, email)
        with desk.begin(COMMAND_LINE) as work:
            return issue_token(work, user_id=owner.user_id or "", name="journey", scopes=(), days=None)[1]
