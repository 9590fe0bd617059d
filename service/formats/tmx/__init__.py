"""TMX, the format in which translation memories travel: 1.1 to 1.4 in, 1.4 out, levels 1 and 2.

`read_tmx` yields the units of a file one after the other, `write_tmx` the bytes of one; neither holds more than a unit.
What each element means stands in the specification of LISA: TMX 1.4b (2005).
"""

from __future__ import annotations

from service.formats.tmx.reading import read_tmx
from service.formats.tmx.writing import write_tmx

__all__ = ["read_tmx", "write_tmx"]
