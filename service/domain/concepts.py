"""What somebody says of a concept: checked and brought into its stored form before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from service.domain.characters import clean, clean_line, demand_storable
from service.domain.errors import N_, Invalid
from service.domain.locales import language_of, parse_locale
from service.domain.memory_files import nearest_locale
from service.domain.term_pieces import cut_pieces
from service.domain.terms import TermStatus

LONGEST_TEXT = 500
LONGEST_DEFINITION = 5_000
LONGEST_DOMAIN = 120
LONGEST_AUTHORITY = 200
MOST_TERMS = 200
MOST_FORMS = 50
GENDERS = ("masculine", "feminine", "neuter", "common")


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A term as somebody gives it."""

    locale: str
    text: str
    status: str = TermStatus.PREFERRED
    gender: str | None = None
    case_sensitive: bool = False
    forms: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart among its concept's terms."""
        return self.locale, self.text


@dataclass(frozen=True, slots=True)
class ConceptDraft:
    """A concept as somebody gives it, with all its terms."""

    terms: tuple[TermDraft, ...]
    definition: str = ""
    domain: str = ""
    authority: str = ""
    authority_date: date | None = None
    do_not_translate: bool = False
    checked: bool = False


def counted_locale(tag: str, locales: Sequence[str]) -> str | None:
    """Return the language in which terms of a tag count in an office of these locales; None where they do in none.

    `fr-CA` stands for its `fr`. Where an office writes `fr-BE`, terms in `fr` count as well, and stay what they are.
    """
    return nearest_locale(tag, (*locales, *map(language_of, locales)))


def in_counted_locales(draft: ConceptDraft, locales: Sequence[str], *, kept: Collection[str] = ()) -> ConceptDraft:
    """Return the concept with its terms in languages in which they count, where there are such.

    Tags that are `kept` stay, and so do languages that the office does not write.
    """
    tags = {term.locale: parse_locale(term.locale) for term in draft.terms}
    places = {written: tag if tag in kept else counted_locale(tag, locales) or tag for written, tag in tags.items()}
    return replace(draft, terms=tuple(replace(term, locale=places[term.locale]) for term in draft.terms))


def checked_concept(draft: ConceptDraft) -> ConceptDraft:
    """Return the concept in its stored form; raise `Invalid` for what cannot be stored."""
    if not draft.terms:
        raise Invalid("no_terms", N_("A concept needs a term in at least one language."), field="terms")
    if len(draft.terms) > MOST_TERMS:
        raise Invalid("too_many_terms", N_("A concept has at most %(most)s terms."), field="terms", most=MOST_TERMS)
    terms = tuple(_checked_term(term) for term in draft.terms)
    _demand_different(terms)
    return replace(
        draft,
        terms=terms,
        definition=_text(draft.definition, LONGEST_DEFINITION, "definition"),
        domain=_line(draft.domain, LONGEST_DOMAIN, "domain"),
        authority=_line(draft.authority, LONGEST_AUTHORITY, "authority"),
    )


def _checked_term(term: TermDraft) -> TermDraft:
    text = _line(term.text, LONGEST_TEXT, "terms")
    if not any(piece.is_word for piece in cut_pieces(text)):
        raise Invalid("empty_term", N_("A term needs a word: “%(text)s” has none."), field="terms", text=text[:40])
    if term.status not in list(TermStatus):
        raise Invalid(
            "unknown_status",
            N_("There is no status “%(status)s”; a term is %(known)s."),
            field="terms",
            status=term.status[:40],
            known=", ".join(TermStatus),
        )
    if term.gender is not None and term.gender not in GENDERS:
        raise Invalid(
            "unknown_gender",
            N_("There is no gender “%(gender)s”; a term is %(known)s."),
            field="terms",
            gender=term.gender[:40],
            known=", ".join(GENDERS),
        )
    forms = tuple(dict.fromkeys(form for form in (_line(form, LONGEST_TEXT, "terms") for form in term.forms) if form))
    if len(forms) > MOST_FORMS:
        raise Invalid("too_many_forms", N_("A term has at most %(most)s other forms."), field="terms", most=MOST_FORMS)
    return replace(term, locale=parse_locale(term.locale), text=text, status=TermStatus(term.status), forms=forms)


def _demand_different(terms: Sequence[TermDraft]) -> None:
    """Refuse the same term twice, and two that are both to be used."""
    seen: set[tuple[str, str]] = set()
    preferred: set[str] = set()
    for term in terms:
        if term.key in seen:
            raise Invalid(
                "double_term",
                N_("“%(text)s” stands there twice for %(locale)s."),
                field="terms",
                text=term.text,
                locale=term.locale,
            )
        seen.add(term.key)
        if term.status == TermStatus.PREFERRED and term.locale in preferred:
            raise Invalid(
                "two_preferred",
                N_("Only one term for %(locale)s can be the preferred one; give the others another status."),
                field="terms",
                locale=term.locale,
            )
        if term.status == TermStatus.PREFERRED:
            preferred.add(term.locale)


def _line(text: str, longest: int, field: str) -> str:
    demand_storable(text, field)
    return _short(clean_line(text), longest, field)


def _text(text: str, longest: int, field: str) -> str:
    demand_storable(text, field)
    return _short(clean(text).strip(), longest, field)


def _short(text: str, longest: int, field: str) -> str:
    if len(text) > longest:
        raise Invalid("too_long", N_("That is longer than %(most)s characters."), field=field, most=longest)
    return text


def is_same(one: ConceptDraft, other: ConceptDraft) -> bool:
    """Tell whether two drafts say the same, in whatever order their terms stand."""
    first, second = (sorted(draft.terms, key=lambda term: term.key) for draft in (one, other))
    return first == second and replace(one, terms=()) == replace(other, terms=())


def touched_locales(
    before: ConceptDraft | None, after: ConceptDraft | None, *, source_locale: str, targets: Collection[str]
) -> frozenset[str]:
    """Return the languages whose texts a change concerns: those of its terms, and all where the source's part changes.

    None stands for a concept that is not there. A new concept concerns only the languages it has terms for, unless
    its term stays as it is in every language.
    """
    then, now = ({} if one is None else {term.key: term for term in one.terms} for one in (before, after))
    changed = {key[0] for key in then.keys() | now.keys() if then.get(key) != now.get(key)}
    keeps = [one is not None and one.do_not_translate for one in (before, after)]
    everywhere = frozenset(targets) | {locale for locale, _ in then.keys() | now.keys()}
    if any(keeps) and (keeps[0] != keeps[1] or source_locale in changed):
        return everywhere - {source_locale}
    if before is not None and source_locale in changed:
        return frozenset(locale for locale, _ in then.keys() | now.keys()) - {source_locale}
    return frozenset(changed) - {source_locale}
