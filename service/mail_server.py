"""Where mail goes, read from one address: `smtp://user:password@host:port`, or `smtps://…`."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


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


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
