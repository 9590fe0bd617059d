"""Dressing: a masked text in the form in which an engine keeps its tokens whole, and its answer back.

Everywhere else tokens are `[X0X]` in plain text; only here are they an element of XML or HTML.
"""

from __future__ import annotations

import html
import re

from workers.drafting.masking import TOKEN, token
from workers.engines.base import Markup

# Engines write an empty element in either form, and put white space into it.
_XML_TOKEN = re.compile(r"<x\s+id\s*=\s*\"(\d{1,4})\"\s*(?:/>|>\s*</x\s*>)")
_HTML_TOKEN = re.compile(r"<span\s+class\s*=\s*\"notranslate\"\s*>(.*?)</span\s*>", re.DOTALL)


def dress(text: str, markup: Markup) -> str:
    """Return a masked text as an engine of that markup takes it."""
    if markup is Markup.TOKENS:
        return text
    written: list[str] = []
    done = 0
    for found in TOKEN.finditer(text):
        written.append(html.escape(text[done : found.start()], quote=False))
        number = int(found[1])
        written.append(
            f'<x id="{number}"/>' if markup is Markup.XML else f'<span class="notranslate">{token(number)}</span>'
        )
        done = found.end()
    written.append(html.escape(text[done:], quote=False))
    return "".join(written)


def undress(answer: str, markup: Markup) -> str:
    """Return an engine's answer as a masked text; markup that we never sent stays, for acceptance to see."""
    if markup is Markup.TOKENS:
        return answer
    if markup is Markup.XML:
        plain = _XML_TOKEN.sub(lambda found: token(int(found[1])), answer)
    else:
        plain = _HTML_TOKEN.sub(lambda found: found[1], answer)
    return html.unescape(plain)
