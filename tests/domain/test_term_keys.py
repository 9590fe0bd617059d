from __future__ import annotations

import pytest

from service.domain.term_keys import cased_keys, word_keys

FORMS = """
lidstaat lidstaten, raad raden, wet wetten, maatregel maatregelen, maatregel maatregels, besluit besluiten,
minister ministers, burgemeester burgemeesters, gemeente gemeenten, gemeente gemeentes, stad steden, lid leden,
raadslid raadsleden, museum musea, schip schepen, dag dagen, snelweg snelwegen, verdrag verdragen, hof hoven,
brief brieven, prijs prijzen, ziekenhuis ziekenhuizen, school scholen, boom bomen, bom bommen, zoon zonen,
mogelijkheid mogelijkheden, overheid overheden, regering regeringen, begroting begrotingen, richtlijn richtlijnen,
brug bruggen, ambtenaar ambtenaren, leraar leraren, leraar leraars, kind kinderen, goed goederen,
industrie industrieën, categorie categorieën, idee ideeën, bacterie bacteriën, regio regio's, collega collega’s,
café cafés, film films, club clubs, directeur directeuren, professor professoren, secretaris secretarissen,
bedrijf bedrijven, bewijs bewijzen, fabriek fabrieken, probleem problemen, programma programma's, haven havens,
vergadering vergaderingen, belasting belastingen, monnik monniken, netwerk netwerken, politicus politici,
periode periodes, fase fasen, procedure procedures, kans kansen, zaak zaken, proef proeven, golf golven,
federaal federale, sociaal sociale, Europees Europese, hoog hoge, groot grote, nieuw nieuwe, rood rode, lief lieve,
wijs wijze, dik dikke, openbaar openbare, officieel officiële, wettelijk wettelijke, digitaal digitale,
Vlaams Vlaamse, economisch economische, publiek publieke, vrij vrije, fiscaal fiscale, duurzaam duurzame,
versterken versterkt, versterken versterkte, versterken versterkten, goedkeuren goedgekeurd,
goedkeuren goedgekeurde, ondertekenen ondertekent, ondertekenen ondertekende, bepalen bepaalt, bepalen bepaald,
leven leefde, reizen reist, werken gewerkt, starten gestart, zetten zette, aanpassen aangepast, besteden besteed,
investeren geïnvesteerd, uitvoeren uitgevoerd, leiden leidde, organiseren organiseerden, beloven belooft,
staatssecretaris staatssecretarissen, kazerne kazernes, subsidie subsidies, kwaliteit kwaliteiten, ei eieren,
besluiten besloot, verbieden verboden, schrijven schreef, koning koninklijke, gaan ging, boek boekje
"""
STRANGERS = """
man maan, bom boom, tak taak, rat raad, wet weten, kans kan, mens men, hals hal, gans gan, markt mark, kant kan,
lijst lijs, pen peen, bal baal, zon zoon, dienst dien, rust rus, kast kas, plaats plaat, orde oord, weg week,
bot boot, staf staaf, rede reden, gerecht rechten, geluid luiden, haven haar, beleid leiden, gemeente mening
"""


def pairs(listed: str) -> list[tuple[str, str]]:
    found = [pair.split() for pair in listed.replace("\n", " ").strip().rstrip(",").split(",")]
    return [(one, other) for one, other in found]


def share_a_key(one: str, other: str) -> bool:
    return bool(word_keys(one, "nl") & word_keys(other, "nl"))


def test_nine_of_ten_dutch_forms_are_known_and_few_strangers_are_taken_for_one() -> None:
    forms, strangers = pairs(FORMS), pairs(STRANGERS)

    known = sum(share_a_key(*pair) for pair in forms)
    mistaken = [pair for pair in strangers if share_a_key(*pair)]

    assert len(forms) >= 100
    assert known >= 0.9 * len(forms)
    assert len(mistaken) <= 2


@pytest.mark.parametrize(
    "one, other",
    [("criterium", "criteria"), ("quotum", "quota"), ("crisis", "crises"), ("kabinetscrisis", "kabinetscrises"),
     ("referendum", "referenda"), ("drug", "drugs"), ("fan", "fans"), ("datahub", "datahubs")],
)  # fmt: skip
def test_plurals_of_the_press_that_no_rule_finds_are_listed(one: str, other: str) -> None:
    assert share_a_key(one, other)
    assert not share_a_key(one, "oord")


def test_a_form_shares_a_key_whichever_of_the_two_is_the_term() -> None:
    assert {share_a_key(*pair) == share_a_key(*reversed(pair)) for pair in pairs(FORMS)} == {True}


def test_the_case_of_an_acronym_counts_and_its_plural_is_known() -> None:
    keys = [bool(cased_keys("FOD", "nl") & cased_keys(other, "nl")) for other in ("FOD", "FOD's", "fod", "Fod", "FODA")]

    assert [True, True, False, False, False] == keys


def test_a_name_has_no_plural_in_s() -> None:
    keys = [bool(cased_keys("Brussel", "nl") & cased_keys(other, "nl")) for other in ("Brussel", "Brussels", "brussel")]

    assert [True, False, False] == keys


def test_a_decomposed_letter_and_a_soft_hyphen_make_no_difference() -> None:
    assert word_keys("cafe\u0301", "nl") == word_keys("ca\u00adf\u00e9", "nl")


@pytest.mark.parametrize("word", ["'s", "\u2019s", "\u00ad", ""])
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_no_key_is_empty(word: str, language: str) -> None:
    assert {""}.isdisjoint(key.strip("=+") for keys in (word_keys, cased_keys) for key in keys(word, language))


def test_other_languages_know_their_regular_endings() -> None:
    found = [
        bool(word_keys(one, language) & word_keys(other, language))
        for one, other, language in (
            ("country", "countries", "en"),
            ("measure", "measures", "en"),
            ("accord", "accords", "fr"),
            ("journal", "journaux", "fr"),
            ("Land", "Länder", "de"),
            ("Vertrag", "Verträge", "de"),
            ("Wasser", "Waage", "de"),
        )
    ]

    assert [True, True, True, True, True, True, False] == found
