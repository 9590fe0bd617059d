from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from service.operations.sessions import sign_in
from service.queries.accounts import token_owner, user_by_email
from service.queries.audit import first_broken_entry
from service.storage.models import AuditEntry
from service.uow import Desk
from tests.cli.conftest import Perstolk
from tests.desk_fixtures import PASSWORD, StillClock, make_desk

EMAIL = "jan@office.example"


def desk_in(var_dir: Path) -> Desk:
    return make_desk(f"sqlite:///{var_dir / 'perstolk.db'}", dispatcher=None, clock=StillClock())  # type: ignore[arg-type]


def test_a_person_with_a_password_signs_in_with_it(perstolk: Perstolk, var_dir: Path) -> None:
    done = perstolk(
        "user", "add", EMAIL, "--name", "Jan", "--role", "author", "--password-stdin", stdin=f"{PASSWORD}\n"
    )

    desk = desk_in(var_dir)
    with desk.begin() as work:
        signed_in = sign_in(work, email=EMAIL, password=PASSWORD, address="127.0.0.1")
    desk.database.dispose()
    assert 0 == done.exit_code, done.output
    assert signed_in
    assert not signed_in[0].must_change_password


def test_a_person_without_one_gets_a_password_for_one_time(perstolk: Perstolk, var_dir: Path) -> None:
    done = perstolk("user", "add", EMAIL, "--name", "Jan", "--role", "author")

    desk = desk_in(var_dir)
    with desk.begin() as work:
        signed_in = sign_in(work, email=EMAIL, password=done.stdout.strip(), address="127.0.0.1")
    desk.database.dispose()
    assert signed_in
    assert signed_in[0].must_change_password


def test_roles_and_locales_repeat(perstolk: Perstolk, var_dir: Path) -> None:
    roles = ("--role", "reviewer", "--role", "publisher", "--locale", "fr", "--locale", "de")
    perstolk("user", "add", EMAIL, "--name", "Jan", *roles)

    desk = desk_in(var_dir)
    with desk.read() as reading:
        user = user_by_email(reading.session, EMAIL)
        grants = {(grant.role, grant.locale) for grant in user.grants} if user else set()
    desk.database.dispose()
    assert {("reviewer", "fr"), ("reviewer", "de"), ("publisher", "*")} == grants


@pytest.mark.parametrize(
    "arguments, status, sentence",
    [
        (("user", "add", "no address", "--name", "N", "--role", "author"), 1, "not an e-mail address"),
        (("user", "add", EMAIL, "--name", "N", "--role", "king"), 2, "'king' is not one of 'author'"),
        (("user", "add", EMAIL, "--name", "N"), 2, "Missing option '--role'"),
        (("token", "issue", "nobody@office.example", "--name", "N"), 1, "There is no account nobody@office.example"),
        (("token", "issue", EMAIL, "--name", "N", "--days", "0"), 2, "0 is not in the range 1<=x<=3650"),
        (("token", "issue", EMAIL, "--name", "N", "--days", "3000000"), 2, "3000000 is not in the range 1<=x<=3650"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    perstolk: Perstolk, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    done = perstolk(*arguments)

    assert status == done.exit_code
    assert sentence in done.stderr
    assert "" == done.stdout


def test_a_short_password_is_refused_and_nobody_added(perstolk: Perstolk, var_dir: Path) -> None:
    done = perstolk("user", "add", EMAIL, "--name", "Jan", "--role", "author", "--password-stdin", stdin="short\n")

    desk = desk_in(var_dir)
    with desk.read() as reading:
        user = user_by_email(reading.session, EMAIL)
    desk.database.dispose()
    assert 1 == done.exit_code
    assert user is None


def test_the_same_address_twice_is_refused(perstolk: Perstolk) -> None:
    perstolk("user", "add", EMAIL, "--name", "Jan", "--role", "author")

    again = perstolk("user", "add", EMAIL, "--name", "Jan", "--role", "author")

    assert 1 == again.exit_code
    assert "There is an account with that e-mail address already." in again.stderr


def test_a_token_stands_alone_on_standard_output_and_works(perstolk: Perstolk, var_dir: Path) -> None:
    perstolk("user", "add", EMAIL, "--name", "Jan", "--role", "author")

    issued = perstolk("token", "issue", EMAIL, "--name", "site", "--scope", "read", "--scope", "submit", "--days", "7")

    desk = desk_in(var_dir)
    with desk.read() as reading:
        owner = token_owner(reading.session, issued.stdout.strip(), StillClock()(reading.session))
    desk.database.dispose()
    assert 1 == len(issued.stdout.splitlines())
    assert owner
    assert (EMAIL, {"read", "submit"}) == (owner[0].email, set(owner[0].scopes or ()))


def test_the_audit_says_that_it_was_by_the_command_line(perstolk: Perstolk, var_dir: Path) -> None:
    perstolk("user", "add", EMAIL, "--name", "Jan", "--role", "author")

    desk = desk_in(var_dir)
    with desk.read() as reading:
        entries = reading.session.execute(select(AuditEntry.action, AuditEntry.via)).all()
        broken = first_broken_entry(reading.session)
    desk.database.dispose()
    assert [("user.added", "cli")] == [tuple(entry) for entry in entries]
    assert broken is None


def test_a_desk_that_never_ran_gets_its_database(
    perstolk: Perstolk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSTOLK_VAR_DIR", str(tmp_path / "new"))

    done = perstolk("user", "add", EMAIL, "--name", "Jan", "--role", "author")

    assert 0 == done.exit_code, done.output
    assert 0o700 == (tmp_path / "new").stat().st_mode & 0o777


def test_a_database_of_another_version_is_left_alone(perstolk: Perstolk, var_dir: Path) -> None:
    with closing(sqlite3.connect(var_dir / "perstolk.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()

    done = perstolk("user", "add", EMAIL, "--name", "Jan", "--role", "author")

    assert 1 == done.exit_code
    assert "Run: perstolk db upgrade" in done.stderr
