"""Setting what a check weighs in this office; texts in review are then checked anew by the workers."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from service.domain.checks import Severity
from service.domain.checks.described import BY_CODE
from service.domain.errors import N_, Invalid, NotFound
from service.domain.permissions import may_administer
from service.operations import audit
from service.operations.context import Work
from service.operations.loading import demand
from service.queries.rules import OFF
from service.storage.models import CheckSetting

DEFAULT = "default"
CHOICES = (*(severity.value for severity in Severity), OFF, DEFAULT)


def set_severity(work: Work, code: str, severity: str) -> None:
    """Let a check's findings weigh something else, or nothing (`off`), or again what they weigh by themselves.

    Raises `NotFound` where there is no such check, `Invalid` for what is none of `CHOICES`.
    """
    demand(may_administer(work.actor))
    if code not in BY_CODE:
        raise NotFound
    if severity not in CHOICES:
        raise Invalid(
            "bad_severity",
            N_("A check can weigh “error”, “warning”, “info”, “off” or “default”."),
            field="severity",
        )
    if severity == DEFAULT:
        work.session.execute(delete(CheckSetting).where(CheckSetting.code == code))
    else:
        insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        said = {"severity": severity, "set_by": work.actor.user_id, "set_at": work.now}
        work.session.execute(
            insert(CheckSetting)
            .values(code=code, **said)
            .on_conflict_do_update(index_elements=[CheckSetting.code], set_=said)
        )
    work.nudge = True
    audit.record(work, "check.set", code, severity=severity)
