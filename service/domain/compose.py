"""Putting targets back where their segments stood, so that a version has the structure of its source.

Preview, digest and publication all compose the same way. How a block was cut into segments is told in
`segmentation`; how blocks become a file, in `formats`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from service.domain.inline import alone, codes_used, join_coded
from service.domain.text import Block, CodedText, CodeKind, Document, InlineCode, Segment


def compose(document: Document, segments: Sequence[Segment], targets: Sequence[str]) -> tuple[Block, ...]:
    """Return the document's blocks with `targets` in place of `segments`, in the same order.

    The gaps between sentences are kept, and a line break between two becomes a line break again. An empty
    target leaves out its sentence; a block of which nothing is left is left out too.
    """
    pairs = zip(segments, targets, strict=True)
    blocks = []
    for number, group in groupby(pairs, key=lambda pair: pair[0].block):
        block = document.blocks[number]
        content = _content(block.content, list(group))
        if content.text:
            blocks.append(replace(block, content=content))
    return tuple(blocks)


def join_targets(whole: CodedText, segments: Sequence[Segment], targets: Sequence[str]) -> str:
    """Return the target of a segment that neighbouring ones were joined to, as `compose` would have put theirs.

    `whole` is the joined source, `segments` are what it was made of, `targets` theirs.
    """
    last = replace(segments[-1], gap="")  # what follows it is no part of the whole
    return _content(whole, list(zip([*segments[:-1], last], targets, strict=True))).text


def _content(source: CodedText, pairs: Sequence[tuple[Segment, str]]) -> CodedText:
    breaks = _breaks_between(source, [segment for segment, _ in pairs])
    parts: list[tuple[CodedText, str]] = []
    for segment, target in pairs:
        gap = "".join(next(breaks) if sign == "\n" else sign for sign in segment.gap)
        if target.strip():
            parts.append((CodedText(target.strip(), segment.source.codes), gap))
        elif parts and "\n" in segment.gap:
            # The line that is left out may have been the end of a line: the break behind it still stands.
            parts[-1] = (parts[-1][0], gap)
    if parts:
        parts[-1] = (parts[-1][0], "")
    text = join_coded(parts).text
    return CodedText(text, codes_used(text, source.codes))


def _breaks_between(source: CodedText, segments: Sequence[Segment]) -> Iterator[str]:
    """Yield the markers of the line breaks that stand in no segment, in order."""
    inside = {code.id for segment in segments for code in segment.source.codes}
    between: list[InlineCode] = [code for code in source.codes if code.kind is CodeKind.BREAK and code.id not in inside]
    return (alone(code) for code in between)
