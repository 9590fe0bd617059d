"""What tests of findings share: a release with an error in it, its findings, a rule about whole versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from service.domain.checks import Finding, Pair, Severity, Span
from service.operations.review import edit_unit
from service.queries.review import unit_rows
from service.storage.models import Dismissal, FindingRow, Unit
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.making import text_of
from tests.operations.steps import act, drafted, version_of
from workers.tasks.checking import check_some

COST = "De brug kostte 25 miljoen euro."
RIGHT = "Le pont a coûté 25 millions d’euros."
WRONG = "Le pont a coûté 52 millions d’euros."
TEXT = f"Een nieuwe brug\n\n{COST}\n\nWandelaars kunnen er over.\n"
TARGETS = ("Un nouveau pont", RIGHT, "Les piétons peuvent le traverser.")

Wait = Callable[..., int]


def in_french(desk: Desk, people: People, **rest: Any) -> str:
    """Return a release in review in French, every segment of which the second reviewer wrote without a fault."""
    release_id = drafted(desk, people, targets=("fr",), text=TEXT, **rest)
    for n, target in enumerate(TARGETS):
        put(desk, people, release_id, target, n=n)
    check(desk)
    return release_id


def put(desk: Desk, people: People, release_id: str, target: str, n: int = 1, who: str = "second_reviewer") -> Unit:
    """Let a person write a segment."""
    unit = text_of(desk, release_id, "fr").units[n]
    return act(
        desk, getattr(people, who), edit_unit, release_id, "fr", unit.id, row_version=unit.row_version, target=target
    )


def check(desk: Desk) -> int:
    """Check as the workers do; return how many versions were checked."""
    return check_some(desk, seconds=60.0)


def findings(desk: Desk, release_id: str, locale: str = "fr") -> list[FindingRow]:
    """Return the findings of a version as its pages show them."""
    with desk.read() as reading:
        rows = unit_rows(reading.session, version_of(desk, release_id, locale))
        return [finding for row in rows for finding in row.findings]


def open_codes(desk: Desk, release_id: str, locale: str = "fr") -> list[str]:
    """Return the codes of what nobody put aside."""
    return [one.code for one in findings(desk, release_id, locale) if one.dismissed_at is None]


def dismissals(desk: Desk) -> Sequence[Dismissal]:
    """Return everything that was ever put aside."""
    with desk.read() as reading:
        return reading.session.scalars(select(Dismissal).order_by(Dismissal.dismissed_at, Dismissal.id)).all()


@dataclass(frozen=True)
class SameStart:
    """A rule about a whole version: no two segments begin with the same word."""

    code: str = "same_start"
    severity: Severity = Severity.WARNING

    def find(self, pairs: Sequence[Pair]) -> Iterable[tuple[int, Finding]]:
        """Yield a finding for each segment that begins as an earlier one."""
        seen: set[str] = set()
        for place, pair in enumerate(pairs):
            word = pair.target.partition(" ")[0]
            if word in seen:
                span = Span(0, len(word))
                yield place, Finding(self.code, self.severity, "Starts with %(word)s.", {"word": word}, None, span)
            seen.add(word)


@pytest.fixture
def same_start(monkeypatch: pytest.MonkeyPatch) -> SameStart:
    """Let the office's only rule about whole versions be that no two segments begin alike."""
    rule = SameStart()
    monkeypatch.setattr("service.domain.checks.DOCUMENT_CHECKS", (rule,))
    monkeypatch.setattr("service.operations.findings.DOCUMENT_CODES", frozenset({rule.code}))
    return rule
