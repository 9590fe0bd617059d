from __future__ import annotations

import subprocess
import sys

import pytest

from service.formats.language import looks_like

TEXTS = {
    "nl": "De meerderheid keurde de begroting donderdagavond goed, ondanks alle kritiek.",
    "fr": "La majorité a approuvé le budget jeudi soir, malgré toutes les critiques.",
    "de": "Die Mehrheit genehmigte den Haushalt am Donnerstagabend trotz aller Kritik.",
    "en": "The majority approved the budget on Thursday evening, despite all the criticism.",
}


@pytest.mark.parametrize("locale", TEXTS)
def test_each_language_of_the_desk_is_known(locale: str) -> None:
    assert (True, locale) == looks_like(TEXTS[locale], locale)


@pytest.mark.parametrize("locale", ["fr", "de", "en"])
def test_another_language_is_named(locale: str) -> None:
    assert (False, locale) == looks_like(TEXTS[locale], "nl")


@pytest.mark.parametrize("text", ["", "La majorité a voté", "12 345 678 910 11 12 13 14 15 16 17 18 19 20 21 22 23 24"])
def test_a_text_of_few_letters_is_what_was_expected(text: str) -> None:
    assert (True, "nl") == looks_like(text, "nl")


def test_a_locale_of_a_country_is_its_language() -> None:
    assert (True, "nl") == looks_like(TEXTS["nl"], "nl-BE")


def test_a_language_without_a_model_is_never_doubted() -> None:
    assert (True, "gsw") == looks_like(TEXTS["nl"], "gsw")


def test_the_library_is_loaded_only_when_a_text_is_read() -> None:
    program = "import sys, service.formats; print([name for name in sys.modules if 'langid' in name])"

    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert "[]" == loaded.strip()
