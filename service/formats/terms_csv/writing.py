"""A term list as CSV: a line for each row of terms in one status, and what is said of the concept on the first."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest

from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.terms import TermStatus
from service.formats.terms_csv.columns import DETAILS, FLAGS, TEXTS, kept_from_sheets, written_detail

EVERY = frozenset(DETAILS)


def write_terms(
    concepts: Iterable[tuple[str, ConceptDraft]],
    locales: Sequence[str],
    *,
    details: Collection[tuple[str, str]] | None = None,
) -> Iterator[str]:
    """Yield the lines of a list that `read_terms` reads back; each concept comes with its name.

    `details` are the columns about single terms, as (locale, detail), for lists in which few are filled; None for all.
    """
    shown = {
        locale: [detail for detail in DETAILS if details is None or (locale, detail) in details] for locale in locales
    }
    names = (name for locale in locales for name in (locale, *(f"{locale}_{detail}" for detail in shown[locale])))
    yield _line(["concept", *names, "status", *FLAGS, *TEXTS, "authority_date"])
    for name, concept in concepts:
        facts = [
            *("yes" if getattr(concept, flag) else "no" for flag in FLAGS),
            *(getattr(concept, text) for text in TEXTS),
            concept.authority_date.isoformat() if concept.authority_date else "",
        ]
        for status in TermStatus:
            by_locale = (
                [term for term in concept.terms if (term.locale, term.status) == (locale, status)] for locale in locales
            )
            for terms in zip_longest(*by_locale):
                pairs = zip(locales, terms, strict=True)
                cells = [cell for locale, term in pairs for cell in _cells(term, shown[locale])]
                yield _line([name, *cells, status.value, *facts])
                facts = [""] * len(facts)


def _cells(term: TermDraft | None, details: Sequence[str]) -> list[str]:
    if term is None:
        return [""] * (1 + len(details))
    return [term.text, *(written_detail(detail, term) for detail in details)]


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(map(kept_from_sheets, cells))
    return written.getvalue()
