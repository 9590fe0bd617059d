"""Whether a word of a Dutch text is surely another form of a term, and no verb that looks like one.

“Besluiten” is the plural of a term and an infinitive, “wethouders” is a plural whatever stands beside it. The check of
preferred terms tells of nothing that it is not sure of.
"""

from __future__ import annotations

import re

from service.domain.checks.base import BLANK, Pair
from service.domain.locales import language_of
from service.domain.term_keys import has_capital
from service.domain.term_pieces import cut_pieces
from service.domain.term_words import UNLIKE_PLURALS
from service.domain.terms import TermHit

_BEFORE = 40  # characters before a word in which what determines it stands
_INFINITIVE = "en"
_PLURALS = ("s", "ën", *(plural for plural, _ in UNLIKE_PLURALS))
# What stands before a plural. “Met werken”, “die werken” and “het werken” may all be verbs, so those are not here.
_OPENING = """
    de deze alle beide enkele sommige andere veel meer minder weinig geen onze ons hun haar mijn jullie uw diverse zulke
    twee drie vier vijf zes zeven acht negen tien elf twaalf
    in van voor door tussen bij naar onder over tegen sinds tijdens per via volgens ondanks wegens namens binnen buiten
    rond omtrent inzake dankzij behalve
"""
_BEFORE_PLURALS = frozenset(_OPENING.split())
_BEFORE_VERBS = frozenset({"wilde", "hoefde", "durfde", "leerde"})
_SHORTEST_ADJECTIVE = 4
_LAST_WORD = re.compile(rf"(?P<word>[^\W_]+)[ \u00a0\u202f{BLANK}]*\Z")


def is_sure(pair: Pair, hit: TermHit) -> bool:
    """Tell whether a hit is the term as it is written in the term base, or in a form that no verb or name has."""
    if hit.exact:
        return True
    if language_of(pair.source_locale) != "nl":
        return False
    words = [piece.text for piece in cut_pieces(hit.text) if piece.is_word]
    if len(words) > 1:
        return True
    before = pair.source_blanked[max(0, hit.start - _BEFORE) : hit.start]
    word = words[0].lower()
    if has_capital(hit.text) and not has_capital(hit.term.text) and before.strip():
        return False  # a name, as in “Verenigde Staten”
    if not word.endswith(_INFINITIVE):
        return word.endswith(_PLURALS)
    return _is_before_a_plural(before)


def _is_before_a_plural(before: str) -> bool:
    """Tell whether what stands before a word in -en is a determiner, an adjective or a preposition."""
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word = found["word"].lower()
    if word in _BEFORE_PLURALS or word.isdecimal():
        return True
    return len(word) >= _SHORTEST_ADJECTIVE and word.endswith("e") and word not in _BEFORE_VERBS
