"""The catalogs: every sentence of the code stands in nl, fr and de, whole, and nothing else does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from service.web.language import CATALOGS

ROOT = Path(__file__).parents[2]
LANGUAGES = ("nl", "fr", "de")
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
}
PLACE = re.compile(r"%\((\w+)\)[sd]|%%")


@cache
def sentences_in_the_code() -> frozenset[str | tuple[str, ...]]:
    methods = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
    found = extract_from_dir(ROOT / "service", method_map=methods, keywords=KEYWORDS)
    return frozenset(message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found)


def messages(language: str) -> list[Message]:
    with (CATALOGS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_every_sentence_and_no_other(language: str) -> None:
    names = {message.id if isinstance(message.id, str) else tuple(message.id) for message in messages(language)}

    expected = sentences_in_the_code()
    assert expected - names == set(), "run bin/messages and translate what is new"
    assert names - expected == set(), "run bin/messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    forms = {m.id: m.string if isinstance(m.string, tuple) else (m.string,) for m in messages(language)}

    open_ones = [name for name, strings in forms.items() if not all(strings)]
    unsure = [message.id for message in messages(language) if message.fuzzy]

    assert (open_ones, unsure) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_sentence(language: str) -> None:
    differing = []
    for message in messages(language):
        names = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        expected = set(PLACE.findall(names[-1]))
        differing += [string for string in strings if not set(PLACE.findall(string)) <= expected]
        differing += [string for string in strings[-1:] if set(PLACE.findall(string)) != expected]

    assert differing == []
