from __future__ import annotations

import pytest

from service.domain.errors import Invalid
from service.domain.locales import locale_name, parse_locale


@pytest.mark.parametrize(
    "written, expected",
    [
        ("fr", "fr"),
        (" FR ", "fr"),
        ("nl_be", "nl-BE"),
        ("NL-be", "nl-BE"),
        ("zh-hant", "zh-Hant"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("nds", "nds"),
    ],
)
def test_a_tag_is_read_in_its_canonical_case(written: str, expected: str) -> None:
    assert expected == parse_locale(written)


@pytest.mark.parametrize(
    "written", ["", "f", "french", "fr-", "fr--BE", "../fr", "fr/be", "fr-BE-x", "ｆｒ", "*", "fr\nde"]
)
def test_what_is_no_tag_is_refused(written: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_locale(written)

    assert "bad_locale" == refusal.value.code


@pytest.mark.parametrize("tag, name", [("nl", "Nederlands"), ("fr-BE", "Français"), ("de", "Deutsch"), ("pl", "pl")])
def test_a_language_is_called_by_its_own_name(tag: str, name: str) -> None:
    assert name == locale_name(tag)
