"""The term base of an office of the browser tests: a city's bodies, its words, and names that are not translated."""

from __future__ import annotations

from service.domain.concepts import ConceptDraft, TermDraft
from service.operations.terms import add_concept
from service.operations.waiting_files import close_file, keep_file
from tests.browser.office import BrowserOffice

LOCALES = ("nl", "fr", "de", "en")
CONCEPTS = (
    ("stadsbestuur", "administration communale", "Stadtverwaltung", "city administration"),
    ("gemeenteraad", "conseil communal", "Gemeinderat", "municipal council"),
    ("schepen", "échevin", "Schöffe", "alderman"),
    ("begroting", "budget", "Haushalt", "budget"),
    ("lage-emissiezone", "zone de basses émissions", "Niedrigemissionszone", "low emission zone"),
)
LIST = """nl,fr,status,domain
gemeenteraad,conseil municipal,,bestuur
wijkraad,conseil de quartier,,bestuur
begroting,budget,,
schepen,adjoint,forbidden,bestuur
"""


def fill_terms(office: BrowserOffice) -> None:
    """Put concepts into the term base; the facts name one with terms in every status, and lists: sent, and taken in."""
    with office.desk.begin(office.people.admin) as work:
        for names in CONCEPTS:
            terms = tuple(TermDraft(locale, name) for locale, name in zip(LOCALES, names, strict=True))
            add_concept(work, ConceptDraft(terms, domain="bestuur"))
        add_concept(work, ConceptDraft((TermDraft("nl", "Zilvermeeuw"),), do_not_translate=True))
        shown = ConceptDraft(
            (
                TermDraft("nl", "burgemeester", forms=("burgervader",)),
                TermDraft("fr", "bourgmestre"),
                TermDraft("fr", "maire", "forbidden"),
                TermDraft("de", "Bürgermeister"),
                TermDraft("de", "Bürgermeisterin", "admitted"),
                TermDraft("en", "mayor"),
            ),
            definition="Wie aan het hoofd van een gemeente staat",
            domain="bestuur",
            authority="stadsbestuur",
            checked=True,
        )
        office.facts["concept"] = add_concept(work, shown).id
        office.facts["list"] = keep_file(work, "terms", name="stadhuis.csv", content=LIST.encode(), choices={})
    with office.desk.begin(office.people.reviewer) as work:
        taken = office.facts["taken_list"] = keep_file(work, "terms", name="wijken.csv", content=b"", choices={})
        close_file(work, "terms", taken, {"added": 1_204, "changed": 17, "unchanged": 388})
