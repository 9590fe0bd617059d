"""What a person may write as a target of the memory: some text, with the markers of its source and no others.

A draft is filled with it as it stands, so that what would close a release's gate is not taken here either. A marker of
the source may be missing, as in files of other offices; the check of the draft tells.
"""

from __future__ import annotations

import re
from collections import Counter

from service.domain.characters import clean_target
from service.domain.covering import USELESS_MARKS, useless_marks
from service.domain.errors import N_, Invalid
from service.domain.inline import check_nesting, markers, plain
from service.domain.memory_files import LONGEST_TEXT
from service.domain.text import CodedText

_MARKER = re.compile(r"\{/?[1-9][0-9]{0,8}/?\}")


def fit_target(written: str, source: CodedText) -> str:
    """Return a target, cleaned and on one line; raise `Invalid` where the memory cannot have it."""
    text = clean_target(written)
    if len(text) > LONGEST_TEXT:
        raise Invalid("too_long", N_("A segment's text has at most 20,000 characters."), field="target")
    if not plain(CodedText(text, source.codes)).strip():
        raise Invalid("empty_target", N_("The memory keeps no empty text. Take the entry out instead."), field="target")
    _check_markers(text, source)
    return text


def _check_markers(text: str, source: CodedText) -> None:
    present = markers(text, source.codes)
    unknown = [marker for marker in _MARKER.findall(text) if marker not in present and marker not in source.text]
    if unknown:
        raise _misfit("codes_unknown", N_("The source has no formatting marks like these: %(marks)s."), unknown)
    doubled = list(Counter(present) - Counter(markers(source.text, source.codes)))
    misplaced = check_nesting(text, source.codes)
    if misplaced:
        template = N_("Formatting marks are out of place: %(marks)s. Marks open and close in pairs.")
        raise _misfit("codes_misplaced", template, misplaced)
    if useless := useless_marks(text, source):
        raise _misfit("codes_misplaced", USELESS_MARKS, useless)
    if doubled:
        raise _misfit("codes_doubled", N_("Formatting marks stand in the text too often: %(marks)s."), doubled)


def _misfit(code: str, template: str, marks: list[str] | tuple[str, ...]) -> Invalid:
    return Invalid(code, template, field="target", marks=" ".join(dict.fromkeys(marks)))
