"""Whether two sources state the same: every number, date, hour and address, in the order in which they stand.

Most that are alike differ in other words; reading what they state would take longer than finding them, and is done
only where a word or a mark differs that a statement may be made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from service.domain.addresses import addresses_of
from service.domain.facts.signs import Sign, sign_before
from service.domain.facts.statements import Statement, statements_of
from service.domain.locales import language_of
from service.domain.matching.differing import fact_words
from service.domain.matching.tokens import Kind, Token, as_compared, tokens_of
from service.domain.numeral_words import CLOCK_WORDS, DOUBTFUL, MAGNITUDES, joined_words
from service.domain.numerals import Weight
from service.domain.term_pieces import without_markers
from service.domain.text import CodedText

_MARKS = frozenset("-\u2212\u2013+%‰°€$£¥")
_UNITS = (
    "procent percent procentpunt procentpunten pour prozent prozentpunkt prozentpunkte per cent euro euros eur dollar"
    " dollars usd pond pounds pound livres livre gbp frank franken francs chf yen yens jpy sterling"
)


def state_the_same(one: CodedText, other: CodedText, locale: str) -> bool:
    """Tell whether two sources of a language state the same; figures have to be written the same."""
    here, there = (_stating(tokens_of(each), _stating_words(language_of(locale))) for each in (one, other))
    if here == there:
        return True
    if _figures(here) != _figures(there):
        return False
    return _stated(one, locale) == _stated(other, locale)


def _stating(tokens: Iterable[Token], words: frozenset[str]) -> list[str]:
    """Return what a statement may be made of; a word with a figure in it (E40, 12bis, m²) is one."""
    return [
        key
        for kind, _, key, _ in tokens
        if kind in (Kind.NUMBER, Kind.ADDRESS)
        or (key in words or not key.isalpha() if kind is Kind.WORD else key in _MARKS)
    ]


def _figures(stating: Iterable[str]) -> list[str]:
    return sorted(key for key in stating if key[0].isdecimal() or (key.isalnum() and not key.isalpha()))


@lru_cache
def _stating_words(language: str) -> frozenset[str]:
    doubtful = DOUBTFUL.get(language, {}).values()
    others = (MAGNITUDES, CLOCK_WORDS)
    return fact_words(language).union(
        _UNITS.split(), joined_words(language), *doubtful, *(one.get(language, ()) for one in others)
    )


def _stated(coded: CodedText, locale: str) -> tuple[list[object], list[object]]:
    """Return what a source states; “een” and “eerste” may be no numbers."""
    text = as_compared(without_markers(coded)[0])
    said = [
        (one.kind, one.unit, one.levels[1:2], one.days, one.name, _has_sign(one, text))
        for one in statements_of(text, locale)
        if one.weight is not Weight.DOUBTFUL or one.value != 1
    ]
    return list(said), [(address.kind, address.key) for address in addresses_of(text)]


def _has_sign(one: Statement, text: str) -> bool:
    return one.sign is Sign.MINUS or sign_before(text, one.start)[0] is not Sign.NONE
