"""The names that reading and writing share: categories of the standard, and notes of our own.

What TBX-Basic has no category for stands in notes, such as `perstolk:form=lidstaten`: other tools show them as they
are. A forbidden term is written as a deprecated one, and the gender `common` as `other`; a note says which it is.
"""

from __future__ import annotations

from service.domain.terms import TermStatus

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
STATUS, GENDER = "administrativeStatus", "grammaticalGender"
DOMAIN, DEFINITION, SOURCE, DATE = "subjectField", "definition", "source", "date"

NOTE = "perstolk:"
FORM = "form"
CASE_SENSITIVE = "case_sensitive"
NOTED_STATUS = "status"
NOTED_GENDER = "gender"
YES, NO = "yes", "no"
FLAGS = ("do_not_translate", "checked")

WRITTEN_STATUS = {
    TermStatus.PREFERRED: "preferredTerm-admn-sts",
    TermStatus.ADMITTED: "admittedTerm-admn-sts",
    TermStatus.DEPRECATED: "deprecatedTerm-admn-sts",
    TermStatus.FORBIDDEN: "deprecatedTerm-admn-sts",
}
# By what is left of a value without `Term` and `-admn-sts`. What a law or a standard lays down need not be the word
# that the office uses, so it is admitted; what is only advised against is not forbidden.
READ_STATUS = {
    "preferred": TermStatus.PREFERRED,
    "admitted": TermStatus.ADMITTED,
    "standardized": TermStatus.ADMITTED,
    "legal": TermStatus.ADMITTED,
    "regulated": TermStatus.ADMITTED,
    "deprecated": TermStatus.DEPRECATED,
    "superseded": TermStatus.DEPRECATED,
    "obsolete": TermStatus.DEPRECATED,
    "notrecommended": TermStatus.DEPRECATED,
    "forbidden": TermStatus.FORBIDDEN,
    "prohibited": TermStatus.FORBIDDEN,
}
STANDARD_GENDERS = frozenset({"masculine", "feminine", "neuter"})
OTHER_GENDER = "other"
