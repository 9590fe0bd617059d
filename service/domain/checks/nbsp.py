"""The check for ordinary spaces at which a line must not break: inside numbers, before units, behind short words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity
from service.domain.checks.edits import Edit, Outside, mended
from service.domain.errors import N_
from service.domain.locales import language_of

NO_BREAK = "\u00a0"
_UNITS = "km²|km/h|km|m²|cm|mm|kg|kWh|MWh|GWh|TWh|MW|GW|ha|°C|°"
# A match is the stretch whose spaces are meant; what stands before and behind makes it certain. A number in groups has
# no name, for the source has to confirm it. French has its % and € in a check of its own.
_THIN = r"(?<![\w.,/+-])(?<![0-9] )([1-9][0-9]{0,2}(?: [0-9]{3}){1,5})(?![\w/-]| [0-9]|[.,][0-9]{3})"
_PATTERNS = {
    "fr": re.compile(
        rf"(?P<unit>(?<=[0-9]) (?=(?:{_UNITS})(?!\w)))"
        r"|(?P<hour>(?<![\w:.,])[0-9]{1,2} h(?: [0-5][0-9])?(?!\w))"
        r"|(?P<short>(?<!\w)(?:n°|art\.|p\.|pp\.|§) (?=[0-9]))"
        r"|(?P<title>(?<!\w)(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr) (?=[A-ZÀ-Ý]))"
        rf"|{_THIN}"
    ),
    "de": re.compile(
        rf"(?P<unit>(?<=[0-9]) (?=(?:%|€|{_UNITS})(?!\w)))"
        r"|(?P<short>(?<!\w)(?:Nr\.|S\.|Art\.|Abs\.|§|§§) (?=[0-9]))"
        r"|(?P<letters>(?<!\w)(?:z\. B\.|d\. h\.|u\. a\.|i\. d\. R\.|o\. Ä\.))"
        r"|(?P<title>(?<!\w)(?:Dr\.|Prof\.) (?=[A-ZÄÖÜ]))"
        rf"|{_THIN}"
    ),
    "en": re.compile(rf"(?P<unit>(?<=[0-9]) (?=(?:{_UNITS})(?!\w)))" r"|(?P<short>(?<!\w)(?:No\.|pp?\.|§) (?=[0-9]))"),
}
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.\u00a0\u202f\u2009 ,'][0-9]{3}){1,5}(?![0-9])|[0-9]{4,18}+")
_NOT_DIGITS = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class NoBreakSpace:
    """No line breaks inside a number, before its unit, or between a short word and what it belongs to.

    Groups of digits are one number only if the source has that number. It is information, and all places of a segment
    are told and mended at once.
    """

    code: str = "no_break_space"
    severity: Severity = Severity.INFO

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield at most one finding, over all places of the segment."""
        pattern = _PATTERNS.get(language_of(pair.target_locale))
        edits = list(_edits(pair, pattern)) if pattern and " " in pair.target else []
        if not edits:
            return
        span, fix = mended(pair.target, edits)
        template = N_("No line should break here: a no-break space belongs in place of an ordinary one.")
        yield Finding(self.code, self.severity, template, target_span=span, fix=fix)


def _edits(pair: Pair, pattern: re.Pattern[str]) -> Iterator[Edit]:
    """Yield an edit for each ordinary space in such a place, outside addresses."""
    text, outside = pair.target_blanked, Outside(pair.target_addresses)
    numbers: set[str] | None = None
    for found in pattern.finditer(text):
        if not outside.has(found.start()):
            continue
        if found.lastgroup is None:
            if numbers is None:
                numbers = {_NOT_DIGITS.sub("", one[0]) for one in _GROUPED.finditer(pair.source_blanked)}
            if found[0].replace(" ", "") not in numbers:
                continue
        for at in range(found.start(), found.end()):
            if text[at] == " ":
                yield Edit(at, at + 1, NO_BREAK)
