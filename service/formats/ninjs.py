"""One language of a published release as a ninjs 3.1 object, IPTC's JSON for news.

Each language is an object of its own. Its siblings stand among its associations as translations, and the
identifier that all of them share stands in `altIds` under the role `work`. The schema refuses unknown fields,
so what it has no place for (approvals, findings) is left out here and told by the desk's own API.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from service.domain.inline import plain
from service.domain.locales import locale_name
from service.domain.text import Block, BlockKind
from service.formats.html import write_html
from service.formats.text import write_text

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


class PubStatus(StrEnum):
    """Whether the item may be used: ninjs' own three values."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class DigitalSource(StrEnum):
    """How the text came about, as names in IPTC's vocabulary of digital source types."""

    WRITTEN = "digitalCreation"  # by people
    MACHINE = "trainedAlgorithmicMedia"  # a machine's draft as it came
    MACHINE_EDITED = "compositeWithTrainedAlgorithmicMedia"  # a machine's draft in which people had a hand


_SOURCE_NAMES = {
    DigitalSource.WRITTEN: "Digital creation",
    DigitalSource.MACHINE: "Created using generative AI",
    DigitalSource.MACHINE_EDITED: "Edited using generative AI",
}


@dataclass(frozen=True, slots=True)
class Sibling:
    """The same release in another language: its identifier, its locale, its title."""

    uri: str
    locale: str
    title: str


def write_ninjs(
    *,
    uri: str,
    work: str,
    locale: str,
    blocks: Sequence[Block],
    version: int,
    version_created: datetime,
    first_created: datetime | None = None,
    embargoed_until: datetime | None = None,
    pub_status: PubStatus = PubStatus.USABLE,
    digital_source: DigitalSource | None = None,
    siblings: Sequence[Sibling] = (),
    slug: str = "",
    by: str = "",
    copyright_holder: str = "",
    ed_note: str = "",
) -> dict[str, Any]:
    """Return a ninjs 3.1 object of a version's composed blocks.

    `uri` identifies this language, `work` the release in every language; both are complete URIs. Times are
    aware and written in UTC. A canceled item keeps its title and tells its `ed_note`; its text is left out.
    """
    title = next((plain(block.content) for block in blocks if block.kind is BlockKind.TITLE), "")
    body = [block for block in blocks if block.kind not in {BlockKind.TITLE, BlockKind.KICKER}]
    shown = pub_status is not PubStatus.CANCELED
    item: dict[str, Any] = {
        "uri": uri,
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "type": "text",
        "representationType": "full" if shown else "partial",
        "version": str(version),
        "firstCreated": _time(first_created),
        "versionCreated": _time(version_created),
        "embargoedUntil": _time(embargoed_until),
        "pubStatus": pub_status.value,
        "language": locale,
        "title": title,
        "slugline": slug,
        "by": by,
        "copyrightHolder": copyright_holder,
        "edNote": ed_note,
        "headlines": _headlines(blocks),
        "descriptions": _descriptions(body) if shown else [],
        "bodies": _bodies(body, locale) if shown else [],
        "altIds": [{"role": "work", "value": work}],
        "associations": [_association(sibling) for sibling in siblings],
        "digitalSourceType": _source(digital_source),
    }
    return {name: value for name, value in item.items() if value not in (None, "", [])}


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _headlines(blocks: Sequence[Block]) -> list[dict[str, str]]:
    roles = {BlockKind.TITLE: "main", BlockKind.KICKER: "kicker"}
    return [
        {"role": roles[block.kind], "contentType": "text/plain", "value": plain(block.content)}
        for block in blocks
        if block.kind in roles
    ]


def _descriptions(body: Sequence[Block]) -> list[dict[str, str]]:
    return [
        {"role": "lead", "contentType": "text/plain", "value": plain(block.content).replace("\n", " ")}
        for block in body
        if block.kind is BlockKind.LEAD
    ]


def _bodies(body: Sequence[Block], locale: str) -> list[dict[str, Any]]:
    text = write_text(body, locale)
    counts = {"charCount": len(text), "wordCount": len(text.split())}
    return [
        {"role": "main", "contentType": "text/html", **counts, "value": write_html(body, locale)},
        {"role": "main", "contentType": "text/plain", **counts, "value": text},
    ]


def _association(sibling: Sibling) -> dict[str, str]:
    return {
        "name": locale_name(sibling.locale),
        "rel": "translation",
        "uri": sibling.uri,
        "type": "text",
        "language": sibling.locale,
        "title": sibling.title,
    }


def _source(source: DigitalSource | None) -> dict[str, str] | None:
    if source is None:
        return None
    return {"name": _SOURCE_NAMES[source], "uri": f"{_SOURCE_TYPES}{source.value}"}
