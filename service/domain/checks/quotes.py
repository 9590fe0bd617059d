"""The checks of quotation marks: that they are the language's own, and that no quotation was lost or added.

Which marks belong together, and what each language has, is told in `domain.quotations`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.checks.base import Finding, Pair, Severity, Span
from service.domain.checks.edits import MOST_PLACES, Edit, mended
from service.domain.errors import N_
from service.domain.locales import language_of
from service.domain.quotations import INNER, OUTER, Quotation, count_quotations, fits, quotations_of

_NO_BREAK = "\u00a0"
_NO_BREAKS = "\u00a0\u202f"
_SPACES = " \t\u00a0\u202f\u2009"
_LEAST_DIFFERENCE = 1  # half a quotation is a mark that was left open, on either side


@dataclass(frozen=True, slots=True)
class QuotesStyle:
    """Quotations stand in the marks of the language: « » in French, „ “ in German, “ ” in English.

    Marks of another language are a warning. Straight ones are information: English has them in most texts, and official
    French and German in many. Nothing is judged, and nothing mended, where a mark stands alone, for then the segment
    is part of a longer quotation, and of which depth nobody can tell. Single marks may be apostrophes and are left
    alone.
    """

    code: str = "quotes_style"
    severity: Severity = Severity.WARNING

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield a finding for each quotation with those inside it, or one for many."""
        if language_of(pair.target_locale) not in OUTER:
            return
        text = pair.target_blanked
        found = quotations_of(text, pair.target_addresses)
        wrong = [one for one in found.pairs if not fits(one, pair.target_locale)]
        if not found.alone:
            yield from (self._certain(pair, group) for group in _groups(wrong))
            return
        straight = [at for at in found.alone if text[at] == '"' and not text[at - 1 : at].isdigit()]
        straight += [one.opening for one in wrong if one.is_straight]
        if straight:
            yield self._uncertain(pair, min(straight))

    def _certain(self, pair: Pair, wrong: Sequence[Quotation]) -> Finding:
        tongue = language_of(pair.target_locale)
        edits = sorted(edit for one in wrong for edit in _edits(pair.target_blanked, one, tongue))
        span, fix = mended(pair.target, edits)
        foreign = [one for one in wrong if not one.is_straight]
        first = (foreign or wrong)[0]
        template = N_("Quotations stand in %(wanted)s in this language, not in %(marks)s.")
        facts = {"wanted": " ".join(_marks(first, tongue)), "marks": " ".join(first.marks)}
        severity = self.severity if foreign else Severity.INFO
        return Finding(self.code, severity, template, facts, target_span=span, fix=fix)

    def _uncertain(self, pair: Pair, place: int) -> Finding:
        template = N_("Quotations stand in %(wanted)s in this language, not in straight marks.")
        facts = {"wanted": " ".join(OUTER[language_of(pair.target_locale)])}
        return Finding(self.code, Severity.INFO, template, facts, target_span=Span(place, place + 1))


def _groups(wrong: Sequence[Quotation]) -> list[list[Quotation]]:
    """Return quotations with those that stand inside them; the last group has all that are too many to be told."""
    groups: list[list[Quotation]] = []
    for one in wrong:
        if groups and (one.opening < groups[-1][0].closing or len(groups) == MOST_PLACES):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _marks(quotation: Quotation, tongue: str) -> tuple[str, str]:
    return (INNER if quotation.depth % 2 else OUTER)[tongue]


def _edits(text: str, quotation: Quotation, tongue: str) -> tuple[Edit, Edit]:
    """Return what gives a quotation the marks of the language, with the spaces that go with them."""
    opening, closing = _marks(quotation, tongue)
    first, last = quotation.opening, quotation.closing
    behind, before = text[first + 1 : first + 2], text[last - 1 : last]
    if opening == "«":
        return (
            Edit(first, first + 1 + _is(behind, " "), opening + ("" if _is(behind, _NO_BREAKS) else _NO_BREAK)),
            Edit(last - _is(before, " "), last + 1, ("" if _is(before, _NO_BREAKS) else _NO_BREAK) + closing),
        )
    if last - first <= len("  "):  # nothing stands between them but one character
        return Edit(first, first + 1, opening), Edit(last, last + 1, closing)
    return (
        Edit(first, first + 1 + _is(behind, _SPACES), opening),
        Edit(last - _is(before, _SPACES), last + 1, closing),
    )


def _is(character: str, characters: str) -> bool:
    return character != "" and character in characters


@dataclass(frozen=True, slots=True)
class QuotesLost:
    """A version has as many quotations as its source, counted over the whole of it, for they span segments."""

    code: str = "quotes_lost"
    severity: Severity = Severity.INFO

    def find(self, pairs: Sequence[Pair]) -> Iterator[tuple[int, Finding]]:
        """Yield one finding, at the first segment where the two sides differ in the direction of the whole."""
        counted = [
            (place, count_quotations(pair.source_blanked), count_quotations(pair.target_blanked))
            for place, pair in enumerate(pairs)
            if pair.target_plain.strip()
        ]
        source, target = sum(one for _, one, _ in counted), sum(other for _, _, other in counted)
        if abs(source - target) < _LEAST_DIFFERENCE:
            return
        lost = source > target
        place = next(place for place, one, other in counted if (one > other if lost else other > one))
        template = (
            N_("Quotations were lost: the source has %(source)d, this version %(target)d.")
            if lost
            else N_("Quotations were added: the source has %(source)d, this version %(target)d.")
        )
        yield place, Finding(self.code, self.severity, template, {"source": round(source), "target": round(target)})
