from __future__ import annotations

import pytest

from service.domain.checks.base import Pair, Severity, Span
from service.domain.checks.unchanged import Unchanged
from service.domain.text import CodedText, CodeKind, InlineCode


def findings(source: str, target: str, locale: str = "fr") -> list[tuple[str, Severity]]:
    return [(found.code, found.severity) for found in Unchanged().find(Pair(CodedText(source), target, "nl", locale))]


@pytest.mark.parametrize(
    "source",
    [
        "De minister opent morgen het nieuwe gebouw.",
        "meer info voor journalisten",
        "Zie www.example.be voor alle verdere informatie",
        "Het gaat om 12 huizen in Gent",
        "Brussel krijgt drie nieuwe parken",
        "wat u moet weten",
        "Op 3 mei zijn wij gesloten",
        "“Wij zijn erg blij”",
        "Koen De Smet is de nieuwe voorzitter",
        "Schrijf naar pers@example.be voor meer nieuws",
    ],
)
@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_a_copied_sentence_is_an_error(source: str, locale: str) -> None:
    assert [("untranslated", Severity.ERROR)] == findings(source, source, locale)


def test_spaces_make_no_translation() -> None:
    assert findings("De minister opent morgen het gebouw.", " De minister  opent morgen\u00a0het gebouw. ")


def test_markers_make_no_translation() -> None:
    source = CodedText("{1}De minister{/1} opent morgen het gebouw.", (InlineCode(1, CodeKind.BOLD),))

    (found,) = Unchanged().find(Pair(source, "De minister opent {1}morgen{/1} het gebouw.", "nl", "fr"))

    assert Span(0, len("De minister opent {1}morgen{/1} het gebouw.")) == found.target_span


@pytest.mark.parametrize(
    "text",
    [
        "Philips Nederland",
        "Annelies Verlinden, minister van Binnenlandse Zaken",
        "https://example.be/een/lang/pad/naar/nergens",
        "pers.dienst@example.be",
        "Tour de France",
        "Museum aan de Stroom",
        "Camera obscura",
        "EU, VN, NAVO",
        "3,5 %",
        "12.500",
        "",
    ],
)
def test_names_and_addresses_may_stay(text: str) -> None:
    assert [] == findings(text, text)


def test_a_translation_is_no_copy() -> None:
    assert [] == findings("De minister opent het gebouw.", "Le ministre inaugure le bâtiment.")


def test_an_edition_in_the_same_language_may_be_equal() -> None:
    text = "De minister opent morgen het gebouw."

    assert [] == findings(text, text, "nl-BE")
