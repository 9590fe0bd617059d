"""Receipts: what a publisher says of where a text stands, and whether a page shows the text that was published.

A page is compared by its text alone, without white space and with one kind of quotation marks, because every site sets
those in its own way; what stands around the text is the site's. Nothing here fetches a page.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any

from service.domain.characters import is_storable
from service.domain.inline import plain
from service.domain.text import Block, BlockKind

RECEIPT_WITHIN = timedelta(hours=1)
"""How long after a delivery a receiver that gives receipts has time for them."""

LOOK_WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""The wait before each look at a page, from the receipt or from the look before; after the last it is settled."""

MOST_SAID = 20
DIGEST = re.compile(r"[0-9a-f]{64}")


class ReceiptState(StrEnum):
    """How far a receipt is; the last four are final until the receiver says something else."""

    AWAITED = "awaited"
    SAID = "said"
    KEPT = "kept"
    DIFFERS = "differs"
    MISSING = "missing"
    OVER = "over"


class Because(StrEnum):
    """Why a receipt is not kept."""

    DIGEST = "digest"  # it names a text that was not sent
    OLDER = "older"  # the page shows what was published before
    TEXT = "text"  # the page shows no text that was published
    PAGE = "page"  # the page cannot be read


@dataclass(frozen=True, slots=True)
class Said:
    """One receipt as a receiver gives it; `locale` is empty where it does not say."""

    url: str
    digest: str
    locale: str = ""


def read_receipts(answer: str) -> tuple[Said, ...]:
    """Return the receipts in the body of an answer: one object, a list, or a list under `receipts`.

    What is no receipt is left out, for an answer may say what it likes.
    """
    try:
        given: Any = json.loads(answer)
    except (ValueError, RecursionError):
        return ()
    if isinstance(given, dict) and isinstance(given.get("receipts"), list):
        given = given["receipts"]
    found = (_said(each) for each in (given if isinstance(given, list) else [given])[:MOST_SAID])
    return tuple(said for said in found if said is not None)


def _said(given: Any) -> Said | None:
    if not isinstance(given, dict):
        return None
    url, digest, locale = (given.get(name, "") for name in ("url", "digest", "locale"))
    if not (isinstance(url, str) and isinstance(digest, str) and isinstance(locale, str)):
        return None
    if not is_storable(url):
        return None
    digest = digest.strip().lower()
    return Said(url, digest, locale) if url and DIGEST.fullmatch(digest) else None


def locale_of(said: Said, sent: dict[str, str]) -> str:
    """Return which language a receipt is for, of the digests that were sent by locale; empty where it is for none."""
    of_digest = [locale for locale, digest in sent.items() if digest == said.digest]
    if of_digest:
        return of_digest[0]
    if said.locale in sent:
        return said.locale
    return next(iter(sent)) if len(sent) == 1 else ""


def next_look(look: int) -> timedelta | None:
    """Return the wait after `look` looks at a page (1, 2, …) that did not find the text, or None: settled."""
    return LOOK_WAITS[look] if look < len(LOOK_WAITS) else None


def squeezed(text: str) -> str:
    """Return what two settings of one text have in common."""
    composed = unicodedata.normalize("NFKC", text)
    return _SPACE.sub("", composed).translate(_SAME)


_SPACE = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_QUOTES = "\u00ab\u00bb\u201e\u201c\u201d\u201f\u2033\u2039\u203a\u201a\u2018\u2019\u201b\u2032\u0060\u00b4'"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_SAME = str.maketrans(dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_DASHES, "-"))
_ANYWHERE = {BlockKind.TITLE, BlockKind.KICKER, BlockKind.LEAD}


def squeezed_blocks(blocks: Sequence[Block]) -> tuple[tuple[bool, str], ...]:
    """Return each block squeezed, with whether it may stand anywhere, as a title and a lead may."""
    found = ((block.kind in _ANYWHERE, squeezed(plain(block.content))) for block in blocks)
    return tuple((anywhere, text) for anywhere, text in found if text)


def shows(page: str, blocks: Sequence[tuple[bool, str]]) -> bool:
    """Tell whether a squeezed page holds every squeezed block, those of the text one after another."""
    at = 0
    for anywhere, text in blocks:
        found = page.find(text, 0 if anywhere else at)
        if found < 0:
            return False
        if not anywhere:
            at = found + len(text)
    return bool(blocks)


def page_text(page: str) -> str:
    """Return the squeezed text of an HTML page, without what a reader does not see."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return squeezed("".join(reader.parts))


class _Reader(HTMLParser):
    """Collects the text of a page."""

    _UNSEEN = frozenset({"script", "style", "template", "noscript", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag in self._UNSEEN:
            self._unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)
