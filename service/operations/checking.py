"""Checking whole versions: claimed and recorded by workers, or at once where somebody decides by what is found.

A worker reads, checks with no transaction open, and records only if text and rules are still those that it read. So
two that check the same version do no harm, and the claim only spares the second one its work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.engine import CursorResult

from service.domain import permissions
from service.domain.checks import Finding
from service.domain.checks.whole import check_texts
from service.domain.refusals import RefusedAct
from service.domain.workflow import VersionState
from service.operations.context import Work
from service.operations.findings import store_findings
from service.operations.loading import demand, locked_version
from service.operations.refusals import noting
from service.queries.checking import WholeCheck, unit_texts
from service.queries.rules import OfficeRules, office_rules
from service.storage import counts
from service.storage.models import Release, Version

CLAIM_SECONDS = 60


def claim_check(work: Work, version_id: str) -> bool:
    """Keep other workers away from a version for a while; tell whether nobody else had it."""
    claimed: CursorResult[Any] = work.session.execute(  # type: ignore[assignment]
        update(Version)
        .where(Version.id == version_id, or_(Version.checking_until.is_(None), Version.checking_until <= work.now))
        .values(checking_until=work.now + timedelta(seconds=CLAIM_SECONDS))
        .execution_options(synchronize_session=False)
    )
    return claimed.rowcount == 1


def record_check(work: Work, asked: WholeCheck, found: Mapping[str, Sequence[Finding]]) -> bool:
    """Write down what was found; False, and nothing but the end of the claim, where text or rules are others now."""
    release, version = locked_version(work, asked.release_id, asked.locale)
    version.checking_until = None
    rules = office_rules(work.session, work.office, release.source_locale, version.locale)
    if rules.revision != asked.rules.revision or unit_texts(work.session, version) != asked.texts:
        return False
    _store(work, version, asked, found)
    return True


def keep_current(work: Work, release: Release, version: Version) -> OfficeRules:
    """Check a locked version here and now, unless its findings are of the present text and rules; return the rules.

    The workers do the same within seconds; this is for who decides before they came by.
    """
    rules = office_rules(work.session, work.office, release.source_locale, version.locale)
    if version.checked_with == rules.revision:
        return rules
    asked = WholeCheck(release.id, version.locale, unit_texts(work.session, version), rules)
    _store(work, version, asked, run_whole(asked))
    return rules


def check_now(work: Work, release_id: str, locale: str) -> None:
    """Bring the findings of a version in review up to date, so that who asks for its approval sees all of them."""
    release, version = locked_version(work, release_id, locale)
    with noting(RefusedAct.APPROVAL, version):
        demand(permissions.may_review(work.actor, locale))
    if version.state == VersionState.IN_REVIEW:
        keep_current(work, release, version)


def run_whole(asked: WholeCheck) -> dict[str, tuple[Finding, ...]]:
    """Return what the checks find about a version as it was read."""
    rules = asked.rules
    return check_texts(
        asked.texts, source_locale=rules.source_locale, target_locale=rules.target_locale, rules=rules.rules
    )


def _store(work: Work, version: Version, asked: WholeCheck, found: Mapping[str, Sequence[Finding]]) -> None:
    store_findings(work, version, asked.texts, found, asked.rules.revision)
    counts.note(work.session, version.id)  # anew, whatever was added save by save
    version.checked_with = asked.rules.revision
    version.checked_at = work.now
