"""Addresses in a text: pages of the web, mailboxes and telephones, each with what it is compared by.

An address is the same in every language, but for the part of it that names the language. Whether a translation kept
them is for the checks, and what else its figures say is for `numerals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_SPACES = "\u00a0\u202f\u2009"
_BLANK = "\ufffc"  # a marker that was blanked: no address reaches across it
# Without a scheme in front only these end a host: the others are words too, behind a full stop without its space.
_DOMAINS = "be|eu|com|org|int|info|gov|edu|brussels|vlaanderen|gent|nl|fr|lu|uk|ch"
_HOST = r"[a-z0-9](?:[a-z0-9-]{0,62})"

_ADDRESS = re.compile(
    rf"""
    (?P<mail> (?<![\w.+-]) [\w.+-]{{1,64}}+ @ [\w-]{{1,63}}+ (?:\.[\w-]{{1,63}}){{1,8}} )
    | (?P<page> (?i: https?://|\bwww\.) [^\s{_BLANK}<>"\u00ab\u00bb\u201c\u201d\u201e]++
        | (?<![\w.@/-]) (?:{_HOST}\.){{1,4}}(?:{_DOMAINS}) (?![\w@-]|\.\w)
          (?:/[^\s{_BLANK}<>"\u00ab\u00bb\u201c\u201d\u201e]*+)? )
    | (?<![0-9]) (?P<date> [0-9]{{1,4}}(?P<mark>[./-])[0-9]{{1,2}}(?P=mark)[0-9]{{1,4}} ) (?![0-9])
    | (?<![\w.,]) (?P<phone> (?:\+|00)[1-9][0-9()\s./{_SPACES}-]{{6,20}}[0-9]
        | (?!0[0-9]{{3}}\.[0-9]{{3}}\.[0-9]{{3}}(?![0-9])) # the number of an enterprise
          0[0-9]{{1,3}}[\s./{_SPACES}-][0-9\s./{_SPACES}-]{{5,16}}[0-9] ) (?![0-9])
    """,
    re.VERBOSE,
)
_AT_END = ".,;:!?\u2026'\u2019\u201d\u00bb\u203a*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_TAG = r"(?:nl|fr|de|en)(?:[-_](?:be|nl|fr|de|lu|gb|us))?"
_HOST_TAG = re.compile(rf"\A{_TAG}(?=\.)")
_PATH_TAG = re.compile(rf"(?<=[/=_.]){_TAG}(?=[/?&#_.]|\Z)", re.IGNORECASE)
_OWN = "*"  # stands for a tag that names the language of the text
_DIGITS = re.compile(r"[0-9]+")
_LEAST_PHONE_DIGITS = 8


class AddressKind(StrEnum):
    """What an address leads to."""

    PAGE = "page"
    MAIL = "mail"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text: from `start` to `end`, as it is written there, and as it is compared.

    `key` is the same for two ways to write one address; `loose`, where there is one, for two pages that are filed
    each under its own language and may have a name of their own there.
    """

    kind: AddressKind
    start: int
    end: int
    text: str
    key: str
    loose: str = ""


def addresses_of(text: str) -> tuple[Address, ...]:
    """Return the addresses of a text in its order, without the marks that end a sentence behind them.

    Dates such as 01.05.2026 are no telephones. Linear in the length of the text.
    """
    return tuple(_found(text))


def _found(text: str) -> Iterator[Address]:
    if not _may_have_one(text):
        return
    for match in _ADDRESS.finditer(text):
        start, written = match.start(), match[0]
        if match["page"]:
            written = _without_end(written)
            key = _page_key(written)
            yield Address(AddressKind.PAGE, start, start + len(written), written, key, _loose(key))
        elif match["mail"]:
            yield Address(AddressKind.MAIL, start, match.end(), written, written.lower())
        elif match["phone"] and len(key := _phone_key(written)) >= _LEAST_PHONE_DIGITS:
            yield Address(AddressKind.PHONE, start, match.end(), written, key)


_LIKELY = re.compile(rf"\w@\w|https?://|www\.|\.(?:{_DOMAINS})(?!\w)|[+0][0-9]", re.IGNORECASE)


def _may_have_one(text: str) -> bool:
    """Tell whether it is worth to look closer; most sentences have no address."""
    return _LIKELY.search(text) is not None


def _without_end(page: str) -> str:
    """Return a page's address without the marks behind it; a bracket that it opened itself is its own."""
    end = len(page)
    opened = {bracket: page.count(bracket) for bracket in "([{"}
    closed = {bracket: page.count(bracket) for bracket in ")]}"}
    while end:
        last = page[end - 1]
        if last in _BRACKETS and closed[last] > opened[_BRACKETS[last]]:
            closed[last] -= 1
        elif last not in _AT_END:
            break
        end -= 1
    return page[:end]


def _page_key(page: str) -> str:
    """Return the address without its scheme, its host in lower case, the language that it names taken out."""
    host, slash, path = _SCHEME.sub("", page, count=1).partition("/")
    named = _HOST_TAG.sub(_OWN, host.lower()) if host.count(".") > 1 else host.lower()
    return (named + _PATH_TAG.sub(_OWN, slash + path)).rstrip("/")


def _loose(key: str) -> str:
    """Return what two pages share that are called otherwise in each language: host, depth and numbers.

    Only a page that stands in a folder of its language has such a name of its own.
    """
    host, _, path = key.partition("/")
    if f"/{_OWN}/" not in f"/{path}/":
        return ""
    return " ".join((host, str(path.count("/")), *_DIGITS.findall(path)))


def _phone_key(phone: str) -> str:
    """Return the digits; a Belgian number as it is dialled in Belgium, another one with a plus in front."""
    digits = re.sub(r"[^0-9+]", "", phone.replace("(0)", ""))
    digits = re.sub(r"^00", "+", digits)
    return re.sub(r"^\+320?", "0", digits)
