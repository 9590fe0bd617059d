from __future__ import annotations

from pathlib import Path

import pytest

from service.domain.errors import Invalid
from service.domain.inline import plain
from service.domain.segmentation import segment_document
from service.domain.text import BlockKind, Document
from service.formats import read

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
RELEASE = SHARED / "releases" / "verlinden-2024-01-25" / "nl.txt"


def outline(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, plain(block.content)) for block in document.blocks]


def test_a_real_release_has_its_twelve_blocks() -> None:
    if not RELEASE.exists():
        pytest.skip(f"the shared reference texts are not there: {RELEASE}")

    document = read(RELEASE.read_text(encoding="utf-8"), "text")

    assert ["title", "kicker", "lead", "heading", *["paragraph"] * 8] == [block.kind for block in document.blocks]
    assert "Nieuwsbericht" == document.blocks[1].content.text
    assert () == document.warnings


def test_a_real_release_is_cut_into_its_sentences() -> None:
    if not RELEASE.exists():
        pytest.skip(f"the shared reference texts are not there: {RELEASE}")
    document = read(RELEASE.read_text(encoding="utf-8"), "text")

    segments = [segment.source.text for segment in segment_document(document, "nl")]

    assert 31 <= len(segments) <= 33
    assert [] == [text for text in segments if text.endswith(("25", "(AI)", "24"))]


@pytest.mark.parametrize(
    "locale, title",
    [
        ("nl", "Privacyverklaring"),
        ("fr", "Déclaration de confidentialité"),
        ("de", "Datenschutzerklärung"),
        ("en", "Privacy Statement"),
    ],
)
def test_a_real_page_is_read_with_its_headings_and_lists(locale: str, title: str) -> None:
    path = SHARED / "coronalert" / f"privacy_{locale}.html"
    if not path.exists():
        pytest.skip(f"the shared reference texts are not there: {path}")

    document = read(path.read_text(encoding="utf-8"), "html", source_locale=locale)

    kinds = [block.kind for block in document.blocks]
    assert title == document.title
    assert 10 == kinds.count(BlockKind.HEADING)
    assert 13 <= kinds.count(BlockKind.LIST_ITEM) <= 14
    assert [] == [text for _, text in outline(document) if "<" in text or "\n\n" in text or "  " in text]
    assert () == document.warnings


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
@pytest.mark.parametrize("body", ["", "  \n\n", "\u00a0\n\u202f\u200b\n\ufeff", "***\n---"])
def test_an_empty_text_is_refused(name: str, body: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(body, name)

    assert ("empty_text", "body") == (refused.value.code, refused.value.field)


@pytest.mark.parametrize(
    "body, name, title, code, field",
    [
        pytest.param("Alleen een titel", "text", None, "empty_text", "body", id="a title alone"),
        pytest.param("", "text", "Titel", "empty_text", "body", id="a given title alone"),
        pytest.param("<script>alert(1)</script>", "html", "Titel", "empty_text", "body", id="a script alone"),
        pytest.param("- een punt\n- nog een punt", "text", None, "no_title", "title", id="no title"),
        pytest.param("De tekst.", "text", "T" * 501, "title_too_long", "title", id="a long title"),
        pytest.param(f"# {'T' * 501}\n\nDe tekst.", "markdown", None, "title_too_long", "title", id="a long heading"),
        pytest.param("De tekst.", "rtf", "Titel", "bad_format", "format", id="an unknown format"),
        pytest.param("<div>" * 300 + "De tekst.", "html", "Titel", "too_deep", "body", id="nested too deep"),
    ],
)
def test_what_cannot_become_a_release_is_refused(
    body: str, name: str, title: str | None, code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read(body, name, title=title)

    assert (code, field) == (refused.value.code, refused.value.field)
    assert "%(" not in str(refused.value)


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_two_megabytes_of_text_are_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        read("De raad stemt. " * 140_000, name)

    assert "too_large" == refused.value.code
    assert "2100000" in str(refused.value)


def test_a_text_of_exactly_the_limit_is_taken() -> None:
    body = "De titel\n\n" + "a" * (1_000_000 - 10)

    assert 2 == len(read(body, "text").blocks)


def test_a_title_of_exactly_the_limit_is_taken() -> None:
    assert "T" * 500 == read("De tekst.", "text", title="T" * 500).title


@pytest.mark.parametrize(
    "body, name",
    [
        pytest.param("Persbericht\n\nDe titel\n\nDe tekst.", "text", id="text"),
        pytest.param("Persbericht\nDe titel\n\nDe tekst.", "text", id="text without a blank line"),
        pytest.param("Persbericht\n\n# De titel\n\nDe tekst.", "markdown", id="markdown"),
        pytest.param("<p>Persbericht</p><h1>De titel</h1><p>De tekst.</p>", "html", id="html"),
    ],
)
@pytest.mark.parametrize("title", ["De titel", " de  TITEL "])
def test_a_body_does_not_repeat_the_title_that_is_given(body: str, name: str, title: str) -> None:
    document = read(body, name, title=title)

    assert [("title", " ".join(title.split())), ("kicker", "Persbericht"), ("paragraph", "De tekst.")] == outline(
        document
    )


def test_a_given_title_leaves_another_title_in_the_body_as_a_heading() -> None:
    document = read("<h1>Iets anders</h1><p>De tekst.</p>", "html", title="De titel")

    assert [("title", "De titel"), ("heading", "Iets anders"), ("paragraph", "De tekst.")] == outline(document)


@pytest.mark.parametrize("title", ["", "  ", "\u200b"])
def test_a_blank_title_is_none(title: str) -> None:
    assert "De titel" == read("De titel\n\nDe tekst.", "text", title=title).title


@pytest.mark.parametrize(
    "body, warnings",
    [
        pytest.param(
            "Le conseil communal approuve le budget\n\nLa majorité a voté jeudi soir, malgré les critiques.",
            ("language:fr",),
            id="French",
        ),
        pytest.param(
            "Der Rat genehmigt den Haushalt\n\nDie Mehrheit stimmte am Donnerstagabend trotz aller Kritik dafür.",
            ("language:de",),
            id="German",
        ),
        pytest.param(
            "The council approves the budget\n\nThe majority voted on Thursday evening despite the criticism.",
            ("language:en",),
            id="English",
        ),
        pytest.param(
            "De raad keurt de begroting goed\n\nDe meerderheid stemde donderdagavond ondanks alle kritiek.",
            (),
            id="Dutch",
        ),
        pytest.param("Le budget\n\nIl est voté.", (), id="too short to tell"),
    ],
)
def test_a_text_that_is_not_dutch_is_taken_with_a_warning(body: str, warnings: tuple[str, ...]) -> None:
    assert warnings == read(body, "text").warnings


def test_a_text_in_the_source_locale_brings_no_warning() -> None:
    body = "Le conseil communal approuve le budget\n\nLa majorité a voté jeudi soir, malgré les critiques."

    assert () == read(body, "text", source_locale="fr-BE").warnings
