"""Texts in the form that an engine keeps whole, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.drafting.dressing import dress, undress
from workers.drafting.masking import token
from workers.engines.base import Markup

TEXT = "Jan & [X0X]Zoon[X1X] <zegt>"


@pytest.mark.parametrize(
    "markup, dressed",
    [
        (Markup.TOKENS, TEXT),
        (Markup.XML, 'Jan &amp; <x id="0"/>Zoon<x id="1"/> &lt;zegt&gt;'),
        (
            Markup.HTML,
            'Jan &amp; <span class="notranslate">[X0X]</span>Zoon<span class="notranslate">[X1X]</span> &lt;zegt&gt;',
        ),
    ],
)
def test_each_markup_has_its_own_dress(markup: Markup, dressed: str) -> None:
    assert dressed == dress(TEXT, markup)


@pytest.mark.parametrize(
    "answer, plain",
    [
        ('A<x id="0"></x>B', "A[X0X]B"),
        ('A <x  id = "12" /> B', "A [X12X] B"),
        ("A &lt;b&gt;", "A <b>"),
        ("<b>A</b>", "<b>A</b>"),
    ],
)
def test_an_answer_in_xml_is_read_as_engines_write_it(answer: str, plain: str) -> None:
    assert plain == undress(answer, Markup.XML)


@given(
    parts=st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="[]［］【】"), max_size=8)),
    markup=st.sampled_from(Markup),
)
def test_what_is_dressed_comes_back_as_it_was(parts: list[str], markup: Markup) -> None:
    text = "".join(part + token(number) for number, part in enumerate(parts))

    assert text == undress(dress(text, markup), markup)
