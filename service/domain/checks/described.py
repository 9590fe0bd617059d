"""What each check is called and what it does, in a sentence for those who set what it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from service.domain.checks import CHECKS, DOCUMENT_CHECKS, Severity
from service.domain.errors import N_


class Listed(Protocol):
    """What is listed among the checks: a code, and what it weighs by itself."""

    @property
    def code(self) -> str:
        """The name for programs."""

    @property
    def severity(self) -> Severity:
        """What it weighs by itself."""


@dataclass(frozen=True, slots=True)
class FactsAgree:
    """The table of a release's facts (`fact_matrix`), which is listed and weighed as the checks are."""

    code: str = "facts"
    severity: Severity = Severity.ERROR


FACTS = FactsAgree()
ALL_CHECKS: tuple[Listed, ...] = (*CHECKS, *DOCUMENT_CHECKS, FACTS)
BY_CODE: dict[str, Listed] = {check.code: check for check in ALL_CHECKS}
DOCUMENT_CODES = frozenset(check.code for check in DOCUMENT_CHECKS)


@dataclass(frozen=True, slots=True)
class Described:
    """A check's name, and what it does; both English sentences to be translated."""

    name: str
    does: str


DESCRIPTIONS: dict[str, Described] = {
    "facts": Described(
        N_("Facts in every language"),
        N_("Each number, date, hour and link of the release is the same in every language, or waived with a reason."),
    ),
    "too_long": Described(
        N_("Too long to check"),
        N_("No segment has more than 20,000 characters; longer ones are not read by any check."),
    ),
    "empty": Described(N_("No translation"), N_("Every segment with a text needs a translation.")),
    "inline_codes": Described(
        N_("Formatting marks"),
        N_(
            "Bold, links and other formatting marks of the source stand in the translation, once each, well nested and"
            " around words."
        ),
    ),
    "untranslated": Described(
        N_("Not translated"),
        N_("A translation is neither the source over again nor in another language; names and titles may stay."),
    ),
    "numbers": Described(
        N_("Numbers"),
        N_(
            "Both sides tell the same numbers, with the same sign, in figures or in words, each as its own language"
            " writes them."
        ),
    ),
    "dates": Described(
        N_("Dates"), N_("Both sides tell the same days, and each weekday is the one its date falls on.")
    ),
    "times": Described(
        N_("Hours"), N_("Both sides tell the same hours, on a clock of twelve hours or of twenty-four.")
    ),
    "magnitude": Described(
        N_("Millions and billions"), N_("A number keeps its size: a Dutch “miljard” is an English “billion”.")
    ),
    "percentages": Described(
        N_("Percentages"), N_("A percentage stays one, with its number; a percentage point is another thing.")
    ),
    "length": Described(
        N_("Length"), N_("A translation is about as long as texts of its language usually are beside the source.")
    ),
    "addresses": Described(
        N_("Addresses"), N_("Both sides lead to the same pages, mailboxes and telephones, each in its own language.")
    ),
    "names": Described(
        N_("Names"),
        N_("Names are spelled as in the source, or as the language calls them; what is nearly one is told."),
    ),
    "acronyms": Described(
        N_("Acronyms"),
        N_("Acronyms are those of the language or of the office, or said in full: “UE” and “Union européenne”."),
    ),
    "end_mark": Described(
        N_("End mark"), N_("Both sides end alike: as a statement, a question, a call, or without a mark.")
    ),
    "brackets": Described(N_("Brackets"), N_("Every bracket of a translation has its counterpart.")),
    "spaces": Described(
        N_("Spaces"), N_("No space is doubled, missing behind a comma, at an edge, or before a comma or a full stop.")
    ),
    "french_spacing": Described(
        N_("French spacing"),
        N_("French has no-break spaces before ; ! ? : » % € and behind «, as the office writes them."),
    ),
    "quotes_style": Described(
        N_("Quotation marks"), N_("Quotations stand in the marks of the language: « », „ “ or “ ”.")
    ),
    "no_break_space": Described(
        N_("No-break spaces"), N_("No line breaks inside a number, before its unit or behind a short word.")
    ),
    "terms_forbidden": Described(
        N_("Forbidden terms"), N_("No term that the office forbids stands for what the source says.")
    ),
    "terms_do_not_translate": Described(
        N_("Terms that are not translated"), N_("What the office does not translate stands as it is in the source.")
    ),
    "terms_preferred": Described(
        N_("Preferred terms"),
        N_("Where a term of the office stands in the source, the translation has one that the office holds to be fit."),
    ),
    "gender": Described(
        N_("Gender of functions"),
        N_("The function of a person has that person's gender, where the term base tells both."),
    ),
    "negation": Described(
        N_("Denials"), N_("What the source denies the translation denies too, with a “not” or in other words.")
    ),
    "repeated": Described(N_("Repeated words"), N_("No word stands twice in a row, unless the source has one twice.")),
    "inconsistent": Described(
        N_("Same source, same translation"),
        N_("Segments of a release that say the same in the source say the same in a version."),
    ),
    "quotes_lost": Described(
        N_("Quotations"), N_("A version has as many quotations as its source, counted over the whole of it.")
    ),
}


def described(code: str) -> Described:
    """Return what is told of a check."""
    return DESCRIPTIONS[code]
