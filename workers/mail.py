"""The way out for mail: one message to one person, in one connection, and an answer for every failure.

Where the connection is not on this machine it is encrypted or nothing is sent, unless the address of the server says
`?tls=no`. What an outcome means is decided by the caller.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

from service.settings.mail_server import SmtpServer, header_address, read_sender
from service.web.letters import Letter

ANSWER_SECONDS = 20.0
WHOLE_SECONDS = 60.0  # for all that is said in one connection; less than a task has
PERMANENT = 500
NOT_FOR_GOOD = frozenset({530, 535, 538})  # who we are is refused, not whom we write to


class Outcome(StrEnum):
    """What came of sending a mail."""

    SENT = "sent"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome, with a word for the log on how it came about, and the server's code where there was one."""

    outcome: Outcome
    reason: str = ""
    code: int | None = None


def compose(letter: Letter, *, sender: str, recipient: str, mail_id: str) -> EmailMessage:
    """Return the message; raise `ValueError` for an address that no header can hold."""
    message = EmailMessage(policy=SMTP)
    message["From"] = office = read_sender(sender)
    message["To"] = header_address(recipient)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{mail_id}@{office.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{letter.account}>"
    message["Content-Language"] = letter.language
    message.set_content(letter.plain)
    message.add_alternative(letter.html, subtype="html")
    return message


def send(
    server: SmtpServer,
    message: EmailMessage,
    *,
    context: ssl.SSLContext | None = None,
    seconds: float = ANSWER_SECONDS,
    whole: float = WHOLE_SECONDS,
) -> Result:
    """Send the message to whom its header names; every failure is an outcome.

    A server has `seconds` to answer each time, and `whole` for everything: one that goes on and on without coming to
    an end is hung up on.
    """
    try:
        with _signed_in(server, context, seconds, whole) as connection:
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        code = next(iter(refusal.recipients.values()))[0]
        return _refused("recipient", code)
    except smtplib.SMTPDataError as error:
        return _refused("message", error.smtp_code)
    except smtplib.SMTPResponseException as error:
        return Result(Outcome.FAILED, type(error).__name__, error.smtp_code)
    except (smtplib.SMTPException, OSError) as error:  # before the next: a bad certificate is a ValueError as well
        return Result(Outcome.FAILED, type(error).__name__)
    except ValueError:
        return Result(Outcome.REFUSED, "address")
    return Result(Outcome.SENT)


def _refused(reason: str, code: int) -> Result:
    for_good = code >= PERMANENT and code not in NOT_FOR_GOOD
    return Result(Outcome.REFUSED if for_good else Outcome.FAILED, reason, code)


def probe(server: SmtpServer, *, context: ssl.SSLContext | None = None, seconds: float = ANSWER_SECONDS) -> int:
    """Greet the server, encrypt, sign in, and go; return the milliseconds. Raises what `smtplib` and sockets raise."""
    begun = time.monotonic()
    with _signed_in(server, context, seconds, WHOLE_SECONDS) as connection:
        connection.noop()
    return round((time.monotonic() - begun) * 1000)


@contextlib.contextmanager
def _signed_in(
    server: SmtpServer, context: ssl.SSLContext | None, seconds: float, whole: float
) -> Iterator[smtplib.SMTP]:
    """Open a connection that is encrypted and signed in as the settings say; close it without a word on a failure."""
    trusted = context or ssl.create_default_context()
    connection: _Ending
    if server.tls == "implicit":
        connection = _EncryptedEnding(server.host, server.port, timeout=seconds, whole=whole, context=trusted)
    else:
        connection = _Ending(server.host, server.port, timeout=seconds, whole=whole)
    try:
        connection.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            connection.starttls(context=trusted)
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
        yield connection
        with contextlib.suppress(smtplib.SMTPException, OSError):  # it has the mail; a lost goodbye changes nothing
            connection.quit()
    finally:
        connection.close()


class _Ending(smtplib.SMTP):
    """A connection that ends after `whole` seconds, whatever the other side does; a timeout is for one answer alone."""

    def __init__(self, *arguments: Any, whole: float, **named: Any) -> None:
        """Connect, and hear the greeting."""
        self._watch = threading.Timer(whole, self._hang_up)
        self._watch.daemon = True
        self._watch.start()
        try:
            super().__init__(*arguments, **named)
        except BaseException:
            self._watch.cancel()
            raise

    def close(self) -> None:
        """Close the connection, and stop watching the clock."""
        self._watch.cancel()
        super().close()

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # it may be closed, or not open yet
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # whoever waits on it hears the end


class _EncryptedEnding(_Ending, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""
