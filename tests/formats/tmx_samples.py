"""Files of TMX for tests: units in a few words, and what was read of them."""

from __future__ import annotations

import io

from service.domain.memory_files import Filed, FiledUnit, LeftOut
from service.formats.tmx import read_tmx

HEAD = '<tmx version="1.4"><header srclang="{srclang}"/><body>'
DUTCH, FRENCH = "De brug is open.", "Où est l’école\u00a0?"


def unit(*texts: tuple[str, str], attributes: str = "", inside: str = "") -> str:
    tuvs = "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in texts)
    return f"<tu {attributes}>{inside}{tuvs}</tu>"


def pair(dutch: str = DUTCH, french: str = FRENCH, **rest: str) -> str:
    return unit(("nl", dutch), ("fr", french), **rest)


def file(*units: str, srclang: str = "nl", before: str = "") -> str:
    return before + HEAD.format(srclang=srclang) + "\n".join(units) + "</body></tmx>"


def read(data: str | bytes, *, source: str = "nl", targets: tuple[str, ...] = ("fr", "de", "en")) -> list[Filed]:
    return list(read_tmx(io.BytesIO(data.encode() if isinstance(data, str) else data), source, targets))


def only(data: str) -> FiledUnit:
    (one,) = read(data)
    assert isinstance(one, FiledUnit), one
    return one


def told(filed: list[Filed]) -> list[tuple[int, str, str]]:
    """Return the codes of what is left out, with line and locale; every sentence can be written out."""
    left_out = [one for one in filed if isinstance(one, LeftOut)]
    assert all(str(one.reason) for one in left_out)
    return [(one.line, one.locale, one.reason.code) for one in left_out]


def texts(filed: list[Filed]) -> list[tuple[str, dict[str, str]]]:
    units = [one for one in filed if isinstance(one, FiledUnit)]
    return [(one.source.text, {target.locale: target.target for target in one.targets}) for one in units]
