from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from service.domain.text import Block, BlockKind, CodedText, CodeKind, InlineCode
from service.formats.ninjs import DigitalSource, PubStatus, Sibling, write_ninjs

# The properties of IPTC's schema 3.1 that a text may have; it refuses any other.
FIELDS = {
    *("uri", "type", "representationType", "profile", "version", "firstCreated", "versionCreated", "contentCreated"),
    *("embargoedUntil", "pubStatus", "urgency", "copyrightHolder", "copyrightNotice", "usageTerms", "edNote"),
    *("language", "descriptions", "bodies", "headlines", "people", "organisations", "places", "subjects", "events"),
    *("objects", "infoSources", "title", "by", "slugline", "located", "renditions", "associations", "altIds"),
    *("trustIndicators", "standard", "genres", "expires", "rightsInfo", "digitalSourceType"),
}
TEXT_FIELDS = {"role", "contentType", "value"}
BODY_FIELDS = {*TEXT_FIELDS, "charCount", "wordCount"}

BLOCKS = (
    Block(BlockKind.TITLE, CodedText("Le conseil approuve")),
    Block(BlockKind.KICKER, CodedText("Communiqué")),
    Block(BlockKind.LEAD, CodedText("Le {1}conseil{/1} a voté.", (InlineCode(1, CodeKind.BOLD),))),
    Block(BlockKind.PARAGRAPH, CodedText("La suite <demain>.")),
)
WHEN = datetime(2026, 5, 4, 14, 30, tzinfo=timezone(timedelta(hours=2)))
NL = Sibling("https://pers.example/nl/raad", "nl", "De raad keurt goed")


def item(**facts: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "uri": "https://pers.example/fr/conseil",
        "work": "https://pers.example/werk/7f3a",
        "locale": "fr",
        "blocks": BLOCKS,
        "version": 2,
        "version_created": WHEN,
    }
    return write_ninjs(**{**given, **facts})


def whole() -> dict[str, Any]:
    return item(
        first_created=WHEN,
        embargoed_until=WHEN,
        digital_source=DigitalSource.MACHINE_EDITED,
        siblings=[NL],
        slug="conseil",
        by="Service de presse",
        copyright_holder="Ville",
        ed_note="Note",
    )


def test_a_text_has_its_identity_language_and_version() -> None:
    made = item()

    expected = {
        "uri": "https://pers.example/fr/conseil",
        "type": "text",
        "language": "fr",
        "version": "2",
        "versionCreated": "2026-05-04T12:30:00Z",
        "pubStatus": "usable",
        "representationType": "full",
        "title": "Le conseil approuve",
        "altIds": [{"role": "work", "value": "https://pers.example/werk/7f3a"}],
    }
    assert expected == {name: made[name] for name in expected}


def test_only_properties_of_the_schema_are_written() -> None:
    made = whole()

    assert set() == set(made) - FIELDS
    assert set() == {name for text in made["headlines"] + made["descriptions"] for name in text} - TEXT_FIELDS
    assert set() == {name for body in made["bodies"] for name in body} - BODY_FIELDS
    assert set() == {name for other in made["associations"] for name in other} - {*FIELDS, "name", "rel"}
    assert {"name", "uri"} == set(made["digitalSourceType"])


def test_what_is_not_known_is_not_written() -> None:
    absent = {"firstCreated", "embargoedUntil", "slugline", "by", "edNote", "associations", "digitalSourceType"}

    assert set() == absent & set(item())


def test_kicker_title_and_lead_have_their_roles() -> None:
    made = item()

    assert [("main", "Le conseil approuve"), ("kicker", "Communiqué")] == [
        (headline["role"], headline["value"]) for headline in made["headlines"]
    ]
    assert ["Le conseil a voté."] == [description["value"] for description in made["descriptions"]]


def test_the_body_comes_as_html_and_as_text_without_the_headlines() -> None:
    bodies = {body["contentType"]: body["value"] for body in item()["bodies"]}

    assert {
        "text/html": '<p class="lead">Le <strong>conseil</strong> a voté.</p>\n<p>La suite &lt;demain&gt;.</p>\n',
        "text/plain": "Le conseil a voté.\n\nLa suite <demain>.\n",
    } == bodies


def test_siblings_are_associated_as_translations() -> None:
    assert [
        {
            "name": "Nederlands",
            "rel": "translation",
            "uri": "https://pers.example/nl/raad",
            "type": "text",
            "language": "nl",
            "title": "De raad keurt goed",
        }
    ] == item(siblings=[NL])["associations"]


@pytest.mark.parametrize(
    "source, name",
    [
        (DigitalSource.WRITTEN, "digitalCreation"),
        (DigitalSource.MACHINE, "trainedAlgorithmicMedia"),
        (DigitalSource.MACHINE_EDITED, "compositeWithTrainedAlgorithmicMedia"),
    ],
)
def test_the_part_of_machines_is_told_in_the_vocabulary_of_iptc(source: DigitalSource, name: str) -> None:
    made = item(digital_source=source)

    assert f"http://cv.iptc.org/newscodes/digitalsourcetype/{name}" == made["digitalSourceType"]["uri"]


def test_a_canceled_item_keeps_its_title_and_loses_its_text() -> None:
    made = item(pub_status=PubStatus.CANCELED, ed_note="Ingetrokken")

    assert ("canceled", "partial", "Ingetrokken") == (made["pubStatus"], made["representationType"], made["edNote"])
    assert set() == {"bodies", "descriptions"} & set(made)
    assert "Le conseil approuve" == made["title"]


def test_an_item_is_plain_json() -> None:
    made = whole()

    assert made == json.loads(json.dumps(made))


def test_times_are_in_utc() -> None:
    made = item(embargoed_until=datetime(2026, 1, 1, 6, 0, tzinfo=UTC), first_created=WHEN)

    assert ("2026-01-01T06:00:00Z", "2026-05-04T12:30:00Z") == (made["embargoedUntil"], made["firstCreated"])
