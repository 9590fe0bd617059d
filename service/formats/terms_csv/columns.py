"""The columns of a term list, and how the cells of those about one term are written.

A language tag names a column of terms, and so do `definition`, `domain`, `authority`, `authority_date`,
`do_not_translate`, `checked`, `status` and `concept` what they hold of the concept. What is said of the term itself
stands in columns that bear its language too: `nl_gender`, `nl_case_sensitive` and `nl_forms`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from service.domain.concepts import GENDERS, TermDraft, counted_locale
from service.domain.errors import Invalid
from service.domain.locales import parse_locale

TEXTS = ("definition", "domain", "authority")
FLAGS = ("do_not_translate", "checked")
COLUMNS = ("concept", "status", *FLAGS, *TEXTS, "authority_date")
DETAILS = ("gender", "case_sensitive", "forms")
NONE = "-"  # in a cell about a term: it has none, and loses the one that it had
BETWEEN_FORMS = "|"
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui"})
_NO = frozenset({"no", "n", "false", "0", "nee", "non", "nein"})
_GENDERS = {**{gender[0]: gender for gender in GENDERS}, **{gender: gender for gender in GENDERS}}
_FORM = re.compile(r"(?:[^|\\]|\\.?)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPECIAL = re.compile(r"[|\\]")
_FORMULA = re.compile(r"'*[=+\-@]")  # what a spreadsheet would work out; or that, kept from it


class Languages(NamedTuple):
    """The languages of the office, and others that the term base has terms of."""

    locales: Sequence[str]
    others: Collection[str]

    @property
    def all(self) -> tuple[str, ...]:
        """Both, each once."""
        return tuple(dict.fromkeys((*self.locales, *self.others)))

    def of(self, tag: str, tags: Collection[str]) -> str | None:
        """Return the language of a column, None for one that is not known; `tags` are those of all columns."""
        counted = counted_locale(tag, self.locales)
        return tag if tag in self.others and (counted is None or counted in tags) else counted


def tag_of(name: str) -> str | None:
    """Return the language tag that a column is called by, None for any other name."""
    try:
        return parse_locale(name)
    except Invalid:
        return None


def detail_column(name: str) -> tuple[str, str] | None:
    """Return the language and the detail of a column such as `nl_gender` or `nl-BE_forms`, None for any other."""
    lower = name.lower().replace(" ", "_").replace("-", "_")
    for detail in DETAILS:
        if lower.endswith(f"_{detail}"):
            tag = tag_of(lower.removesuffix(f"_{detail}"))
            return None if tag is None else (tag, detail)
    return None


def kept_from_sheets(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before it, as people write it there."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def from_sheets(cell: str) -> str:
    """Return a cell without that apostrophe."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def is_yes(cell: str) -> bool | None:
    """Return what a cell says, None where it says neither."""
    said = cell.lower()
    return said in _YES if said in _YES | _NO else None


def read_detail(detail: str, cell: str) -> tuple[bool, Any]:
    """Tell whether a cell can be taken, and return what it says of its term."""
    if detail == "forms":
        return True, () if cell == NONE else tuple(_forms(cell))
    if detail == "gender":
        return cell == NONE or cell.lower() in _GENDERS, _GENDERS.get(cell.lower())
    said = is_yes(cell)
    return said is not None, said


def _forms(cell: str) -> Iterator[str]:
    for found in _FORM.finditer(cell):
        form = _ESCAPED.sub(r"\1", found[0]).strip()
        if form:
            yield form


def written_detail(detail: str, term: TermDraft) -> str:
    """Return the cell that `read_detail` reads; an empty one where there is nothing to tell."""
    if detail == "gender":
        return term.gender or ""
    if detail == "case_sensitive":
        return "yes" if term.case_sensitive else ""
    return f" {BETWEEN_FORMS} ".join(_written_forms(term.forms))


def _written_forms(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield "\\" + form if form == NONE else _SPECIAL.sub(r"\\\g<0>", form)
