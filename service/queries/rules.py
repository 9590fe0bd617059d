"""The rules of an office for a pair of locales: its terms, its French, what its checks weigh; and a name for them.

What findings and approvals were made with is told by that name, so that those of other rules are known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from service.domain.checks import RULES_REVISION, Rules, Severity
from service.domain.checks.described import ALL_CHECKS, Described, described
from service.domain.locales import language_of
from service.domain.office import Office
from service.queries.releases import user_names
from service.queries.term_bases import term_base
from service.storage.models import CheckSetting, TermCount

OFF = "off"
_REVISION_LETTERS = 16


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """What the texts of a pair of locales are held to; `revision` is a short name for exactly these rules."""

    source_locale: str
    target_locale: str
    rules: Rules
    revision: str


def office_rules(session: Session, office: Office, source_locale: str, target_locale: str) -> OfficeRules:
    """Return the rules as they stand now; one statement, and a second one after a change of the term base."""
    found = session.execute(_STAMP_AND_SETTINGS).all()
    terms = term_base(session, source_locale, target_locale, stamp=found[0].changes)
    severities = _severities(found)
    rules = Rules(terms=terms, french_spacing=office.french_spacing, severities=severities)
    return OfficeRules(source_locale, target_locale, rules, _revision(rules, terms.revision, target_locale))


def office_severities(session: Session) -> dict[str, Severity | None]:
    """Return what checks weigh in this office, where that is not what they weigh by themselves."""
    return _severities(session.execute(select(CheckSetting.code, CheckSetting.severity)).all())


_STAMP_AND_SETTINGS = select(TermCount.changes, CheckSetting.code, CheckSetting.severity).outerjoin(
    CheckSetting, true()
)


def _severities(rows: Sequence[Any]) -> dict[str, Severity | None]:
    """Return what each row sets; one without a code sets nothing."""
    return {row.code: None if row.severity == OFF else Severity(row.severity) for row in rows if row.code}


def _revision(rules: Rules, terms: str, target_locale: str) -> str:
    spacing = rules.french_spacing.value if language_of(target_locale) == "fr" else ""
    told = json.dumps([terms, spacing, sorted(rules.severities.items())])
    return f"{RULES_REVISION}.{hashlib.sha256(told.encode()).hexdigest()[:_REVISION_LETTERS]}"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check with what it does, what it weighs by itself, and what this office set (None where it set nothing)."""

    code: str
    described: Described
    default: Severity
    setting: str | None
    set_by: str | None
    set_at: datetime | None

    @property
    def present(self) -> str:
        """What its findings weigh now: a severity, or `off`."""
        return self.setting or self.default.value


def check_rows(session: Session) -> list[CheckRow]:
    """Return every check in the catalogue's order; two statements."""
    settings: Mapping[str, CheckSetting] = {row.code: row for row in session.scalars(select(CheckSetting))}
    names = user_names(session, {row.set_by for row in settings.values()})
    rows = []
    for check in ALL_CHECKS:
        found = settings.get(check.code)
        rows.append(
            CheckRow(
                check.code,
                described(check.code),
                check.severity,
                found.severity if found else None,
                names.get(found.set_by or "") if found else None,
                found.set_at if found else None,
            )
        )
    return rows
