from __future__ import annotations

from decimal import Decimal

import pytest

from service.domain.numerals import read_number, write_number


@pytest.mark.parametrize(
    "figures, locale, value",
    [
        ("12.500", "nl", "12500"),
        ("1.234,5", "nl-BE", "1234.5"),
        ("1\u00a0000,5", "fr", "1000.5"),
        ("1\u202f000\u202f000", "fr", "1000000"),
        ("1 000", "fr", "1000"),
        ("1.234.567", "de", "1234567"),
        ("1\u00a0234,5", "de", "1234.5"),
        ("1,234.5", "en", "1234.5"),
        ("2026", "en", "2026"),
        ("007", "nl", "7"),
        ("0,5", "de", "0.5"),
        ("1,5", "es", None),
        ("1,5", "en", None),
        ("1.5", "nl", None),
        ("12.500", "fr", None),
        ("1.00", "de", None),
        ("0.500", "nl", None),
        ("1.000\u00a0000", "nl", None),
        ("1.2.3", "nl", None),
        ("1,", "nl", None),
        ("", "nl", None),
        ("\u0663", "nl", None),
        ("9" * 41, "nl", None),
    ],
)
def test_figures_are_read_as_their_language_writes_them(figures: str, locale: str, value: str | None) -> None:
    assert (Decimal(value) if value else None) == read_number(figures, locale)


@pytest.mark.parametrize(
    "value, locale, figures",
    [
        ("1234.5", "nl", "1.234,5"),
        ("1234.5", "fr", "1\u00a0234,5"),
        ("1234.5", "de", "1\u00a0234,5"),
        ("1234.5", "en", "1,234.5"),
        ("1234567", "en-GB", "1,234,567"),
        ("-0.25", "fr", "-0,25"),
        ("12", "xx", "12"),
        ("1E+6", "nl", "1.000.000"),
    ],
)
def test_a_number_is_written_as_the_language_writes_it(value: str, locale: str, figures: str) -> None:
    assert figures == write_number(Decimal(value), locale)


@pytest.mark.parametrize("locale", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize("value", ["0", "0.5", "999", "1000", "12500.25", "1234567890"])
def test_what_is_written_is_read_back(value: str, locale: str) -> None:
    written = write_number(Decimal(value), locale)

    assert Decimal(value) == read_number(written, locale)
