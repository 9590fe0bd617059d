"""A mail server on loopback that keeps what it takes and misbehaves as told, one connection after another."""

from __future__ import annotations

import base64
import contextlib
import email
import socketserver
import ssl
import threading
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum
from typing import Self, cast


class MailFault(StrEnum):
    """How a connection goes wrong."""

    NONE = "none"
    LATER = "later"  # 451 to the message
    NEVER = "never"  # 554 to the message
    BUSY = "busy"  # 421 instead of a greeting
    DROP = "drop"  # hangs up at the message
    LOST = "lost"  # takes the message, hangs up without an answer
    NO_SUCH = "no_such"  # 550 to the recipient
    GREYLIST = "greylist"  # 450 to the recipient
    SLOW = "slow"  # never answers
    ON_AND_ON = "on_and_on"  # greets byte by byte, and never comes to an end
    NO_BYE = "no_bye"  # takes the message, and never answers the goodbye
    WRONG_PASSWORD = "wrong_password"


class MailServer:
    """A stand-in for the office's mail server; `faults` are those of the connections to come, then all goes well."""

    def __init__(self, faults: Sequence[MailFault] = (), *, tls: ssl.SSLContext | None = None) -> None:
        self.faults = list(faults)
        self.refused: set[str] = set()
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.passwords: list[str] = []
        self.encrypted: list[bool] = []
        self.in_the_clear: list[str] = []  # the verbs that were heard before anything was encrypted
        self.connections = 0
        self.tls = tls
        self.over = threading.Event()
        self._server = _Listener(self)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def next_fault(self) -> MailFault:
        self.connections += 1
        return self.faults.pop(0) if self.faults else MailFault.NONE


class _Listener(socketserver.ThreadingTCPServer):
    """What listens for one mail server."""

    daemon_threads = True

    def __init__(self, office: MailServer) -> None:
        self.office = office
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(socketserver.StreamRequestHandler):
    """One connection."""

    server: _Listener

    encrypted = False

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def handle(self) -> None:
        self.fault = self.server.office.next_fault()
        if self.fault is MailFault.SLOW:
            self.server.office.over.wait(10)
            return
        if self.fault is MailFault.ON_AND_ON:
            with contextlib.suppress(OSError):
                while not self.server.office.over.wait(0.02):
                    self.wfile.write(b"2")
            return
        if self.fault is MailFault.BUSY:
            self.say("421 too busy")
            return
        self.say("220 stand-in ESMTP")
        while line := self.rfile.readline():
            command = line.decode().strip()
            if not self.obey(command):
                return

    def finish(self) -> None:
        with contextlib.suppress(OSError):  # the other side may be gone
            super().finish()
        self.connection.close()  # what was encrypted is a socket of its own

    def obey(self, command: str) -> bool:
        verb = command.upper().split(" ", 1)[0].split(":", maxsplit=1)[0]
        if not self.encrypted:
            self.server.office.in_the_clear.append(verb)
        if verb in {"EHLO", "HELO"}:
            offers = ["250-STARTTLS"] if self.server.office.tls and not self.encrypted else []
            self.say("250-stand-in", *offers, "250 AUTH PLAIN")
        elif verb == "STARTTLS":
            self.say("220 go ahead")
            assert self.server.office.tls is not None
            try:
                self.connection = self.server.office.tls.wrap_socket(self.request, server_side=True)
            except ssl.SSLError:  # the other side does not trust us
                return False
            self.rfile = self.connection.makefile("rb")
            self.wfile = cast("socketserver._SocketWriter", self.connection.makefile("wb", buffering=0))  # type: ignore[assignment]
            self.encrypted = True
        elif verb == "AUTH":
            self.server.office.passwords.append(base64.b64decode(command.split(" ")[2]).decode().split("\0")[2])
            self.say("535 no" if self.fault is MailFault.WRONG_PASSWORD else "235 welcome")
        elif verb == "RCPT":
            self.recipient(command)
        elif verb == "DATA":
            return self.data()
        elif verb == "QUIT":
            if self.fault is MailFault.NO_BYE:
                self.server.office.over.wait(10)
                return False
            self.say("221 bye")
            return False
        else:
            self.say("250 fine")
        return True

    def recipient(self, command: str) -> None:
        self.to = command.split("<", 1)[1].split(">", 1)[0]
        if self.fault is MailFault.NO_SUCH or self.to in self.server.office.refused:
            self.say("550 nobody of that name")
        elif self.fault is MailFault.GREYLIST:
            self.say("450 come back later")
        else:
            self.say("250 fine")

    def data(self) -> bool:
        if self.fault is MailFault.DROP:
            return False
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.fault in {MailFault.LATER, MailFault.NEVER}:
            self.say("451 later" if self.fault is MailFault.LATER else "554 never")
            return True
        self.server.office.taken.append(cast("EmailMessage", email.message_from_bytes(b"".join(lines), policy=default)))
        self.server.office.recipients.append(self.to)
        self.server.office.encrypted.append(self.encrypted)
        if self.fault is MailFault.LOST:
            return False
        self.say("250 taken")
        return True
