"""The compliance kit of LISA: each of its import tests, as the texts beside it and its specification say.

Where a row says nothing else, the source is en-US, as in the kit. Images and underlining mean nothing in a press
release: their codes are left out, and what they cover stays (2A, 2B). An isolated half of a pair is closed at its
segment's end, so that two segments read together as they did in the document (2A, 2B, 2C). A text inside a code is a
pair of its own (2C).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from service.domain.inline import plain
from service.domain.memory_files import FiledUnit, LeftOut
from service.domain.text import CodedText
from service.formats.tmx import read_tmx

KIT = Path(__file__).parents[2].parent / "shared" / "data" / "formats" / "tmx-compliance-kit"
OFFICE = ("en-US", "en-GB", "fr-CA", "fr", "ja-JP", "es-ES")
Pair = tuple[str, dict[str, str]]


def read(name: str, source: str = "en-US") -> tuple[list[FiledUnit], list[str]]:
    """Return the units of a file of the kit, and the codes of what is left out of it."""
    path = KIT / name
    if not path.exists():
        pytest.skip(f"the TMX kit is not on this machine: {path}")
    with path.open("rb") as stream:
        filed = list(read_tmx(stream, source, OFFICE))
    units = [one for one in filed if isinstance(one, FiledUnit)]
    return units, [one.reason.code for one in filed if isinstance(one, LeftOut)]


def pairs(units: list[FiledUnit]) -> list[Pair]:
    return [(unit.source.text, {it.locale: it.target for it in unit.targets}) for unit in units]


def lines(name: str) -> list[str]:
    """Return the lines of a text of the kit, in whichever encoding it is."""
    data = (KIT / name).read_bytes()
    return data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig").splitlines()


@pytest.mark.parametrize(
    "test, locale",
    [
        ("1A", "fr-CA"),  # tabs and spaces in a row
        ("1B", "fr-CA"),  # white space between attributes, capitals in tags
        ("1C", "fr-CA"),  # five languages in any order
        ("1D", "en-GB"),  # UTF-8 with a mark
        ("1E", "en-GB"),  # UTF-8 without
        ("1F", "en-GB"),  # UTF-16, the lower byte first
        ("1G", "en-GB"),  # UTF-16, the higher byte first
        ("1H", "en-GB"),  # ASCII with references
        ("1I", "ja-JP"),  # ideographic spaces
    ],
)
def test_level_1_is_read_as_the_texts_beside_it(test: str, locale: str) -> None:
    units, left_out = read(f"ImportTest{test}.tmx")

    targets = [target for unit in units for target in unit.targets if target.locale == locale]
    assert (lines(f"ImportTest{test}.txt"), lines(f"ImportTest{test}_{locale.lower()}.txt"), []) == (
        [unit.source.text for unit in units],
        [target.target for target in targets],
        left_out,
    )


FIRST = ("First entry in US English", {"en-GB": "First entry in UK English"})
SECOND = ("Second entry in US English", {"en-GB": "Second entry in UK English"})


@pytest.mark.parametrize(
    "name, source, expected, left_out",
    [
        ("1J", "en-US", [FIRST, SECOND], []),
        ("1J_many", "en-US", [FIRST, SECOND], ["other_source"]),  # the third is not to be imported, it says
        (
            "1J_many",
            "es-ES",
            [
                (
                    "[not to import] Third entry in Spanish",
                    {"en-US": "[not to import] Third entry in US English"},
                )
            ],
            ["other_source", "other_source"],
        ),
        ("1K", "de-DE", [("First Entry - German", {"en-GB": "First Entry - UK English"})], ["other_source"]),
        (
            "1K",
            "fr-CA",
            [("Second Entry - French Canadian", {"en-GB": "Second Entry - UK English"})],
            ["other_source"],
        ),
        (
            "1L",
            "en-US",
            [("Text of the segment.", {"fr": "Texte du segment.", "en-GB": "Text of the segment."})],
            [],
        ),
    ],
)
def test_the_unit_says_which_language_is_its_source(
    name: str, source: str, expected: list[Pair], left_out: list[str]
) -> None:
    units, codes = read(f"ImportTest{name}.tmx", source)

    assert (expected, left_out) == (pairs(units), codes)


@pytest.mark.parametrize("name", ["1L", "2C"])
def test_a_unit_is_as_old_as_it_says(name: str) -> None:
    units, _ = read(f"ImportTest{name}.tmx")

    assert {"2002-05-23T09:12:00+00:00"} == {str(it.approved_at).replace(" ", "T") for it in units[0].targets}


CODED = [
    ("The big {1}black{/1} cat sleeps.", {"fr-CA": "Le gros chat {1}noir{/1} dors."}),
    (
        'Test for special characters = {1}<{/1}=lt, {2}>{/2}=gt, {3}&{/3}=amp, {4}"{/4}=quot.',
        {"fr-CA": 'Test pour caractères spéciaux = {1}<{/1}=lt, {2}>{/2}=gt, {3}&{/3}=amp, {4}"{/4}=quot.'},
    ),
    (
        "Nested formatting = {1}{2}Bold+Italic+Underlined, Bold+Italic{/2}, Bold{/1}.",
        {"fr-CA": "Format en gigogne = {1}{2}gras+italique+souligné, gras+italique{/2}, gras{/1}."},
    ),
    ("First {1}sentence.{/1}", {"fr-CA": "Première {1}phrase.{/1}"}),
    ("{1}Second{/1} sentence.", {"fr-CA": "{1}Seconde{/1} phrase."}),
    ("Picture:", {"fr-CA": "Image:"}),
    ("Some text with a part highlighted.", {"fr-CA": "Du texte avec une portion délimitée."}),
]


@pytest.mark.parametrize("name", ["2A", "2A-0index", "2B"])
def test_level_2_is_read_with_its_codes(name: str) -> None:
    expected = (
        [*CODED[:-1], (CODED[-1][0], {"fr-CA": "Du text avec une portion délimitée."})] if name == "2B" else CODED
    )

    units, left_out = read(f"ImportTest{name}.tmx")

    assert (expected, []) == (pairs(units), left_out)
    assert ["bold", "italic"] == [code.kind for code in units[2].source.codes]


@pytest.mark.parametrize("page, locale", [("ImportTest2A.htm", None), ("ImportTest2A_fr-ca.htm", "fr-CA")])
def test_level_2_says_what_the_page_beside_it_says(page: str, locale: str | None) -> None:
    units, _ = read("ImportTest2A.tmx")

    sides = [
        plain(unit.source)
        if locale is None
        else plain(CodedText(next(it.target for it in unit.targets if it.locale == locale), unit.source.codes))
        for unit in units
    ]

    # The page has the first and the second sentence in one paragraph.
    assert _paragraphs(KIT / page) == [*sides[:3], " ".join(sides[3:5]), *sides[5:]]


def test_a_text_inside_a_code_is_a_pair_of_its_own() -> None:
    units, left_out = read("ImportTest2C.tmx")

    assert (
        [
            (
                "{1}{2}Click to start.{/2}{/1}",
                {"fr": "{1}{2}Cliquez pour commencer.{/2}{/1}", "en-GB": "{1}{2}Click to start.{/2}{/1}"},
            ),
            ("Start Here!", {"fr": "Commencez ici !", "en-GB": "Start Here!"}),
        ],
        [],
    ) == (pairs(units), left_out)


@pytest.mark.parametrize("test, count", [("1A", 4), ("1B", 2), ("1C", 4), ("1D", 4), ("1E", 4), ("2A", 6)])
def test_what_other_tools_export_is_read_too(test: str, count: int) -> None:
    units, left_out = read(f"ExportTest{test}.tmx")

    assert (count, []) == (len(units), left_out)


def test_every_import_test_of_the_kit_has_a_row() -> None:
    if not KIT.exists():
        pytest.skip(f"the TMX kit is not on this machine: {KIT}")
    written = Path(__file__).read_text(encoding="utf-8")

    missing = [
        name
        for path in KIT.glob("ImportTest*.tmx")
        if f'"{(name := path.stem.removeprefix("ImportTest"))}"' not in written and f"{path.name}" not in written
    ]

    assert [] == missing


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "p":
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if self.paragraphs:
            self.paragraphs[-1] += data


def _paragraphs(path: Path) -> list[str]:
    page = _Page()
    page.feed(path.read_text(encoding="cp1252"))
    return [re.sub(r"\s+", " ", text).strip() for text in page.paragraphs]
