"""The way out for mail: encrypted before anything is said, refused sign-ins, and servers that take their time."""

from __future__ import annotations

import ssl
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import pytest

from service.config import Settings
from service.settings.mail_server import SmtpServer
from service.web.letters import Letter
from tests.servers.certificates import authority, issue
from tests.servers.mail import MailFault, MailServer
from workers.mail import Outcome, compose, send
from workers.probe.mailing import probe_mail

PASSWORD = "hunter2 is no password"


LETTER = Letter(
    language="en",
    subject="News",
    plain="Something happened.",
    html="<p>Something happened.</p>",
    account="http://127.0.0.1/account",
    at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
)


@pytest.fixture
def message() -> EmailMessage:
    return compose(LETTER, sender="desk@office.example", recipient="publisher@office.example", mail_id="ntc_1")


@pytest.mark.parametrize("recipient", ["ann@office..example", "a..n@office.example", "a,n@office.example", "@", ""])
def test_an_address_that_no_header_can_hold_is_told_as_one(recipient: str) -> None:
    with pytest.raises(ValueError, match=r"addr|local-part"):
        compose(LETTER, sender="desk@office.example", recipient=recipient, mail_id="ntc_1")


@pytest.fixture
def trusted(tmp_path: Path) -> ssl.SSLContext:
    """What trusts the tests' own authority."""
    return ssl.create_default_context(cafile=str(authority(tmp_path)))


def at(server: MailServer, tls: Literal["starttls", "none"] = "none", *, user: str = "") -> SmtpServer:
    return SmtpServer("localhost", server.port, tls, user, PASSWORD if user else "")


def test_nothing_but_the_greeting_is_said_before_the_connection_is_encrypted(
    message: EmailMessage, trusted: ssl.SSLContext, tmp_path: Path
) -> None:
    context, asked = issue(tmp_path, "localhost")
    with MailServer(tls=context) as server:
        result = send(at(server, "starttls", user="desk"), message, context=trusted)

    assert Outcome.SENT is result.outcome
    assert (["EHLO", "STARTTLS"], [PASSWORD], [True]) == (server.in_the_clear, server.passwords, server.encrypted)
    assert ["localhost"] == asked


def test_a_server_that_offers_no_encryption_gets_neither_password_nor_mail(
    message: EmailMessage, trusted: ssl.SSLContext
) -> None:
    with MailServer() as server:
        result = send(at(server, "starttls", user="desk"), message, context=trusted)

    assert (Outcome.FAILED, "SMTPNotSupportedError") == (result.outcome, result.reason)
    assert ([], []) == (server.passwords, server.taken)


@pytest.mark.parametrize("whose", ["another.example", "nobody"])
def test_a_certificate_of_another_or_of_nobody_s_gets_neither_password_nor_mail(
    message: EmailMessage, trusted: ssl.SSLContext, tmp_path: Path, whose: str
) -> None:
    context, _ = issue(tmp_path, "localhost" if whose == "nobody" else whose)
    with MailServer(tls=context) as server:
        trusts = None if whose == "nobody" else trusted  # the authority is the tests' own
        result = send(at(server, "starttls", user="desk"), message, context=trusts)

    assert (Outcome.FAILED, "SSLCertVerificationError") == (result.outcome, result.reason)
    assert ([], []) == (server.passwords, server.taken)


def test_a_wrong_password_is_no_refusal_of_the_person_and_is_not_told_on(message: EmailMessage) -> None:
    with MailServer([MailFault.WRONG_PASSWORD] * 2) as server:
        result = send(at(server, user="desk"), message)

    assert (Outcome.FAILED, 535) == (result.outcome, result.code)
    assert ([], True) == (server.taken, PASSWORD in server.passwords)
    assert PASSWORD not in repr(result)


def test_the_doctor_tells_a_wrong_password_from_a_server_that_is_away(tmp_path: Path) -> None:
    def doctor(url: str) -> str:
        settings = Settings(
            secret_key="a secret key for tests only",
            var_dir=tmp_path,
            smtp_url=url,
            mail_from="desk@office.example",
        )
        (found,) = probe_mail(settings)
        return str(found["reason"])

    with MailServer([MailFault.WRONG_PASSWORD]) as server:
        wrong = doctor(f"smtp://desk:{PASSWORD.replace(' ', '%20')}@localhost:{server.port}")
    away = doctor(server.url)

    assert "the mail server refuses the user or the password (535)" == wrong
    assert "the mail server cannot be reached (ConnectionRefusedError)" == away


def test_a_server_that_never_answers_is_given_its_seconds_and_no_more(message: EmailMessage) -> None:
    with MailServer([MailFault.SLOW]) as server:
        result = send(at(server), message, seconds=0.1)

    assert Outcome.FAILED is result.outcome
    assert result.reason in {"TimeoutError", "SMTPServerDisconnected"}


def test_a_server_that_goes_on_and_on_is_hung_up_on(message: EmailMessage) -> None:
    with MailServer([MailFault.ON_AND_ON]) as server:
        begun = time.monotonic()
        result = send(at(server), message, seconds=30, whole=0.3)

    assert Outcome.FAILED is result.outcome
    assert 20 > time.monotonic() - begun


def test_a_mail_that_was_taken_is_sent_even_if_nobody_answers_the_goodbye(message: EmailMessage) -> None:
    with MailServer([MailFault.NO_BYE]) as server:
        result = send(at(server), message, seconds=0.3)

    assert (Outcome.SENT, 1) == (result.outcome, len(server.taken))
