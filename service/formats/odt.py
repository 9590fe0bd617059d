"""ODT in: the open format of word processors, turned into HTML and read as such.

Which text is bold or italic, and which list is numbered, is looked up in the file's styles. Pictures, notes,
text that is deleted, hidden or struck out, headers and footers are left out. How an ODT file is written is told in
`odt_writing`.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

from service.domain.errors import N_, Invalid
from service.domain.text import Document
from service.formats.archives import refuse_macros, unpack, unreadable, without_notes
from service.formats.html import read_html

if TYPE_CHECKING:
    from odfdo import Element

_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_LEFT_OUT = {
    *("text:tracked-changes", "text:note", "office:annotation", "draw:object", "draw:object-ole", "draw:image"),
    *("text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:forms", "svg:title", "svg:desc"),
    *("text:index-title-template", "text:table-of-content-source", "text:bibliography-mark"),
}
_UNNUMBERED = "text:list-header"
_IN_LIST = {_UNNUMBERED, "text:list-item"}
_ITEM_END = "</li>"
_CONTAINERS = {"text:list": "", "text:list-item": "li", "table:table-cell": "div"}
_KINDS = {"Kicker": ' class="kicker"', "Lead": ' class="lead"'}
_QUOTES = {"Quotations", "Quote"}
_QUOTE_END = "</blockquote>"
_NS = {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
_MOST_PARENTS = 20  # of a style; a file may go round in circles


def read_odt(data: bytes, *, title: str | None = None) -> Document:
    """Read an ODT file; raise `Invalid` for what cannot be taken, as `archives.unpack` does."""
    parts = unpack(data)
    if b"macro-enabled" in parts.get("mimetype", b"") or b"<script:event-listener" in parts.get("content.xml", b""):
        refuse_macros()
    if parts.get("mimetype", b"").strip() != _MIMETYPE or "content.xml" not in parts:
        raise Invalid("bad_file", N_("The file is not a text document; save it again as .odt."), field="file")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Invalid("bad_file", N_("The file has a password; save it without."), field="file")
    import odfdo  # noqa: PLC0415 - only a file of this kind needs it, and it takes long to load

    try:
        document = odfdo.Document(io.BytesIO(data))
        content, styles = _tree(parts["content.xml"]), _tree(parts.get("styles.xml", b"<none/>"))
        walk = _Walk(_Styles([styles, content]))
        walk.children(document.body)
    except (etree.LxmlError, KeyError, TypeError, ValueError, AttributeError, OSError, RecursionError) as error:
        unreadable(error)
    return without_notes(read_html("".join(walk.written), title=title), has_notes=walk.has_notes)


def _tree(part: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(part, parser)


class _Styles:
    """A file's styles: what each is called, what it makes bold or italic, which lists it numbers."""

    def __init__(self, trees: list[etree._Element]) -> None:
        self._styles = {it.get(_qn("style:name"), ""): it for tree in trees for it in tree.iter(_qn("style:style"))}
        self._lists = {it.get(_qn("style:name"), ""): it for tree in trees for it in tree.iter(_qn("text:list-style"))}

    def line(self, name: str) -> list[etree._Element]:
        """Return a style and those that it stands on, itself first."""
        found: list[etree._Element] = []
        while len(found) < _MOST_PARENTS and (style := self._styles.get(name)) is not None:
            found.append(style)
            name = style.get(_qn("style:parent-style-name"), "")
        return found

    def named(self, name: str) -> str:
        """Return the first of the names of a style and its parents that tells what a paragraph is."""
        names = [name, *(style.get(_qn("style:parent-style-name"), "") for style in self.line(name))]
        return next((it for it in names if it in {"Title", *_KINDS, *_QUOTES}), "")

    def emphasis(self, name: str) -> tuple[str, ...]:
        """Return the elements that a span's style asks for: bold, italic, above or below the line."""
        weight = slant = place = ""
        for style in self.line(name):
            for facts in style.iter(_qn("style:text-properties")):
                weight = weight or facts.get(_qn("fo:font-weight"), "")
                slant = slant or facts.get(_qn("fo:font-style"), "")
                place = place or facts.get(_qn("style:text-position"), "")
        asked = {
            "strong": weight in {"bold", "600", "700", "800", "900"},
            "em": slant in {"italic", "oblique"},
            "sup": place.startswith("super"),
            "sub": place.startswith("sub"),
        }
        return tuple(tag for tag, is_asked in asked.items() if is_asked)

    def unread(self, name: str) -> dict[str, bool]:
        """Return what a style says of whether its text is hidden and struck out; what it leaves open is left out."""
        said: dict[str, bool] = {}
        for style in self.line(name):
            for facts in style.iter(_qn("style:text-properties")):
                found = {
                    "hidden": facts.get(_qn("text:display")),
                    "struck": facts.get(_qn("style:text-line-through-style"))
                    or facts.get(_qn("style:text-line-through-type")),
                }
                said = {fact: (it == "none") is (fact == "hidden") for fact, it in found.items() if it} | said
        return said

    def ordered(self, name: str, level: int) -> bool:
        """Return whether a list's style numbers its items at a level."""
        style = self._lists.get(name)
        if style is None:
            return False
        numbering = style.iter(_qn("text:list-level-style-number"))
        return any(it.get(_qn("text:level")) == str(level) and it.get(_qn("style:num-format")) for it in numbering)


def _qn(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NS[prefix]}}}{local}"


def _is_hidden(element: Element) -> bool:
    """Return whether a section, a paragraph or a field is hidden, always or as its condition was last found."""
    said = element.get_attribute_string("text:is-hidden") or ""
    match element.tag:
        case "text:section":
            display = element.get_attribute_string("text:display") or ""
            return display == "none" or (display == "condition" and said == "true")
        case "text:hidden-text":
            return said != "false"
        case "text:p" | "text:h":
            fields = element.get_elements("descendant::text:hidden-paragraph")
            return any(it.get_attribute_string("text:is-hidden") == "true" for it in fields)
        case _:
            return False


class _Walk:
    """Writes a text document's elements as HTML."""

    def __init__(self, styles: _Styles) -> None:
        self.written: list[str] = []
        self._styles = styles
        self._lists: list[str] = []
        self._unread: dict[str, bool] = {}
        self._behind: list[Element] | None = None  # the frames in a paragraph, while one is written
        self._has_title = False
        self.has_notes = False

    def children(self, element: Element) -> None:
        """Write what stands in an element, in order."""
        self._text(element.text)
        for child in element.children:
            if child.tag not in _LEFT_OUT and not _is_hidden(child):
                self._element(child)
            self.has_notes = self.has_notes or child.tag == "text:note"
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text and not self._is_unread() and (text.strip() or not self.written or self.written[-1] != _QUOTE_END):
            self.written.append(escape(text))

    def _is_unread(self) -> bool:
        return any(self._unread.values())

    def _whole(self, element: Element, write: Callable[[Element], None]) -> None:
        """Write a paragraph or a heading, and behind it what stands in frames that are anchored in it."""
        outer, self._behind = self._behind, []
        self._styled(element, write)
        frames, self._behind = self._behind, outer
        for frame in frames:
            self.children(frame)

    def _styled(self, element: Element, write: Callable[[Element], None]) -> None:
        """Write an element, of its text only what its style lets be read."""
        outer = self._unread
        self._unread = outer | self._styles.unread(element.get_attribute_string("text:style-name") or "")
        write(element)
        self._unread = outer

    def _element(self, element: Element) -> None:
        match element.tag:
            case "text:h":
                self._whole(element, self._heading)
            case "text:p":
                self._whole(element, self._paragraph)
            case "text:list":
                self._list(element)
            case "text:span":
                self._styled(element, self._span)
            case "text:a":
                self._around(element, f'a href="{escape(element.get_attribute_string("xlink:href") or "")}"')
            case "text:line-break":
                self.written.append("" if self._is_unread() else "<br>")
            case "text:s" | "text:tab":
                self.written.append("" if self._is_unread() else " ")
            case tag if tag.startswith("draw:") and self._behind is not None:
                self._behind += [] if self._is_unread() else [element]
            case _:
                self._contained(element)

    def _contained(self, element: Element) -> None:
        """Write what stands in any other element, as an item or a cell if it is one; an item may bear a number."""
        opening = _CONTAINERS.get(element.tag, "")
        number = element.get_attribute_string("text:start-value") if opening == "li" else None
        if number:
            opening = f'li value="{escape(number)}"'
        if opening:
            self._around(element, opening)
        else:
            self.children(element)

    def _around(self, element: Element, opening: str) -> None:
        self.written.append(f"<{opening}>")
        self.children(element)
        self.written.append(f"</{opening.split(maxsplit=1)[0]}>")

    def _heading(self, element: Element) -> None:
        level = element.get_attribute_integer("text:outline-level") or 1
        self._around(element, f"h{min(level + self._has_title, 6)}")

    def _paragraph(self, element: Element) -> None:
        style = self._styles.named(element.get_attribute_string("text:style-name") or "")
        if style == "Title" and not self._lists:
            self._has_title = True
            self._around(element, "h1")
        elif style in _QUOTES:
            if self.written and self.written[-1] == _QUOTE_END:
                self.written.pop()  # neighbours are one quotation
            else:
                self.written.append("<blockquote>")
            self._around(element, "p")
            self.written.append(_QUOTE_END)
        else:
            self._around(element, f"p{_KINDS.get(style, '')}")

    def _list(self, element: Element) -> None:
        name = element.get_attribute_string("text:style-name") or (self._lists[-1] if self._lists else "")
        self._lists.append(name)
        tag = "ol" if self._styles.ordered(name, len(self._lists)) else "ul"
        parts = [child for child in element.children if child.tag in _IN_LIST]
        first = next((place for place, part in enumerate(parts) if part.tag != _UNNUMBERED), len(parts))
        for part in parts[:first]:
            self.children(part)
        self.written.append(f"<{tag}>")
        for part in parts[first:]:
            if part.tag == _UNNUMBERED:
                self.written.pop()  # it goes on with the item above it, whose end this is
                self.children(part)
                self.written.append(_ITEM_END)
            else:
                self._element(part)
        self.written.append(f"</{tag}>")
        self._lists.pop()

    def _span(self, element: Element) -> None:
        tags = self._styles.emphasis(element.get_attribute_string("text:style-name") or "")
        self.written.append("".join(f"<{tag}>" for tag in tags))
        self.children(element)
        self.written.append("".join(f"</{tag}>" for tag in reversed(tags)))
