"""Reading the values of settings: each returns what the desk works with, or raises `ValueError` with what to write."""

from __future__ import annotations

import re
import zoneinfo
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from service.settings.engine_names import read_order, read_rates
from service.settings.mail_server import read_sender, read_smtp_url


def read_list(value: Any) -> Any:
    """Split a comma-separated value, dropping blanks and white space; leave any other value as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def read_networks(value: Any) -> Any:
    """Read a comma-separated list of networks; a host's own address is a network of one."""
    return tuple(ip_network(part) if isinstance(part, str) else part for part in read_list(value))


def own_address(host: str, port: int) -> str:
    """Return the address of a web server on `host`: an address of IPv6 stands in brackets there (RFC 3986, 3.2.2)."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def read_time_zone(name: str) -> str:
    """Refuse a time zone that the tz database does not have."""
    if name not in zoneinfo.available_timezones():
        message = f"there is no time zone of that name; an example is Europe/Brussels, given was {name}"
        raise ValueError(message)
    return name


def read_locale(tag: str) -> str:
    """Refuse what does not have the form of a locale's tag."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", tag):
        message = f"{tag} is not the tag of a locale; examples are fr and en-GB"
        raise ValueError(message)
    return tag


def read_some(values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list with nothing in it; name each once."""
    if not values:
        message = "at least one must be named"
        raise ValueError(message)
    return tuple(dict.fromkeys(values))


def read_engine_rates(value: Any) -> Any:
    """Read a comma-separated list of how often engines are asked."""
    return read_rates(read_list(value)) if isinstance(value, str) else value


def read_engine_order(entries: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Refuse an order that names what is no engine, or says of one what cannot be said of it."""
    read_order(entries or ())
    return entries


def read_french_spacing(name: str) -> str:
    """Refuse a space that French typography does not have before its marks."""
    if name not in {"no-break", "narrow"}:
        message = f"it is the space before ; ! and ? in French, no-break (U+00A0) or narrow (U+202F), given was {name}"
        raise ValueError(message)
    return name


def read_path(path: Path) -> Path:
    """Fix a path to where it points now, so that a change of directory cannot move it."""
    return path.expanduser().resolve()


def read_address(address: str) -> str:
    """Refuse an address without http(s) or a machine that can be read; drop the slash at its end."""
    if not address.startswith(("http://", "https://")):
        message = "an address must begin with http:// or https://"
        raise ValueError(message)
    try:
        parts = urlsplit(address)
        _port = parts.port  # which is read only here, and may be none
        named = bool(parts.hostname) and not re.search(r"\s", address)
    except ValueError:
        named = False
    if not named:
        message = "an address names a machine, such as https://desk.example or http://127.0.0.1:5000"
        raise ValueError(message)
    return address.rstrip("/")


def read_smtp(address: SecretStr | None) -> SecretStr | None:
    """Refuse an address of a mail server that cannot be read."""
    if address is not None:
        read_smtp_url(address.get_secret_value())
    return address


def read_mail_address(address: str | None) -> str | None:
    """Refuse what is not one bare mail address."""
    if address is not None and not re.fullmatch(r"[^<>@\s]+@[^<>@\s]+", address):
        message = "it is a mail address, such as desk@office.example"
        raise ValueError(message)
    return address


def read_mail_from(sender: str | None) -> str | None:
    """Refuse a sender that no mail could come from."""
    if sender is not None:
        read_sender(sender)
    return sender


Listed = BeforeValidator(read_list)
Locale = Annotated[str, AfterValidator(read_locale)]
Address = Annotated[str, AfterValidator(read_address)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(read_networks)]
