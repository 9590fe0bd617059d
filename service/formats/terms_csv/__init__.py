"""Term lists as CSV, in and out: a column for each language, a line for each concept.

What the columns are called is told in `columns`.
"""

from __future__ import annotations

from service.domain.term_files import BadTermList
from service.formats.terms_csv.reading import read_terms
from service.formats.terms_csv.writing import write_terms

__all__ = ["BadTermList", "read_terms", "write_terms"]
