"""What pairs of inline codes cover: an empty pair formats nothing, and no link leads anywhere within another.

Both nest as pairs should, so that `check_nesting` has nothing against them; a reader's browser has.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.domain.errors import N_
from service.domain.inline import Token, TokenKind, balanced, opening
from service.domain.text import CodedText, CodeKind, InlineCode

USELESS_MARKS = N_("Formatting marks have no words in them, or are links within another link: %(marks)s.")


def emptied(text: str, source: CodedText) -> tuple[InlineCode, ...]:
    """Return the codes that cover no words in `text`, though they do in its source."""
    tokens = balanced(CodedText(text, source.codes))
    present = {token.code for token in tokens if token.kind is TokenKind.OPEN}
    empty = present - _covering(tokens)
    in_source = _covering(balanced(source))
    return tuple(code for code in source.codes if code in empty and code in in_source)


def links_within(text: str, source: CodedText) -> tuple[InlineCode, ...]:
    """Return the links that stand within another in `text`; where they do so in its source, none."""
    if _inner_links(balanced(source)):
        return ()
    inner = _inner_links(balanced(CodedText(text, source.codes)))
    return tuple(code for code in source.codes if code in inner)


def useless_marks(text: str, source: CodedText) -> tuple[str, ...]:
    """Return the opening markers of both, in the order of the source's codes."""
    useless = {*emptied(text, source), *links_within(text, source)}
    return tuple(opening(code) for code in source.codes if code in useless)


def writable(content: CodedText) -> list[Token]:
    """Return a block's tokens as a reader is to see them: balanced, and without the codes that show nothing.

    A pair that covers no words goes, as does a link within a link; what stands in them stays. A line break before the
    first or behind the last word of the block goes too.
    """
    tokens = balanced(content)
    unseen = {code for code in content.codes if code.kind is not CodeKind.BREAK} - _covering(tokens)
    unseen |= _inner_links(tokens)
    words = [at for at, token in enumerate(tokens) if token.code is None and token.text.strip()]
    first, last = (words[0], words[-1]) if words else (0, -1)
    return [
        token
        for at, token in enumerate(tokens)
        if token.code not in unseen and (token.kind is not TokenKind.ALONE or first < at < last)
    ]


def _covering(tokens: list[Token]) -> set[InlineCode]:
    """Return the codes that cover some words."""
    covering: set[InlineCode] = set()
    for token, over in _covered(tokens):
        if token.code is None and token.text.strip():
            covering.update(over)
    return covering


def _inner_links(tokens: list[Token]) -> set[InlineCode]:
    """Return the links that open within another."""
    return {
        token.code
        for token, over in _covered(tokens)
        if token.code is not None
        and token.kind is TokenKind.OPEN
        and token.code.kind is CodeKind.LINK
        and any(code.kind is CodeKind.LINK for code in over)
    }


def _covered(tokens: list[Token]) -> Iterator[tuple[Token, list[InlineCode]]]:
    """Yield balanced tokens with the codes that are open where they stand."""
    over: list[InlineCode] = []
    for token in tokens:
        if token.kind is TokenKind.CLOSE:
            over.pop()
        yield token, over
        if token.kind is TokenKind.OPEN and token.code is not None:
            over.append(token.code)
