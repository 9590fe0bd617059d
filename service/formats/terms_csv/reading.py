"""Reading a term list: the concepts of its lines, or every line that cannot be taken.

A line with a status other than preferred says how its terms stand beside the preferred ones: its first term tells the
concept. Where `concept` is filled in, lines with the same name are one concept. Commas, semicolons and tabs are taken,
with or without a byte-order mark.

A column of a language that the office does not use stands for the one that it does use (`fr-CA` for `fr`). Any other
is refused, for what it holds may be no terms at all, unless the term base has terms of it: what was written out is read
back.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO, NamedTuple

from service.domain.characters import clean, clean_line
from service.domain.concepts import TermDraft, checked_concept
from service.domain.errors import N_, Invalid, Reason
from service.domain.term_files import BadTermList, FiledConcept, merged
from service.domain.terms import TermStatus
from service.formats.terms_csv.columns import (
    COLUMNS,
    FLAGS,
    TEXTS,
    Languages,
    detail_column,
    from_sheets,
    is_yes,
    read_detail,
    tag_of,
)

Progress = Callable[[int], None]

_LINES_BETWEEN = 200  # lines between two calls of progress
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


_YES_OR_NO = N_("Line %(line)s: write yes or no in the column “%(name)s”.")
_TOO_LONG = N_(
    "Line %(line)s: a cell has more than %(most)s characters. Shorten it, or put a quotation mark where it ends."
)
_GENDER = N_("Line %(line)s: write masculine, feminine, neuter or common in the column “%(name)s”, or - for none.")


class _Line(NamedTuple):
    """A line that can be taken: the concept's name, its terms, their status, and what it says of both."""

    line: int
    name: str
    texts: dict[str, str]
    status: str
    facts: dict[str, Any]
    details: dict[tuple[str, str], dict[str, Any]]


def read_terms(
    stream: BinaryIO, locales: Sequence[str], *, others: Collection[str] = (), progress: Progress | None = None
) -> list[FiledConcept]:
    """Return the concepts of a list in its order; raise `BadTermList` with every line that cannot be taken.

    `locales` are the office's, `others` those that the term base has terms of beside them. `progress` is called now and
    then with the number of bytes that were read.
    """
    return _List(stream, Languages(tuple(locales), others), progress).read()


class _List:
    """One list: its columns, what was read of it, and what is wrong with it."""

    def __init__(self, stream: BinaryIO, languages: Languages, progress: Progress | None) -> None:
        """Begin with nothing read."""
        self._stream = stream
        self._languages = languages
        self._progress = progress
        self._faults: list[Reason] = []
        self._columns: list[str] = []
        self._read_lines = 0
        self._row_line = 1
        self._concepts: dict[tuple[str, ...], FiledConcept] = {}
        self._first: dict[tuple[tuple[str, ...], str], int] = {}

    def read(self) -> list[FiledConcept]:
        """Read all of it."""
        try:
            self._rows(self._lines())
        except csv.Error as error:
            if "field limit" in str(error):  # the module tells its errors apart by nothing else
                self._fault(self._row_line, _TOO_LONG, most=csv.field_size_limit())
            else:
                self._fault(self._read_lines, N_("Line %(line)s: the quotation marks around its cells do not match."))
        except UnicodeDecodeError:
            self._fault(
                self._read_lines, N_("Line %(line)s: the letters are not in UTF-8. Save the list as “CSV UTF-8”.")
            )
        self._check()
        if self._faults:
            raise BadTermList(self._faults)
        return list(self._concepts.values())

    def _rows(self, lines: Iterator[str]) -> None:
        """Take the columns, and each row; columns that cannot be taken are told alone."""
        first = next(lines, "")
        if first.lower().startswith("sep="):
            first = next(lines, "")
        mark = max(",;\t", key=first.count)
        rows = csv.reader(_again(first, lines), delimiter=mark, strict=True)
        numbered = self._numbered(rows, first_line=self._read_lines)
        self._columns = self._header(next(numbered, (1, []))[1])
        for line, row in numbered if not self._faults else ():
            if any(cell.strip() for cell in row):
                self._take(line, row)

    def _numbered(self, rows: Any, *, first_line: int) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with the number of the line that it begins on."""
        self._row_line = first_line
        for row in rows:
            yield self._row_line, row
            self._row_line = first_line + rows.line_num

    def _lines(self) -> Iterator[str]:
        """Yield the lines of the file, whatever they end with, counted, and tell how far it is read."""
        done = 0
        for raw in (line for lines in self._stream for line in lines.splitlines(keepends=True)):
            self._read_lines += 1
            done += len(raw)
            if self._read_lines == 1 and raw.startswith(_UTF16):
                raise UnicodeDecodeError("utf-8", raw, 0, 1, "UTF-16")
            if self._progress is not None and self._read_lines % _LINES_BETWEEN == 0:
                self._progress(done)
            yield (raw.removeprefix(_BOM) if self._read_lines == 1 else raw).decode("utf-8")
        if self._progress is not None:
            self._progress(done)

    def _fault(self, line: int, template: str, **facts: Any) -> None:
        self._faults.append(Reason("bad_line", template, line=line, **facts))

    def _header(self, row: Sequence[str]) -> list[str]:
        cells = [clean_line(cell) for cell in row]
        tags = {tag for cell in cells if (tag := tag_of(cell)) is not None}
        names = [self._column(cell, tags) for cell in cells]
        given = [name for name in names if name]
        for name in sorted({name for name in given if given.count(name) > 1}):
            self._fault(1, N_("Line %(line)s: the column “%(name)s” is there twice."), name=name)
        if not self._faults and not any(name not in COLUMNS and detail_column(name) is None for name in given):
            self._fault(
                1, N_("Line %(line)s: it names the columns, and needs one for each language, such as nl or fr.")
            )
        return names

    def _column(self, name: str, tags: Collection[str]) -> str:
        lower = name.lower().replace(" ", "_").replace("-", "_")
        if lower in COLUMNS or not name:
            return lower
        told = detail_column(name)
        tag = told[0] if told is not None else tag_of(name)
        locale = self._languages.of(tag, tags) if tag is not None else None
        if locale is None:
            self._fault(
                1,
                N_("Line %(line)s: there is no column “%(name)s”. Rename it or take it out; there are %(known)s."),
                name=name[:40],
                known=", ".join((*self._languages.all, *COLUMNS)),
            )
            return ""
        return locale if told is None else f"{locale}_{told[1]}"

    def _take(self, line: int, row: Sequence[str]) -> None:
        if any(cell.strip() for cell in row[len(self._columns) :]):
            self._fault(line, N_("Line %(line)s: it has more cells than the first line has columns."))
            return
        named = zip(self._columns, row, strict=False)
        cells = {name: read for name, cell in named if name and (read := _read_cell(name, cell))}
        texts = {name: cell for name, cell in cells.items() if name not in COLUMNS and detail_column(name) is None}
        status = cells.get("status", TermStatus.PREFERRED).lower()
        if not texts:
            self._fault(line, N_("Line %(line)s: there is no term in any language."))
        elif status not in list(TermStatus):
            self._fault(
                line,
                N_("Line %(line)s: the status “%(status)s” is none of %(known)s."),
                status=status[:40],
                known=", ".join(TermStatus),
            )
        elif (facts := self._facts(line, cells)) is not None and (details := self._details(line, cells)) is not None:
            self._file(_Line(line, cells.get("concept", ""), texts, status, facts, details))

    def _facts(self, line: int, cells: dict[str, str]) -> dict[str, Any] | None:
        facts: dict[str, Any] = {name: cells[name] for name in TEXTS if name in cells}
        for name in FLAGS:
            if name in cells:
                facts[name] = is_yes(cells[name])
                if facts[name] is None:
                    self._fault(line, _YES_OR_NO, name=name)
                    return None
        if "authority_date" in cells:
            try:
                facts["authority_date"] = date.fromisoformat(cells["authority_date"])
            except ValueError:
                self._fault(line, N_("Line %(line)s: write the date of the authority as 2026-03-02."))
                return None
        return facts

    def _details(self, line: int, cells: dict[str, str]) -> dict[tuple[str, str], dict[str, Any]] | None:
        """Return what is said of the line's terms, by their keys."""
        details: dict[tuple[str, str], dict[str, Any]] = {}
        for name, cell in cells.items():
            told = detail_column(name)
            if told is None:
                continue
            locale, detail = told
            can_be_taken, said = read_detail(detail, cell)
            if locale not in cells:
                self._fault(
                    line,
                    N_("Line %(line)s: “%(name)s” is filled in, but there is no term in “%(locale)s”."),
                    name=name,
                    locale=locale,
                )
            elif not can_be_taken:
                self._fault(line, _GENDER if detail == "gender" else _YES_OR_NO, name=name)
            else:
                details.setdefault((locale, cells[locale]), {})[detail] = said
                continue
            return None
        return details

    def _file(self, one: _Line) -> None:
        """Put a line to its concept."""
        key = next(iter(one.texts.items()))
        place = (one.name,) if one.name else (*key, str(one.facts.get("domain", "")))
        filed = self._concepts.get(place) or FiledConcept(one.line, key, (), one.name)
        terms = list(filed.terms)
        for locale, text in one.texts.items():
            is_key = not one.name and (locale, text) == key and len(one.texts) > 1
            term = TermDraft(locale, text, TermStatus(one.status))
            if (is_key and one.status != TermStatus.PREFERRED) or term in terms:
                continue
            if one.status == TermStatus.PREFERRED and (first := self._first.get((place, locale))):
                self._fault(
                    one.line,
                    N_(
                        "Line %(line)s: line %(first)s has another %(locale)s term for this. Give one of them a status."
                    ),
                    first=first,
                    locale=locale,
                )
                continue
            if one.status == TermStatus.PREFERRED:
                self._first[place, locale] = one.line
            terms.append(term)
        details = {key: {**filed.details.get(key, {}), **said} for key, said in one.details.items()}
        self._concepts[place] = replace(
            filed,
            terms=tuple(terms),
            facts={**filed.facts, **one.facts},
            details={**filed.details, **details},
        )

    def _check(self) -> None:
        """Find what cannot be stored before anything is."""
        without_domain = {filed.key: filed.line for filed in self._concepts.values() if not filed.domain}
        for filed in self._concepts.values():
            if filed.domain and not filed.name and filed.key in without_domain:
                self._fault(
                    without_domain[filed.key],
                    N_("Line %(line)s: line %(other)s has the same term for a domain of its own. Give both a domain."),
                    other=filed.line,
                )
            try:
                checked_concept(merged(None, filed))
            except Invalid as error:
                self._fault(filed.line, N_("Line %(line)s: %(reason)s"), reason=str(error))


def _again(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _read_cell(name: str, cell: str) -> str:
    """Return what a cell holds; only a definition may have several lines."""
    return from_sheets(clean(cell).strip() if name == "definition" else clean_line(cell))
