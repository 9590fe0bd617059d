"""The rules of an office for a pair of locales: its terms, its French, what its checks weigh; and a name for them.

What findings and approvals were made with is told by that name, so that those of other rules are known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from service.domain.checks import RULES_REVISION, Rules, Severity
from service.domain.checks.described import ALL_CHECKS, Described, described
from service.domain.locales import language_of
from service.domain.office import Office
from service.queries.releases import user_names
from service.queries.term_bases import term_base
from service.storage.models import CheckSetting, TermCount

OFF = "off"
_IS, _AND = ":", ","  # neither is in a code
_REVISION_LETTERS = 16


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """What the texts of a pair of locales are held to; `revision` is a short name for exactly these rules."""

    source_locale: str
    target_locale: str
    rules: Rules
    revision: str


class RulesStand(NamedTuple):
    """How the rules stand: how often the term base was changed, and what the office set (None where it set nothing)."""

    changes: int
    settings: str | None


def rules_stand() -> tuple[ScalarSelect[Any], ScalarSelect[Any]]:
    """Return the columns of a `RulesStand`, for whatever statement is asked anyway."""
    settings = func.aggregate_strings(CheckSetting.code + _IS + CheckSetting.severity, _AND)
    return select(TermCount.changes).scalar_subquery(), select(settings).scalar_subquery()


def office_rules(
    session: Session, office: Office, source_locale: str, target_locale: str, *, stand: RulesStand | None = None
) -> OfficeRules:
    """Return the rules as they stand now; one statement, and a second one after a change of the term base.

    Whoever has asked for the `stand` in this transaction already saves the first.
    """
    if stand is None:
        stand = RulesStand(*session.execute(_STAND).one())
    terms = term_base(session, source_locale, target_locale, stamp=stand.changes)
    severities = _severities(stand.settings)
    rules = Rules(terms=terms, french_spacing=office.french_spacing, severities=severities)
    return OfficeRules(source_locale, target_locale, rules, _revision(rules, terms.revision, target_locale))


def office_severities(session: Session) -> dict[str, Severity | None]:
    """Return what checks weigh in this office, where that is not what they weigh by themselves."""
    return _severities(RulesStand(*session.execute(_STAND).one()).settings)


_STAND = select(*rules_stand())


def _severities(settings: str | None) -> dict[str, Severity | None]:
    said = (each.split(_IS) for each in settings.split(_AND)) if settings else ()
    return {code: None if severity == OFF else Severity(severity) for code, severity in said}


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
