"""The digests that bind an approval to what was approved.

A digest is the SHA-256, in hexadecimal, of the UTF-8 bytes of a canonical JSON text: keys sorted, no white
space between tokens, characters as they are rather than escaped. It covers exactly the text, the structure
and the inline codes: one changed character, link or list level gives another digest, and nothing else does.

A version's digest is over

    {"blocks": [...], "form": 1, "locale": "fr", "source": "<digest of the source revision>"}

and a source's over `{"blocks": [...], "form": 1}`. A block is

    {"codes": [[1, "link", "https://example.org/"]], "group": 0, "kind": "paragraph", "level": 0,
     "ordered": false, "text": "..."}

with its codes in the order of their numbers, and a `"start": 3` where it opens a list that does not count from 1.
`form` grows if this recipe ever changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from service.domain.text import Block, Document

FORM = 1


def source_digest(document: Document) -> str:
    """Return the digest of a source revision's blocks; what intake warned of is no part of it."""
    return _digest({"form": FORM, "blocks": [_block(block) for block in document.blocks]})


def version_digest(*, locale: str, source_digest: str, blocks: Sequence[Block]) -> str:
    """Return the digest of a version: its locale, the source revision it translates, its composed blocks."""
    return _digest(
        {
            "form": FORM,
            "locale": locale,
            "source": source_digest,
            "blocks": [_block(block) for block in blocks],
        }
    )


def _block(block: Block) -> dict[str, Any]:
    return {
        **({"start": block.start} if block.start else {}),
        "kind": block.kind.value,
        "level": block.level,
        "ordered": block.ordered,
        "group": block.group,
        "text": block.content.text,
        "codes": sorted([code.id, code.kind.value, code.href] for code in block.content.codes),
    }


def _digest(value: dict[str, Any]) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
