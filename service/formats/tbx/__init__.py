"""TBX-Basic, the format in which term bases travel: ISO 30042:2019 in both of its styles in, and DCA out.

Files after the edition of 2008 (`martif`) are read too. `read_tbx` yields the concepts of a file one after the other,
`write_tbx` the bytes of one; neither holds more than a concept.
"""

from __future__ import annotations

from service.formats.tbx.reading import read_tbx
from service.formats.tbx.writing import write_tbx

__all__ = ["read_tbx", "write_tbx"]
