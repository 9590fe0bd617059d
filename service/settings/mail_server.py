"""Where mail goes, read from one address: `smtp://user:password@host:port`, or `smtps://…`; and whom it comes from."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
_SENDER = re.compile(r"(?P<name>[^<>@\x00-\x1f]*<)?(?P<address>[^<>@\s]+@[^<>@\s]+)(?(name)>)", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class SmtpServer:
    """A mail server, how the connection to it is encrypted, and who signs in, if anybody does."""

    host: str
    port: int
    tls: Literal["implicit", "starttls", "none"]
    user: str = ""
    password: str = ""


def read_smtp_url(address: str) -> SmtpServer:
    """Read the address of a mail server; raise `ValueError` with a sentence that never repeats it.

    A connection by `smtp://` is encrypted by STARTTLS, except to this machine itself, or where the address ends in
    `?tls=no`.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    asked = parse_qs(parts.query, keep_blank_values=True)
    plain = asked.pop("tls", None)
    if parts.scheme not in PORTS or not host or parts.path not in {"", "/"} or asked or plain not in (None, ["no"]):
        message = "it is smtp://user:password@host:port or smtps://…, with nothing behind it but ?tls=no"
        raise ValueError(message)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        message = "it names a user and a password, or neither"
        raise ValueError(message)
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    if parts.scheme == "smtp":
        tls = "none" if plain or _is_loopback(host) else "starttls"
    elif plain:
        message = "smtps:// is encrypted; ?tls=no goes with smtp://"
        raise ValueError(message)
    return SmtpServer(host, port or PORTS[parts.scheme], tls, user, password)


def read_sender(sender: str) -> Address:
    """Read whom mail comes from, a mail address with a name before it or without; raise `ValueError` with a sentence.

    What stands there is what a reader sees: a name that would lose a part of itself is refused.
    """
    written = _SENDER.fullmatch(sender)
    name, address = parseaddr(sender)
    try:
        read = header_address(address, name) if address.isascii() else None
    except ValueError:
        read = None
    said = written and (" ".join((written["name"] or "").strip(' "<').split()), written["address"])
    if read is None or said != (name, address):
        message = (
            "it is a mail address, such as desk@office.example or Press office <desk@office.example>; "
            'a name with a comma or a colon stands in quotation marks: "Press, office" <desk@office.example>'
        )
        raise ValueError(message)
    return read


def header_address(address: str, name: str = "") -> Address:
    """Return an address as a header holds it; `ValueError` for one that cannot be, whatever the library raises."""
    try:
        return Address(name, addr_spec=address)
    except (HeaderParseError, IndexError):
        message = "no header can hold that address"
        raise ValueError(message) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
