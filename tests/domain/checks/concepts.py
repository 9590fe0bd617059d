"""A small term base for the checks of terms."""

from __future__ import annotations

from service.domain.checks import Check, Finding, Pair, Rules
from service.domain.term_base import TermBase
from service.domain.terms import SourceTerm, TargetTerm, TermStatus
from service.domain.text import CodedText, CodeKind, InlineCode

P, A, D, N = TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.DEPRECATED, TermStatus.FORBIDDEN
CODES = (InlineCode(1, CodeKind.BOLD),)


# What each concept is called: preferred, admitted, out of use, forbidden.
CONCEPTS = {
    "fr": {
        "schepen": ("échevin", "échevine", "magistrat communal", "adjoint"),
        "gemeente": ("commune", "", "", "municipalité"),
        "gemeenteraad": ("conseil communal", "", "conseil de la commune", "conseil municipal"),
        "lidstaat": ("État membre", "", "", "pays membre"),
        "lidstaat van de eurozone": ("pays membre de la zone euro", "", "", ""),
        "wet": ("loi", "", "", ""),
        "besluit": ("décision", "arrêté", "", ""),
        "bouwvergunning": ("permis d’urbanisme", "", "permis de bâtir", "autorisation"),
        "eerste minister": ("Premier ministre", "", "", "chef de gouvernement"),
        "oud woord": ("", "", "vieux mot", "mot interdit"),
    },
    "de": {
        "schepen": ("Schöffe", "Schöffin", "Magistrat", "Beigeordneter"),
        "gemeente": ("Gemeinde", "", "", "Kommune"),
        "gemeenteraad": ("Gemeinderat", "", "Rat der Gemeinde", "Stadtrat"),
        "lidstaat": ("Mitgliedstaat", "", "", "Mitgliedsland"),
        "lidstaat van de eurozone": ("Mitgliedsland der Eurozone", "", "", ""),
        "wet": ("Gesetz", "", "", ""),
        "besluit": ("Beschluss", "Erlass", "", ""),
        "bouwvergunning": ("Städtebaugenehmigung", "", "Baugenehmigung", "Bauerlaubnis"),
        "eerste minister": ("Premierminister", "", "", "Regierungschef"),
        "oud woord": ("", "", "Altwort", "Unwort"),
    },
    "en": {
        "schepen": ("alderman", "alderwoman", "magistrate", "councillor"),
        "gemeente": ("municipality", "", "", "township"),
        "gemeenteraad": ("municipal council", "", "council of the municipality", "town council"),
        "lidstaat": ("Member State", "", "", "member country"),
        "lidstaat van de eurozone": ("member country of the eurozone", "", "", ""),
        "wet": ("law", "", "", ""),
        "besluit": ("decision", "decree", "", ""),
        "bouwvergunning": ("planning permit", "", "building permit", "construction licence"),
        "eerste minister": ("Prime Minister", "", "", "head of government"),
        "oud woord": ("", "", "old word", "bad word"),
    },
}  # fmt: skip
NAMES = ("Be-Alert", "MyGov", "Vlaanderen Vakantieland", "Sciensano")


def terms(locale: str) -> TermBase:
    concepts = [
        SourceTerm(
            text,
            text,
            tuple(TargetTerm(word, status) for word, status in zip(words, (P, A, D, N), strict=True) if word),
        )
        for text, words in CONCEPTS[locale].items()
    ]
    return TermBase([*concepts, *(SourceTerm(name, name, do_not_translate=True) for name in NAMES)], "nl")


RULES = {locale: Rules(terms(locale)) for locale in CONCEPTS}


def find(check: Check, source: str, target: str, locale: str) -> list[Finding]:
    return list(check.find(Pair(CodedText(source, CODES), target, "nl", locale, RULES[locale])))


def rows(table: dict[str, list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    return [(locale, *row) for locale, listed in table.items() for row in listed]
