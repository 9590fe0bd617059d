"""The check that a translation leads to the same pages, mailboxes and telephones.

How an address is found and compared is told in `domain.addresses`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from service.domain.addresses import Address, AddressKind
from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.errors import N_


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every address stands on both sides, as often on one as on the other.

    The part that names the language may follow it (/nl/ and /fr/, lang=nl and lang=fr), and a page that stands in
    a folder of its language may have a name of its own there.
    """

    code: str = "addresses"
    severity: Severity = Severity.ERROR

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield one finding for each address that differs, is missing or is too many."""
        source, target = pair.source_addresses, pair.target_addresses
        if not source and not target:
            return
        missing, extra = _left(source, target)
        for kind in AddressKind:
            wanted = [address for address in missing if address.kind is kind]
            present = [address for address in extra if address.kind is kind]
            for one, other in zip_longest(wanted, present):
                yield self._finding(one, other)

    def _finding(self, one: Address | None, other: Address | None) -> Finding:
        if one and other:
            template = N_("The source leads to “%(source)s”, the translation to “%(target)s”.")
        elif one:
            template = N_("The address “%(source)s” is not in the translation.")
        else:
            template = N_("The address “%(target)s” is not in the source.")
        facts = {name: address.text for name, address in (("source", one), ("target", other)) if address}
        return Finding(self.code, self.severity, template, facts, _span(one), _span(other))


def _left(source: Sequence[Address], target: Sequence[Address]) -> tuple[list[Address], list[Address]]:
    """Return the addresses of either side without their equal, first by all of it, then by what may differ."""
    missing, extra = _surplus(source, target, loosely=False), _surplus(target, source, loosely=False)
    return _surplus(missing, extra, loosely=True), _surplus(extra, missing, loosely=True)


def _surplus(these: Sequence[Address], those: Sequence[Address], *, loosely: bool) -> list[Address]:
    """Return those of `these` for which none is left among `those`."""
    left = Counter(_key(address, loosely=loosely) for address in those)
    surplus = []
    for address in these:
        key = _key(address, loosely=loosely)
        if key[1] and left[key]:
            left[key] -= 1
        else:
            surplus.append(address)
    return surplus


def _key(address: Address, *, loosely: bool) -> tuple[AddressKind, str]:
    return address.kind, address.loose if loosely else address.key


def _span(address: Address | None) -> Span | None:
    return Span(address.start, address.end) if address else None
