"""Whole numbers that come as text: in an address, a form or a header, from whoever wrote them.

Python alone would take the digits of every script, and fails at thousands of them; a database takes eighteen.
"""

from __future__ import annotations

MOST_DIGITS = 18


def whole_number(written: str, *, most_digits: int = MOST_DIGITS) -> int | None:
    """Read a number in the figures 0 to 9; None for anything else, and for one of more digits.

    Zeros before it say nothing and are not counted.
    """
    if not (written.isascii() and written.isdecimal()):
        return None
    digits = written.lstrip("0") or "0"
    return int(digits) if len(digits) <= most_digits else None
