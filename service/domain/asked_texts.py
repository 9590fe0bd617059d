"""A text that somebody looks up, as they write it: with markers, but without the table of the codes that they name.

What a marker stands for cannot be told from it, so that there are several ways to read such a text. Which of them is
meant, the memory tells: it has one of them, or something like it.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

from service.domain.characters import clean
from service.domain.inline import codes_written
from service.domain.text import CodedText, CodeKind

MOST_WAYS = 256  # of four pairs, each of which is one of three things or mere braces
_PAIRS = (CodeKind.BOLD, CodeKind.ITALIC, CodeKind.LINK)
_ALONE = (CodeKind.BREAK,)


def ways_to_read(text: str) -> tuple[CodedText, ...]:
    """Return the ways in which a text may be meant: first with all its markers as codes, last with none of them.

    Markers that do not stand well are braces in every way. Where there would be very many, only those are returned in
    which all pairs are the same; for the others there is `read_like`.
    """
    text = clean(text)
    codes = codes_written(text)
    kinds = [_ALONE if code.kind is CodeKind.BREAK else _PAIRS for code in codes]
    ways: list[tuple[CodeKind | None, ...]]
    if math.prod(len(each) + 1 for each in kinds) <= MOST_WAYS:
        ways = list(product(*((*each, None) for each in kinds)))
    else:
        ways = [tuple(each[place % len(each)] for each in kinds) for place in range(len(_PAIRS))]
        ways.append((None,) * len(codes))
    return tuple(
        CodedText(text, tuple(replace(code, kind=kind) for code, kind in zip(codes, way, strict=True) if kind))
        for way in ways
    )


def read_like(asked: CodedText, other: CodedText) -> CodedText:
    """Return a text with its pairs read as what they are in another that is like it, by their numbers."""
    kinds = {code.id: code.kind for code in other.codes if code.kind in _PAIRS}
    codes = (replace(code, kind=kinds.get(code.id, code.kind)) if code.kind in _PAIRS else code for code in asked.codes)
    return CodedText(asked.text, tuple(codes))
