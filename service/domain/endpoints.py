"""Where a webhook may go: the form of an endpoint's URL, and the addresses that are out of bounds.

Nothing here asks the network. The outbound client in `workers.http` resolves a name and asks this module
about every answer, because a name that looks harmless can lead inside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from service.domain.errors import N_, Invalid

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

URL_CHARACTERS = 2_000
PORTS = {"https": 443, "http": 80}

_DENIED: tuple[Network, ...] = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "168.63.129.16/32",  # a cloud's own service address, which counts as global
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "::/96",  # IPv4-compatible, and the unspecified and loopback addresses
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 of a site
        "2001::/23",  # Teredo and other assignments to protocols
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local
    )
)
"""Refused although some lists count them as global; tunnels are refused whole, whatever they carry."""

_ENDS_IN_NUMBER = re.compile(r"(^|\.)(0x[0-9a-f]*|[0-9]+)\.?", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_FORBIDDEN_CHARACTER = re.compile(r"[^\x21-\x7e]|[\\\"<>^`{|}]")
_HOST_CHARACTERS = 253


@dataclass(frozen=True, slots=True)
class EndpointUrl:
    """An endpoint's URL; `host` is in lower case ASCII without brackets, `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as they stand in the URL and in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        """Return the URL in its canonical form."""
        return f"{self.scheme}://{self.authority}{self.target}"


def plain_address(address: Address) -> Address:
    """Return the IPv4 address inside an IPv4-mapped IPv6 address, because that is who would be called."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_in(address: Address, networks: Sequence[Network]) -> bool:
    """Tell whether an address lies in one of the networks."""
    plain = plain_address(address)
    return any(plain.version == network.version and plain in network for network in networks)


def may_call(address: Address, allow_networks: Sequence[Network] = ()) -> bool:
    """Tell whether an address may be called: a public one, or one in a network that the office allows."""
    if is_in(address, allow_networks):
        return True
    plain = plain_address(address)
    return plain.is_global and not plain.is_multicast and not plain.is_reserved and not is_in(plain, _DENIED)


def is_plain_allowed(address: Address, allow_networks: Sequence[Network]) -> bool:
    """Tell whether http and ports other than 443 are open to an address: only in allowed networks."""
    return is_in(address, allow_networks)


def parse_endpoint_url(url: str, allow_networks: Sequence[Network] = ()) -> EndpointUrl:
    """Return the parts of an endpoint's URL; raise `Invalid` where it cannot be one.

    http, and another port than 443, are taken only where the host is, or could turn out to be, in a network
    that the office allows. A host given as an address is judged here, a name when it is resolved.
    """
    text = _encode_host(url.strip())
    if len(text) > URL_CHARACTERS or _FORBIDDEN_CHARACTER.search(text):
        raise _bad_url()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _bad_url() from None
    if parts.scheme not in PORTS or not host:
        raise _bad_url()
    _refuse_extras(parts, text)
    address = _literal(host)
    parsed = EndpointUrl(
        scheme=parts.scheme,
        host=str(address) if address else host,
        port=PORTS[parts.scheme] if port is None else port,
        target=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    )
    _refuse_place(parsed, address=address, allow_networks=allow_networks)
    return parsed


def check_endpoint_url(url: str, allow_networks: Sequence[Network] = ()) -> str:
    """Return an endpoint's URL in its canonical form; raise `Invalid` where it cannot be one."""
    return str(parse_endpoint_url(url, allow_networks))


def _refuse_extras(parts: SplitResult, text: str) -> None:
    """Refuse what a URL can carry and a webhook has no use for."""
    if "@" in parts.netloc:
        raise Invalid("url_credentials", N_("Leave the user name and the password out of the address."), field="url")
    if "#" in text:
        raise Invalid("url_fragment", N_("Leave out “#” and what follows it."), field="url")


def _refuse_place(url: EndpointUrl, *, address: Address | None, allow_networks: Sequence[Network]) -> None:
    """Refuse a host, a scheme or a port that no call may use."""
    if address is not None and not may_call(address, allow_networks):
        raise Invalid(
            "url_private",
            N_("%(host)s is not a public address. Ask your administrator to allow its network."),
            field="url",
            host=url.host,
        )
    plain = is_plain_allowed(address, allow_networks) if address else bool(allow_networks)
    if url.scheme != "https" and not plain:
        raise Invalid("url_not_https", N_("The address must begin with https://."), field="url")
    if url.port != PORTS["https"] and not plain:
        raise Invalid("url_port", N_("Only port 443 can be called, not %(port)s."), field="url", port=url.port)


def _literal(host: str) -> Address | None:
    """Return the address that a host is written as, or None for a name; raise `Invalid` for neither."""
    try:
        address = ip_address(host)
    except ValueError:
        pass
    else:
        if isinstance(address, IPv6Address) and address.scope_id is not None:
            raise _bad_url()
        return address
    labels = host.removesuffix(".").split(".")
    named = len(host) <= _HOST_CHARACTERS and all(_LABEL.fullmatch(label) for label in labels)
    # Systems read 127.1, 0x7f.1 and 2130706433 as addresses, each in its own way.
    if not named or _ENDS_IN_NUMBER.fullmatch("." + labels[-1]):
        raise _bad_url()
    return None


def _encode_host(url: str) -> str:
    """Return the URL with an international host name in its ASCII form (IDNA)."""
    scheme, mark, rest = url.partition("://")
    authority = re.match(r"[^/?#]*", rest)
    host = authority[0] if authority else ""
    if host.isascii() or len(host) > _HOST_CHARACTERS:
        return url
    try:
        return f"{scheme}{mark}{host.encode('idna').decode('ascii')}{rest[len(host) :]}"
    except UnicodeError:
        raise _bad_url() from None


def _bad_url() -> Invalid:
    """Return the error for what is no URL of an endpoint."""
    return Invalid(
        "bad_url",
        N_("This is not an address that can be called. It looks like https://example.org/hooks."),
        field="url",
    )
