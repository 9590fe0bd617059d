"""The form of a concept: its fields for what is stored, and what is said by the fields that were sent.

A text for each status of each language holds a term on each line. The first of a language, the preferred one where
there is one, has its gender, its other spellings and whether its capitals count beside it; those of other terms stay
as they are, and so do the terms of languages that the form does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from service.domain.characters import clean_line
from service.domain.concepts import LONGEST_TEXT, ConceptDraft, TermDraft, checked_concept
from service.domain.errors import N_, Invalid
from service.domain.terms import TermStatus

STATUS_WORDS = {
    "preferred": N_("to be used"),
    "admitted": N_("fit as well"),
    "deprecated": N_("out of use"),
    "forbidden": N_("never to be used"),
}
GENDER_WORDS = {
    "masculine": N_("masculine"),
    "feminine": N_("feminine"),
    "neuter": N_("neuter"),
    "common": N_("common gender"),
}
TEXTS = ("definition", "domain", "authority", "authority_date")
TICKS = ("do_not_translate", "checked")
DETAILS = ("gender", "forms", "case_sensitive")
_SHOWN = 40  # characters of what was typed in a sentence


def fields_of(draft: ConceptDraft, locales: Sequence[str]) -> dict[str, Any]:
    """Return the form's fields for a concept."""
    fields: dict[str, Any] = {}
    for locale in locales:
        for status in TermStatus:
            texts = (term.text for term in draft.terms if (term.locale, term.status) == (locale, status))
            fields[f"{status}-{locale}"] = "\n".join(texts)
        fields |= _details(locale, first_term(draft.terms, locale))
    fields |= {name: getattr(draft, name) for name in (*TEXTS, *TICKS)}
    return fields | {"authority_date": draft.authority_date.isoformat() if draft.authority_date else ""}


def first_term(terms: Iterable[TermDraft], locale: str) -> TermDraft | None:
    """Return the term of a language whose details have fields: the one that comes first in the form."""
    order = list(TermStatus)
    own = (term for term in terms if term.locale == locale)
    return min(own, key=lambda term: order.index(TermStatus(term.status)), default=None)


def _details(locale: str, term: TermDraft | None) -> dict[str, Any]:
    return {
        f"gender-{locale}": (term.gender if term else None) or "",
        f"forms-{locale}": "\n".join(term.forms) if term else "",
        f"case_sensitive-{locale}": term is not None and term.case_sensitive,
    }


def prefilled(fields: dict[str, Any], locales: Iterable[str], brought: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields with the preferred terms that an address brings; what they replace is out of use there."""
    for locale in locales:
        name, old = f"preferred-{locale}", f"deprecated-{locale}"
        text = clean_line(brought.get(name, ""))[:LONGEST_TEXT]
        if not text or text == fields[name]:
            continue
        fields[old] = "\n".join(filter(None, (fields[name], fields[old])))
        for status in (TermStatus.ADMITTED, TermStatus.DEPRECATED, TermStatus.FORBIDDEN):
            rest = [line for line in fields[f"{status}-{locale}"].splitlines() if line != text]
            fields[f"{status}-{locale}"] = "\n".join(rest)
        fields |= {name: text, "prefilled": True}
    return fields


def sent_fields(form: Mapping[str, str], locales: Iterable[str]) -> dict[str, Any]:
    """Return the form's fields as they were sent."""
    texts, ticks = list(TEXTS), list(TICKS)
    for locale in locales:
        texts += [*(f"{status}-{locale}" for status in TermStatus), f"gender-{locale}", f"forms-{locale}"]
        ticks.append(f"case_sensitive-{locale}")
    return {name: form.get(name, "") for name in texts} | {name: form.get(name, "") == "yes" for name in ticks}


def said(before: ConceptDraft, fields: Mapping[str, Any], locales: Sequence[str]) -> ConceptDraft:
    """Return the concept as the fields have it; what the form has no field for stays.

    Raises `Invalid` with the name of the field that is wrong.
    """
    placed: list[tuple[str, TermDraft]] = []
    for locale in locales:
        own = _terms(before, fields, locale)
        for name, term in own:
            _demand_storable(name, term)
        placed += own
    facts = {name: fields[name] for name in ("definition", "domain", "authority", *TICKS)}
    others = (term for term in before.terms if term.locale not in locales)
    terms = (*others, *(term for _, term in placed))
    draft = replace(before, terms=terms, authority_date=_date(fields["authority_date"]), **facts)
    try:
        checked_concept(draft)
    except Invalid as error:
        if error.field == "terms":
            error.field = _field_of(error, placed, locales)
        raise
    return draft


def _terms(before: ConceptDraft, fields: Mapping[str, Any], locale: str) -> list[tuple[str, TermDraft]]:
    """Return the terms of a language, each with the name of its field."""
    known = {term.key: term for term in before.terms}
    own = [
        (f"{status}-{locale}", replace(known.get((locale, text), TermDraft(locale, text)), status=status))
        for status in TermStatus
        for text in _lines(fields[f"{status}-{locale}"])
    ]
    details = {f"{name}-{locale}": fields[f"{name}-{locale}"] for name in DETAILS}
    standing = first_term(before.terms, locale)
    if not own:
        if standing is None and details[f"forms-{locale}"].strip():
            template = N_("Write the term too; these are other spellings of it.")
            raise Invalid("no_term", template, field=f"preferred-{locale}")
        return []
    name, first = own[0]
    if first.key in known and _is_same(details, _details(locale, standing)):
        return own  # another known term comes first now: the details that nobody touched stay with theirs
    gender, forms, cased = details.values()
    return [(name, replace(first, gender=gender or None, forms=tuple(_lines(forms)), case_sensitive=cased)), *own[1:]]


def _is_same(details: Mapping[str, Any], standing: Mapping[str, Any]) -> bool:
    return all(
        _lines(value) == _lines(standing[name]) if isinstance(value, str) else value == standing[name]
        for name, value in details.items()
    )


def _demand_storable(name: str, term: TermDraft) -> None:
    """Refuse a term that cannot be stored, with the field that is to blame."""
    locale = term.locale
    bare = replace(term, forms=(), gender=None)
    for field, part in ((name, bare), (f"gender-{locale}", replace(term, forms=())), (f"forms-{locale}", term)):
        try:
            checked_concept(ConceptDraft((part,)))
        except Invalid as error:
            error.field = field
            raise


def _field_of(error: Invalid, placed: Sequence[tuple[str, TermDraft]], locales: Sequence[str]) -> str:
    """Return the field of a fault that lies between terms; the last of two that are the same is to blame."""
    locale = error.facts.get("locale", locales[0])
    same = [name for name, term in placed if term.key == (locale, error.facts.get("text"))]
    return same[-1] if same else f"preferred-{locale}"


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        template = N_("The date “%(date)s” is not written as 2026-03-02.")
        raise Invalid("bad_date", template, field="authority_date", date=text.strip()[:_SHOWN]) from None


def _lines(text: str) -> list[str]:
    return [cleaned for line in text.splitlines() if (cleaned := clean_line(line))]
