"""The entries of a TBX file as concepts, and what of them cannot be taken, each with its line.

An entry has one definition, domain and source here: its own, or else that of a language section, the source language's
before the others. The date of its last transaction dates its source. A term without a status is the preferred one of
its language where no other is, and admitted otherwise. A language that the office does not use stands for the one that
it does use (`fr-CA` for `fr`), but not in a file of our own. What has no place in the term base (examples, parts of
speech, notes) is counted and told at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, BinaryIO, TypeAlias

from lxml import etree

from service.domain.characters import clean_line
from service.domain.concepts import GENDERS, MOST_TERMS, ConceptDraft, TermDraft, checked_concept
from service.domain.errors import N_, Invalid, Reason
from service.domain.memory_files import LeftOut, nearest_locale
from service.domain.term_files import FiledConcept
from service.domain.terms import TermStatus
from service.formats.tbx.parsing import Said, entries, language_sections, said_in, term_sections
from service.formats.tbx.vocabulary import (
    CASE_SENSITIVE,
    DATE,
    DEFINITION,
    DOMAIN,
    FLAGS,
    FORM,
    GENDER,
    NO,
    NOTE,
    NOTED_GENDER,
    NOTED_STATUS,
    OTHER_GENDER,
    READ_STATUS,
    SOURCE,
    STATUS,
    YES,
)
from service.formats.tmx.reading import canonical
from service.formats.xml_stream import XML_LANG, Progress, line_of

FiledTerm: TypeAlias = FiledConcept | LeftOut
_FACTS = {DEFINITION: "definition", DOMAIN: "domain", SOURCE: "authority"}
_TRANSACTION = frozenset({DATE, "transactionType", "responsibility"})
_STATUSES = frozenset({STATUS, "normativeAuthorization"})
_KEPT = 40  # characters of a file's text in a sentence


def read_tbx(stream: BinaryIO, locales: Sequence[str], *, progress: Progress | None = None) -> Iterator[FiledTerm]:
    """Yield the concepts of a file, entry by entry, and what of it is not taken.

    `locales` are the office's, its source first: a concept is known by its term in that, where it has one. `progress`
    is called now and then with the number of bytes that were read. Raises `Invalid` (bad_tbx, not_tbx), with the line
    from which on nothing can be read; what was yielded before stands.
    """
    unkept: Counter[str] = Counter()
    first: dict[str, int] = {}
    for element in entries(stream, progress):
        entry = _Entry(element, locales)
        yield from entry.read()
        for said in entry.unkept:
            unkept[said.category[:_KEPT]] += 1
            first.setdefault(said.category[:_KEPT], said.line)
    for category, count in unkept.items():
        reason = N_("“%(name)s” has no place in the term base; this and all others (%(count)s) are left out.")
        yield LeftOut(first[category], Reason("no_place", reason, name=category, count=count))


@dataclass(slots=True)
class _Term:
    """A term as it is read: `status` is None where the file gives none that is known."""

    line: int
    draft: TermDraft
    status: TermStatus | None = None
    details: dict[str, Any] = field(default_factory=dict)


class _Entry:
    """One entry: what was read of it, what is wrong with it, and what has no place."""

    def __init__(self, element: etree._Element, locales: Sequence[str]) -> None:
        """Begin with nothing read."""
        self._element = element
        self._line = line_of(element)
        self._locales = locales
        self._left_out: list[LeftOut] = []
        self._facts: dict[str, Any] = {}
        self._dates: list[date] = []
        self._is_ours = False
        self.unkept: list[Said] = []

    def read(self) -> Iterator[FiledTerm]:
        """Yield the concept, and what is left out of it."""
        for said in said_in(self._element):
            self._fact(said)
        terms: dict[tuple[str, str], _Term] = {}
        for section, locale in self._sections():
            for said in said_in(section):
                self._section_fact(said)
            for element in term_sections(section):
                self._add(terms, self._term(element, locale))
        if terms:
            yield self._concept(self._with_statuses(list(terms.values())))
        else:
            self._leave(self._line, Reason("no_terms", N_("The entry has no term that can be taken.")))
        yield from self._left_out

    def _leave(self, line: int, reason: Reason, locale: str = "") -> None:
        self._left_out.append(LeftOut(line, reason, locale))

    def _sections(self) -> list[tuple[etree._Element, str]]:
        """Return the language sections that have a language, that of the source first."""
        placed = []
        for section in language_sections(self._element):
            written = section.get(XML_LANG) or section.get("lang") or ""
            tag = canonical(written)
            if tag is None:
                reason = N_("“%(tag)s” is not a language tag such as fr or nl-BE.")
                self._leave(line_of(section), Reason("bad_locale", reason, tag=written[:_KEPT]))
            else:
                placed.append((section, tag if self._is_ours else nearest_locale(tag, self._locales) or tag))
        return sorted(placed, key=lambda one: one[1] != self._locales[0])

    def _fact(self, said: Said) -> None:
        name, _, value = self._noted(said)
        if said.category in _FACTS:
            self._text_fact(said)
        elif said.category == DATE:
            self._date(said)
        elif name in FLAGS and value in {YES, NO}:
            self._is_ours = True
            self._facts[name] = value == YES
        elif said.category not in _TRANSACTION:
            self.unkept.append(said)

    def _section_fact(self, said: Said) -> None:
        if said.category in _FACTS:
            self._text_fact(said)
        elif said.category not in _TRANSACTION:
            self.unkept.append(said)

    def _text_fact(self, said: Said) -> None:
        name = _FACTS[said.category]
        if said.text is None:
            self._leave(said.line, _entity(said))
            return
        text = said.text if name == DEFINITION else clean_line(said.text)
        if name in self._facts:
            if self._facts[name] != text:
                self.unkept.append(said)
            return
        fact: dict[str, Any] = {name: text}
        if text and self._can_be_kept(said.line, ConceptDraft((TermDraft("nl", "a"),), **fact)):
            self._facts[name] = text

    def _can_be_kept(self, line: int, draft: ConceptDraft, locale: str = "") -> bool:
        try:
            checked_concept(draft)
        except Invalid as error:
            self._leave(line, Reason(error.code, error.template, **error.facts), locale)
            return False
        return True

    def _date(self, said: Said) -> None:
        try:
            self._dates.append(date.fromisoformat((said.text or "")[:10]))
        except ValueError:
            reason = N_("The date “%(date)s” is not written as 2026-03-02.")
            self._leave(said.line, Reason("bad_date", reason, date=(said.text or "")[:_KEPT]))

    @staticmethod
    def _noted(said: Said) -> tuple[str, str, str]:
        """Return the name and the value of a note of our own; "" for any other."""
        if said.category != "note" or not (said.text or "").startswith(NOTE):
            return "", "", ""
        return (said.text or "").removeprefix(NOTE).partition("=")

    def _term(self, element: etree._Element, locale: str) -> _Term | None:
        said = list(said_in(element))
        named = next((one for one in said if one.category == "term"), None)
        if named is None or named.text is None:
            reason = Reason("no_terms", N_("There is no term in it.")) if named is None else _entity(named)
            self._leave(line_of(element), reason, locale)
            return None
        text = clean_line(named.text)
        term = _Term(named.line, TermDraft(locale, text))
        for one in said:
            if one is not named:
                self._detail(term, one)
        whole = replace(term.draft, **term.details)
        return term if self._can_be_kept(term.line, ConceptDraft((whole,)), locale) else None

    def _detail(self, term: _Term, said: Said) -> None:
        name, _, value = self._noted(said)
        if said.category in _STATUSES:
            self._status(term, said)
        elif said.category == GENDER:
            self._gender(term, said)
        elif name == NOTED_STATUS and value in list(TermStatus):
            term.status = TermStatus(value)
        elif name == NOTED_GENDER and value in GENDERS:
            term.details["gender"] = value
        elif name == CASE_SENSITIVE:
            term.details[CASE_SENSITIVE] = value == YES
        elif name == FORM:
            term.details["forms"] = (*term.details.get("forms", ()), clean_line(value))
        elif said.category == SOURCE:
            self._text_fact(said)
        elif said.category not in _TRANSACTION:
            self.unkept.append(said)

    def _status(self, term: _Term, said: Said) -> None:
        written = (said.text or "").lower().removesuffix("-admn-sts").removesuffix("term")
        status = READ_STATUS.get("".join(letter for letter in written if letter.isalpha()))
        if status is None:
            reason = N_("The status “%(status)s” is not known here; the term counts as one without.")
            self._leave(
                said.line, Reason("unknown_status", reason, status=(said.text or "")[:_KEPT]), term.draft.locale
            )
        elif term.status is None or said.category == STATUS:
            term.status = status

    def _gender(self, term: _Term, said: Said) -> None:
        if said.text in GENDERS:
            term.details["gender"] = said.text
        elif said.text != OTHER_GENDER:
            self.unkept.append(said)

    def _add(self, terms: dict[tuple[str, str], _Term], term: _Term | None) -> None:
        if term is None:
            return
        if term.draft.key in terms:
            reason = Reason("double_term", N_("“%(text)s” is in the entry already."), text=term.draft.text[:_KEPT])
            self._leave(term.line, reason, term.draft.locale)
        elif len(terms) == MOST_TERMS:
            reason = Reason("too_many_terms", N_("A concept has at most %(most)s terms."), most=MOST_TERMS)
            self._leave(term.line, reason, term.draft.locale)
        else:
            terms[term.draft.key] = term

    def _with_statuses(self, terms: Sequence[_Term]) -> list[_Term]:
        """Give each term a status, the preferred ones last: a term that loses its place to them is known by then."""
        preferred: dict[str, _Term] = {}
        for term in terms:
            if term.status is TermStatus.PREFERRED:
                kept = preferred.setdefault(term.draft.locale, term)
                if kept is not term:
                    reason = N_("“%(text)s” is preferred already; this is taken as admitted.")
                    self._leave(
                        term.line,
                        Reason("two_preferred", reason, text=kept.draft.text[:_KEPT]),
                        term.draft.locale,
                    )
        for term in terms:
            if term.status is None:
                preferred.setdefault(term.draft.locale, term)
        for term in terms:
            is_preferred = preferred.get(term.draft.locale) is term
            if is_preferred or term.status in {None, TermStatus.PREFERRED}:
                term.status = TermStatus.PREFERRED if is_preferred else TermStatus.ADMITTED
            term.draft = replace(term.draft, status=term.status or TermStatus.ADMITTED)
        return sorted(terms, key=lambda term: term.status is TermStatus.PREFERRED)

    def _concept(self, terms: Sequence[_Term]) -> FiledConcept:
        if self._dates and (self._is_ours or "authority" in self._facts):
            self._facts["authority_date"] = max(self._dates)
        if not self._is_ours and DEFINITION in self._facts:
            self._facts[DEFINITION] = _unwrapped(self._facts[DEFINITION])
        best = max(terms, key=lambda term: (term.draft.locale == self._locales[0], term.status == "preferred"))
        return FiledConcept(
            self._line,
            best.draft.key,
            tuple(term.draft for term in terms),
            self._element.get("id") or f"line {self._line}",
            self._facts,
            {term.draft.key: term.details for term in terms if term.details},
        )


def _entity(said: Said) -> Reason:
    return Reason("entity", N_("“%(name)s” has an entity that XML does not know."), name=said.category[:_KEPT])


def _unwrapped(text: str) -> str:
    """Return a text without the line ends after which it is indented: those are the file's, not its own."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if place:
            lines[place] = f" {line.strip()}" if line[:1].isspace() else f"\n{line.strip()}"
    return "".join(lines)
