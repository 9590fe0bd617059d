"""Names and acronyms in a text, and where a translation has them: only those that stay what they are.

A name is two capitalised words or more, so that the first word of a sentence is none; an acronym may have another form
in another language. What a name is called elsewhere nobody can tell from the text: one that is not found again may be
translated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_SPACE = "[ \u00a0\u202f]"
_PARTICLE = "(?:de|den|der|het|van|von|du|des|la|le|ten|ter|te|el|al|zu|zur|d['\u2019])"
_WORD = r"(?![A-Z]{2,8}(?!\w))[^\W\d_a-zß-öø-ÿ][\w'\u2019-]{0,40}"
_RUN = re.compile(rf"(?<![\w-]){_WORD}(?:{_SPACE}(?:{_PARTICLE}{_SPACE}?){{0,3}}{_WORD}){{1,8}}")
_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{2,8}(?![\w])")
_WORDS = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[IVXLC]+")
# Words that a sentence begins with before a name.
_OPENERS = {
    "nl": r"de|het|een|in|op|voor|na|van|met|bij|tot|om|uit|aan|dit|deze|die|dat|hoewel|toen|als",
    "fr": r"le|la|les|un|une|des|du|au|ce|cet|cette|en|dans|pour|sur|par|avec|à",
    "de": r"der|die|das|den|dem|ein|eine|im|am|in|für|auf|mit|bei|von|nach|zum|zur",
    "en": r"the|a|an|in|on|at|for|from|with|this|that|these|by|as|when",
}
_OPENER = re.compile(rf"(?:(?:{'|'.join(_OPENERS.values())}){_SPACE})+", re.IGNORECASE)
# The acronyms that each language has of its own: Dutch, French, German, English.
_FORMS = (
    (("EU",), ("UE",), ("EU",), ("EU",)),
    (("AI",), ("IA",), ("KI",), ("AI",)),
    (("NAVO",), ("OTAN",), ("NATO",), ("NATO",)),
    (("VN",), ("ONU",), ("UN", "UNO", "VN"), ("UN",)),
    (("BTW",), ("TVA",), ("MWST",), ("VAT",)),
    (("JBZ",), ("JAI",), ("JI",), ("JHA",)),
    (("VS",), ("USA",), ("USA",), ("US", "USA")),
    (("FOD",), ("SPF",), ("FÖD",), ("FPS",)),
)
_COLUMNS = {"nl": 0, "fr": 1, "de": 2, "en": 3}
_LONG = 8  # letters from which two may differ
_SHORTEST_NEAR = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A name or an acronym in a text."""

    start: int
    end: int
    text: str
    is_acronym: bool

    @property
    def key(self) -> str:
        """The name without accents, capitals and doubled spaces."""
        return " ".join(folded(self.text).split())


def folded(text: str) -> str:
    """Return a text without accents and capitals."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def names_of(text: str) -> tuple[Named, ...]:
    """Return the names and acronyms of a text in its order; none of a text that is all capitals."""
    if text == text.upper():
        return ()
    found = []
    for match in _RUN.finditer(text):
        opener = _OPENER.match(match[0])
        start = match.start() + (opener.end() if opener else 0)
        words = text[start : match.end()].split()
        if len(words) > 1 and words[0][0].isupper():
            found.append(Named(start, match.end(), text[start : match.end()], is_acronym=False))
    inside = {at for name in found for at in range(name.start, name.end)}
    found += [
        Named(match.start(), match.end(), match[0], is_acronym=True)
        for match in _ACRONYM.finditer(text)
        if match.start() not in inside and not _ROMAN.fullmatch(match[0])
    ]
    return tuple(sorted(found, key=lambda name: name.start))


@dataclass(frozen=True, slots=True)
class Found:
    """Where a translation has a name, and whether it is spelled as it should be."""

    start: int
    end: int
    text: str
    exact: bool


class NamesThere:
    """A translation, to look for names in."""

    def __init__(self, text: str, language: str) -> None:
        """Cut the text into words."""
        self._text, self._language = text, language
        self._words = [(match.start(), match.end(), match[0]) for match in _WORDS.finditer(text)]
        self._folded = [folded(word) for _, _, word in self._words]
        self._places: dict[str, int] = {}
        for at, word in enumerate(self._folded):
            self._places.setdefault(word, at)

    def find(self, name: Named, source_language: str) -> Found | None:
        """Return where a name stands, exactly or misspelled; None where it does not, or is translated."""
        if name.is_acronym:
            forms = [folded(form) for form in _forms(name.text, source_language, self._language)]
        else:
            forms = [folded(_WORDS.findall(name.text)[-1])]
        for form in forms:
            if form in self._places:
                return self._whole(name, self._found(self._places[form], exact=True))
        first = None if name.is_acronym else folded(_WORDS.findall(name.text)[0])
        if first is not None and first not in self._places:
            return None  # with no word of the name here, what looks like another one is the name in another language
        near = next((at for at, word in enumerate(self._folded) if self._is_near(at, word, forms, name)), None)
        return None if near is None else self._found(near, exact=False)

    def _is_near(self, at: int, word: str, forms: Sequence[str], name: Named) -> bool:
        written = self._words[at][2]
        alike = written.isupper() if name.is_acronym else written[0].isupper()
        return alike and any(_near(word, form) for form in forms)

    def _whole(self, name: Named, last: Found) -> Found:
        """Return a name that was found by its last word with the rest of it, where that stands before it."""
        start = last.end - len(name.text)
        if start >= 0 and folded(self._text[start : last.end]) == folded(name.text):
            return Found(start, last.end, self._text[start : last.end], exact=True)
        return last

    def _found(self, at: int, *, exact: bool) -> Found:
        start, end, written = self._words[at]
        return Found(start, end, written, exact)


def _forms(acronym: str, here: str, there: str) -> tuple[str, ...]:
    column, other = _COLUMNS.get(here), _COLUMNS.get(there)
    if column is None or other is None:
        return (acronym,)
    return next((row[other] for row in _FORMS if acronym in row[column]), (acronym,))


def _near(one: str, other: str) -> bool:
    """Tell whether two words differ in a letter or two, or in the order of two letters side by side."""
    shorter = min(len(one), len(other))
    most = 2 if shorter >= _LONG else 1
    if shorter < _SHORTEST_NEAR or abs(len(one) - len(other)) > most:
        return False
    earlier: list[int] = []
    before = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for place, against in enumerate(other, 1):
            cost = min(row[-1] + 1, before[place] + 1, before[place - 1] + (letter != against))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == against:
                cost = min(cost, earlier[place - 2] + 1)
            row.append(cost)
        earlier, before = before, row
    return before[-1] <= most
