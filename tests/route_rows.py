"""What one row of the route matrix says: a method on a rule, filled in, and the code that each role gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "nobody",
    "author",
    "other_author",
    "french_reviewer",
    "reviewer",
    "publisher",
    "admin",
    "auditor",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One route as one request, and what each of `ROLES` gets for it.

    `rule` is the rule as the application's map writes it. A value in braces, in any of the others, names something of
    the matrix's office and is filled in at run time: `{release}` (embargoed, in review), `{approved}` (embargoed,
    approved), `{published}`, `{unit}` and `{digest}` of the French version in review, `{alternative}` of that
    unit, `{entry}` and `{secret_entry}` of the memory (French, of the published and of the approved release),
    `{endpoint}`, `{delivery}`, `{person}` (the author), `{token}` (the author's). `form` goes with a page's request,
    `json` and `headers` with a
    program's. Where the method changes something, each role is asked on a copy of the office.
    """

    method: str
    rule: str
    params: Mapping[str, str]
    codes: Mapping[str, int]
    form: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the row's name among the tests."""
        return f"{self.method} {self.rule}"


def codes(everybody: int, **others: int) -> dict[str, int]:
    """Return a code for each role: the same for everybody but those that are named."""
    unknown = set(others) - set(ROLES)
    if unknown:
        message = f"no such role: {sorted(unknown)}"
        raise ValueError(message)
    return {role: others.get(role, everybody) for role in ROLES}
