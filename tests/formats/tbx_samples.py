"""Reading files of TBX in tests."""

from __future__ import annotations

import io

from service.formats.tbx import read_tbx
from service.formats.tbx.reading import FiledTerm


def read(data: str | bytes, locales: tuple[str, ...] = ("nl", "fr", "de", "en")) -> list[FiledTerm]:
    return list(read_tbx(io.BytesIO(data.encode() if isinstance(data, str) else data), locales))
