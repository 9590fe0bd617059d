"""A version with everything that a unit can have, and the rules of the standards that a file has to keep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from service.domain.drafts import OriginKind
from service.domain.exchange import ReturnedUnit, SentUnit, SentVersion
from service.domain.text import BlockKind, CodedText, CodeKind, InlineCode
from service.domain.workflow import UnitState
from service.formats.xliff import read_xliff

NS = {
    "x": "urn:oasis:names:tc:xliff:document:2.0",
    "y": "urn:oasis:names:tc:xliff:document:1.2",
    "mda": "urn:oasis:names:tc:xliff:metadata:2.0",
    "mtc": "urn:oasis:names:tc:xliff:matches:2.0",
}
CODES = (
    InlineCode(1, CodeKind.BOLD),
    InlineCode(2, CodeKind.LINK, "https://example.org/?a=1&b=2"),
    InlineCode(3, CodeKind.BREAK),
    InlineCode(4, CodeKind.ITALIC),
)
SOURCE = CodedText("De {1}nieuwe {2}brug{/2}{/1}{3/}gaat {4}vandaag{/4} open & <toe>.", CODES)
TARGET = "Le {4}nouveau{/4} {2}pont{/2}{3/}ouvre {1}aujourd’hui{/1} & <ferme>."
HASH = "0a" * 32


def unit(**changes: Any) -> SentUnit:
    """Return a unit with a machine's draft, changed as given."""
    made = SentUnit(
        id="unt_1",
        n=1,
        block="blk_1",
        kind=BlockKind.PARAGRAPH,
        source=SOURCE,
        target=TARGET,
        state=UnitState.TRANSLATED,
        origin=OriginKind.MT,
        engine="libretranslate",
        score=None,
        draft=TARGET,
        row_version=2,
        source_hash=HASH,
    )
    return replace(made, **changes)


def version(*units: SentUnit) -> SentVersion:
    """Return a version from Dutch to French of these units."""
    return SentVersion("rel_1", "Een brug & meer", "nl", "fr", 3, units or (unit(),))


EVERY_KIND = version(
    unit(id="unt_1", kind=BlockKind.TITLE, source=CodedText("Een brug"), target="Un pont", draft=""),
    unit(id="unt_2", n=2, block="blk_2", target="", draft="", state=UnitState.INITIAL, origin=OriginKind.NONE),
    unit(id="unt_3", n=3, block="blk_2", origin=OriginKind.MEMORY, engine=None, score=101, state=UnitState.FINAL),
    unit(id="unt_4", n=4, block="blk_3", origin=OriginKind.PERSON, state=UnitState.REVIEWED),
    unit(id="unt_5", n=5, block="blk_4", origin=OriginKind.TERMS, engine=None),
    unit(id="unt_6", n=6, block="blk_5", target="{1}un{/1}{1}deux{2}{3/}{3/}", draft="\x01{9}"),
    unit(id="unt_7", n=7, block="blk_6", origin=OriginKind.COPIED, engine=None, score=82),
)


def back(data: bytes, **expected: str) -> tuple[ReturnedUnit, ...]:
    """Read a file as the sample version's."""
    return read_xliff(data, **{"release_id": "rel_1", "source_locale": "nl", "target_locale": "fr", **expected})


def root_of(data: bytes) -> etree._Element:
    """Return the root of a file that was written."""
    return etree.fromstring(data)


def found(root: etree._Element, path: str) -> list[Any]:
    """Return what a path with the usual prefixes finds."""
    result: Any = root.xpath(path, namespaces=NS)
    return list(result)
