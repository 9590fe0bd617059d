"""Which text of a Word document nobody is to read: hidden or struck out, by itself or by its style."""

from __future__ import annotations

from lxml import etree

from service.formats.xml_stream import local_name

_GONE = ("vanish", "strike", "dstrike")
_OFF = {"0", "false", "off"}
_KEPT = {"rPr", "fldChar", "instrText"}  # a field is whole or none, wherever its marks stand
_MOST_PARENTS = 20  # of a style; a file may go round in circles


class Hidden:
    """Takes out of runs what their properties, their style or their paragraph's style hides or strikes out."""

    def __init__(self, styles: etree._Element) -> None:
        self._styles = {_value(it, "styleId"): it for it in styles.iter("{*}style")}
        self._known: dict[tuple[str, str], bool] = {}

    def take_out(self, run: etree._Element) -> None:
        """Empty a run of its text if that is hidden or struck out."""
        properties = run.find("{*}rPr")
        names = ("" if properties is None else _named(properties, "rStyle"), _paragraph_style(run))
        if any(self._is_gone(properties, names, name) for name in _GONE):
            for child in list(run):
                if local_name(child) not in _KEPT:
                    run.remove(child)

    def _is_gone(self, properties: etree._Element | None, styles: tuple[str, str], name: str) -> bool:
        own = None if properties is None else _says(properties, name)
        return any(self._asks(style, name) for style in styles) if own is None else own

    def _asks(self, style: str, name: str) -> bool:
        if not style:
            return False
        if (style, name) not in self._known:
            self._known[style, name] = self._looked_up(style, name)
        return self._known[style, name]

    def _looked_up(self, style: str, name: str) -> bool:
        for _ in range(_MOST_PARENTS):
            found = self._styles.get(style)
            if found is None:
                return False
            properties = found.find("{*}rPr")
            said = None if properties is None else _says(properties, name)
            if said is not None:
                return said
            style = _named(found, "basedOn")
        return False


def _paragraph_style(run: etree._Element) -> str:
    paragraph = next(run.iterancestors("{*}p"), None)
    properties = None if paragraph is None else paragraph.find("{*}pPr")
    return "" if properties is None else _named(properties, "pStyle")


def _says(properties: etree._Element, name: str) -> bool | None:
    """Return whether properties turn something on or off; None if they leave it as it is."""
    found = properties.find(f"{{*}}{name}")
    return None if found is None else _value(found, "val").lower() not in _OFF


def _named(properties: etree._Element, name: str) -> str:
    found = properties.find(f"{{*}}{name}")
    return "" if found is None else _value(found, "val")


def _value(element: etree._Element, name: str) -> str:
    return element.get(f"{{{etree.QName(element).namespace}}}{name}", "")
