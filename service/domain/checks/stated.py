"""How the checks of facts tell a difference: one sentence, the two places, and a fix where only the marks are wrong.

What differs is found once for all of them, in `facts.pairing`; each tells its own kind.
"""

from __future__ import annotations

from service.domain.checks.base import Check, Finding, Pair, Span
from service.domain.errors import N_
from service.domain.facts.differences import Difference
from service.domain.facts.statements import Statement
from service.domain.numerals import write_number


def tell(check: Check, pair: Pair, difference: Difference, *, figures_only: bool = False) -> Finding:
    """Return the finding for a statement that differs, is missing or is too many.

    With `figures_only` it points at the figures without what belongs to them. The fix is the source's value as the
    target's language writes it, if nothing but the marks within the figures are wrong.
    """
    one, other = _span(difference.source, figures_only), _span(difference.target, figures_only)
    facts = {}
    if one is not None:
        facts["source"] = pair.source.text[one.start : one.end]
    if other is not None:
        facts["target"] = pair.target[other.start : other.end]
    if one is not None and other is not None:
        template = N_("The source says “%(source)s”, the translation “%(target)s”.")
    elif one is not None:
        template = N_("“%(source)s” is not in the translation.")
    else:
        template = N_("“%(target)s” is not in the source.")
    return Finding(check.code, check.severity, template, facts, one, other, _respelled(pair, difference, other))


def _span(statement: Statement | None, figures_only: bool) -> Span | None:  # noqa: FBT001 - handed on
    if statement is None:
        return None
    if figures_only and statement.numeral is not None:
        return Span(statement.numeral.start, statement.numeral.end)
    return Span(statement.start, statement.end)


def _respelled(pair: Pair, difference: Difference, span: Span | None) -> str | None:
    one = difference.source.numeral if difference.source else None
    other = difference.target.numeral if difference.target else None
    if one is None or other is None or span is None or one.value is None:
        return None
    if one.digits != other.digits or one.value == other.value:
        return None
    written = write_number(one.value, pair.target_locale)
    return pair.target[span.start : other.start] + written + pair.target[other.end : span.end]
