"""Taking the fix that a check offers: an edit like any other, of the person who took it."""

from __future__ import annotations

from service.domain.errors import N_, Invalid
from service.operations import audit
from service.operations.context import Work
from service.operations.dismissals import locked_finding
from service.operations.loading import Seen
from service.operations.review import edit_unit
from service.storage.models import Unit


def fix_finding(work: Work, release_id: str, locale: str, finding_id: str, *, row_version: Seen) -> Unit:
    """Put what a check is sure of in place of what it found; the unit is then the text of who took it.

    Raises `Stale` as `edit_unit` does, and `Invalid` where the finding is gone or has no fix.
    """
    release, _, finding, unit = locked_finding(work, release_id, locale, finding_id)
    if finding.fix is None or finding.target_span is None:
        raise Invalid("no_fix", N_("There is no certain fix for this finding; correct it by hand."))
    start, end = finding.target_span
    fixed = unit.target[:start] + finding.fix + unit.target[end:]
    saved = edit_unit(work, release_id, locale, unit.id, row_version=row_version, target=fixed)
    audit.record(work, "finding.fixed", finding_id, release_id=release.id, locale=locale, code=finding.code)
    return saved
