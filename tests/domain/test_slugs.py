from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.slugs import MAX_SLUG_CHARACTERS, slug_of


@pytest.mark.parametrize(
    "title, expected",
    [
        ("Nieuwe brug over de Leie opent in mei", "nieuwe-brug-over-de-leie-opent-in-mei"),
        ("  Één vraag: hoeveel?  ", "een-vraag-hoeveel"),
        ("Größere Straße", "grossere-strasse"),
        ("L’œuvre d’un cœur", "l-oeuvre-d-un-coeur"),
        ("25 % minder afval — in 2026", "25-minder-afval-in-2026"),
        ("../../etc/passwd", "etc-passwd"),
        ("Œuvre et Ærø", "oeuvre-et-aero"),
        ("日本語", "release"),
        ("", "release"),
    ],
)
def test_a_title_becomes_words_with_hyphens(title: str, expected: str) -> None:
    assert expected == slug_of(title)


def test_a_long_title_ends_at_a_word() -> None:
    slug = slug_of("gemeenteraad " * 20)

    assert slug.endswith("-gemeenteraad")
    assert len(slug) <= MAX_SLUG_CHARACTERS


def test_one_endless_word_is_cut() -> None:
    assert "a" * MAX_SLUG_CHARACTERS == slug_of("a" * 500)


@given(st.text(max_size=300))
def test_any_title_gives_an_address(title: str) -> None:
    slug = slug_of(title)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= MAX_SLUG_CHARACTERS
    assert slug == slug_of(slug)
