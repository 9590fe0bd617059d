"""XLIFF, the format of translators' own tools: 2.1 and 1.2 out, 2.x and 1.2 back in.

`write_xliff` and `write_xliff12` take a version with its units; `read_xliff` returns the units that a file brings.
What each element means stands in the standards of OASIS: XLIFF Version 2.1 (2018) and XLIFF Version 1.2 (2008).
"""

from __future__ import annotations

from service.formats.xliff.reading import read_xliff
from service.formats.xliff.writing import write_xliff
from service.formats.xliff.writing_12 import write_xliff12

__all__ = ["read_xliff", "write_xliff", "write_xliff12"]
