from __future__ import annotations

from time import process_time

import pytest

from service.domain.checks.base import Pair, Severity, Span
from service.domain.checks.unchanged import Unchanged
from service.domain.text import CodedText, CodeKind, InlineCode
from tests.domain.checks.rows import in_each


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


# Translations with a piece of the source in them, between bars.
HALF = [
    (
        "De minister opent morgen het gebouw in de haven.",
        "La ministre |opent morgen het gebouw in de haven|.",
        "Die Ministerin |opent morgen het gebouw in de haven|.",
        "The |minister opent morgen het gebouw in de haven|.",
    ),
    (
        "Wie vragen heeft, kan bellen met het loket.",
        "Pour toute question, |kan bellen met het loket|.",
        "Bei Fragen |kan bellen met het loket|.",
        "If you have questions, |kan bellen met het loket|.",
    ),
    (
        "Het plan is klaar en wordt morgen aan de raad voorgesteld.",
        "Le plan est prêt |en wordt morgen aan de raad voorgesteld|.",
        "Der Plan ist fertig |en wordt morgen aan de raad voorgesteld|.",
        "The plan is ready |en wordt morgen aan de raad voorgesteld|.",
    ),
    (
        "Zij krijgen een brief van de gemeente.",
        "|Zij krijgen een brief van de| commune.",
        "|Zij krijgen een brief van de| Stadt.",
        "|Zij krijgen een brief van de| town.",
    ),
    (
        "Dat is niet meer dan een begin, zegt hij.",
        "|Dat is niet meer dan een begin|, dit-il.",
        "|Dat is niet meer dan een begin|, sagt er.",
        "|Dat is niet meer dan een begin|, he says.",
    ),
    (
        "Op de markt werd het plan dat zij maakte besproken.",
        "Sur la place |werd het plan dat zij maakte| examiné.",
        "Dort |werd het plan dat zij maakte| besprochen.",
        "There |werd het plan dat zij maakte| discussed.",
    ),
    (
        "Dit jaar zijn er meer mensen aan het werk.",
        "Cette année, |zijn er meer mensen aan het werk|.",
        "In diesem Jahr |zijn er meer mensen aan het werk|.",
        "This year |zijn er meer mensen aan het werk|.",
    ),
    (
        "Zo kunnen wij u beter helpen.",
        "Ainsi, |kunnen wij u beter helpen|.",
        "So |kunnen wij u beter helpen|.",
        "So |kunnen wij u beter helpen|.",
    ),
    (
        "De bus komt niet voor acht uur aan.",
        "Le |bus komt niet voor acht uur aan|.",
        "Der |Bus komt niet voor acht uur aan|.",
        "The |bus komt niet voor acht uur aan|.",
    ),
    (
        "Ook zij die het weten, zwijgen.",
        "Même |zij die het weten| se taisent.",
        "Auch |zij die het weten|, schweigen.",
        "Even |zij die het weten| keep silent.",
    ),
]


@pytest.mark.parametrize("locale, source, marked", in_each(HALF))
def test_a_piece_of_the_source_is_an_error_where_it_stands(locale: str, source: str, marked: str) -> None:
    start, end = marked.index("|"), marked.rindex("|") - 1

    (found,) = Unchanged().find(Pair(CodedText(source), marked.replace("|", ""), "nl", locale))

    assert "A part of the source was left untranslated." == str(found)
    assert Span(start, end) == found.target_span
    assert found.source_span is not None
    assert marked.replace("|", "")[start:end].lower() == source[slice(*found.source_span)].lower()


SENTENCES = {
    "nl": ["De minister heeft het plan in de haven voorgesteld.", "Dat is niet wat zij wilden.", "Het is aan u."],
    "fr": [
        "Le ministre a présenté le plan dans le port.", "Ce n’est pas ce qu’ils voulaient.", "C’est à vous de voir.",
        "Les écoles de la ville seront fermées.",
    ],
    "de": [
        "Der Minister hat den Plan im Hafen vorgestellt.", "Das ist nicht, was sie wollten.",
        "Es liegt jetzt an Ihnen, ob wir gehen.",
        "Die Schulen werden nicht mehr geöffnet.",
    ],
    "en": [
        "The minister presented the plan at the port.", "That is not what they wanted.", "It is up to you.",
        "The schools will be closed.",
    ],
}  # fmt: skip
OTHER_SOURCE = "Wij lichten morgen alles toe."


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
@pytest.mark.parametrize("tongue, sentence", [(tongue, text) for tongue, texts in SENTENCES.items() for text in texts])
def test_a_sentence_of_another_language_is_an_error(locale: str, tongue: str, sentence: str) -> None:
    wrong = list(Unchanged().find(Pair(CodedText(OTHER_SOURCE), sentence, "nl", locale)))

    assert ([] if tongue == locale else ["untranslated"]) == [found.code for found in wrong]


def test_the_sentence_names_the_language() -> None:
    (found,) = Unchanged().find(Pair(CodedText(OTHER_SOURCE), "That is not what they wanted.", "nl", "fr"))

    assert "The translation is in English." == str(found)
    assert Span(0, len("That is not what they wanted.")) == found.target_span


@pytest.mark.parametrize(
    "source, target",
    [
        ("It is up to all of you.", "It is up to all of you."),
        ("Zij zong “It is up to you and me” op het plein.", "Elle a chanté «\u00a0It is up to you and me\u00a0»."),
        ("Het boek Dit is niet mijn huis", "Le livre « Dit is niet mijn huis »"),
        ("Museum aan de Stroom in Antwerpen", "le Museum aan de Stroom d’Anvers"),
        ("Vereniging van Vlaamse Steden en Gemeenten", "Vereniging van Vlaamse Steden en Gemeenten (VVSG)"),
        ("De Standaard, De Morgen en De Tijd", "De Standaard, De Morgen et De Tijd"),
        ("Zie www.example.be/dat-is-niet-wat-zij", "Voir www.example.be/dat-is-niet-wat-zij"),
        ("Save the Children of the World", "Save the Children of the World"),
        ("in situ, de facto en ad hoc", "in situ, de facto et ad hoc"),
        ("Le Soir, La Libre en L’Écho", "Le Soir, La Libre et L’Écho"),
    ],
)
def test_what_is_quoted_or_named_may_stay(source: str, target: str) -> None:
    assert [] == findings(source, target)


def test_a_language_without_a_list_is_only_held_to_be_no_copy() -> None:
    assert [] == findings("De minister opent het.", "Minister otwiera to.", "pl")
    assert findings("De minister opent het nu.", "De minister opent het nu.", "pl")


@pytest.mark.parametrize("part", ["van de ", "in ", "dat is niet wat ", "“dat is", "https://a "])
def test_hostile_texts_take_time_in_proportion_to_their_length(part: str) -> None:
    text = part * (20_000 // len(part))
    began = process_time()

    findings(text + "x", text + "y")

    assert process_time() - began < 2  # a square law would need minutes
