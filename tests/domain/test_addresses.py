from __future__ import annotations

import pytest

from service.domain.addresses import AddressKind, addresses_of

PAGE, MAIL, PHONE = AddressKind.PAGE, AddressKind.MAIL, AddressKind.PHONE


@pytest.mark.parametrize(
    "text, found",
    [
        ("Zie https://desk.example.be/nieuws.", [(PAGE, "https://desk.example.be/nieuws")]),
        ("Zie (www.example.be/nieuws)!", [(PAGE, "www.example.be/nieuws")]),
        ("Op example.be, en op example.eu/pers.", [(PAGE, "example.be"), (PAGE, "example.eu/pers")]),
        ("https://example.org/wiki/Brug_(kaart) toont", [(PAGE, "https://example.org/wiki/Brug_(kaart)")]),
        ("«\u00a0https://example.be/x\u00a0»", [(PAGE, "https://example.be/x")]),
        ("“https://example.be/x”", [(PAGE, "https://example.be/x")]),
        ("Mail naar an.peeters+pers@desk.example.be!", [(MAIL, "an.peeters+pers@desk.example.be")]),
        ("Bel 02 123 45 67.", [(PHONE, "02 123 45 67")]),
        ("Bel +32 (0)2 123 45 67 of 0470/12.34.56", [(PHONE, "+32 (0)2 123 45 67"), (PHONE, "0470/12.34.56")]),
        ("Gratis: 0800 14 689", [(PHONE, "0800 14 689")]),
        ("Bel 0032 2 123 45 67", [(PHONE, "0032 2 123 45 67")]),
        ("Op 01.05.2026, 1-5-2026 en 2026-05-01", []),
        ("Ondernemingsnummer 0123.456.789", []),
        ("Het kostte 1.250.000 euro in 2026.", []),
        ("Dat was het einde.Daarna kwam niets.", []),
        ("Wat @ is, weet men", []),
        ("\ufffc\ufffc\ufffchttps://example.be/x\ufffc\ufffc\ufffc\ufffc, dus", [(PAGE, "https://example.be/x")]),
    ],
)
def test_addresses_are_found_without_what_stands_behind_them(text: str, found: list[tuple[AddressKind, str]]) -> None:
    addresses = addresses_of(text)

    assert found == [(one.kind, one.text) for one in addresses]
    assert [one.text for one in addresses] == [text[one.start : one.end] for one in addresses]


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://example.be/nl/pers", "https://example.be/fr/pers"),
        ("https://example.be/nl-be/pers", "http://example.be/de/pers/"),
        ("https://example.be/pers?lang=nl", "https://example.be/pers?lang=fr"),
        ("https://example.be/index_nl.html", "https://example.be/index_en.html"),
        ("https://NL.example.be/x", "https://fr.example.be/x"),
        ("https://example.be/NL/TXT?from=NL", "https://example.be/FR/TXT?from=FR"),
        ("Pers@Example.be", "pers@example.be"),
        ("+32 2 123 45 67", "02 123 45 67"),
        ("0032 (0)2 123.45.67", "02/123 45 67"),
        ("+31 20 123 45 67", "0031 20 1234567"),
    ],
)
def test_two_ways_to_write_one_address_have_one_key(one: str, other: str) -> None:
    assert [found.key for found in addresses_of(one)] == [found.key for found in addresses_of(other)] != []


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://example.nl", "https://example.fr"),
        ("https://example.be/pers/12", "https://example.be/pers/13"),
        ("https://example.be/nl/pers", "https://example.be/pers"),
        ("https://example.be/Pers", "https://example.be/pers"),
        ("https://example.be/?a=1", "https://example.be/"),
        ("pers@example.be", "per@example.be"),
        ("02 123 45 67", "02 123 45 68"),
        ("+31 20 123 45 67", "020 123 45 67"),
    ],
)
def test_other_addresses_have_other_keys(one: str, other: str) -> None:
    assert [found.key for found in addresses_of(one)] != [found.key for found in addresses_of(other)]


def test_a_page_in_a_folder_of_its_language_may_be_called_otherwise_there() -> None:
    (dutch,), (french,), (another,), (plain,) = map(
        addresses_of,
        (
            "https://example.be/nl/ministerraad-12",
            "https://example.be/fr/conseil-12",
            "https://example.be/fr/conseil-13",
            "https://example.be/conseil-12",
        ),
    )

    assert dutch.loose == french.loose != another.loose
    assert "" == plain.loose
