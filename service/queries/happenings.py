"""Everything that happened to a release, in one row: what people and the desk did, and what receivers were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service.queries.deliveries import DeliveryRow, deliveries
from service.queries.past_texts import ApprovalRow, approvals_of
from service.queries.releases import ReleaseRow, TimelineRow, timeline

MOST_DELIVERIES = 100


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: an act with the texts that it lies between, or the news that an endpoint was sent.

    `old` and `new` name two texts to compare, as the page of comparisons does, in the language `locale`.
    """

    at: datetime
    act: TimelineRow | None = None
    delivery: DeliveryRow | None = None
    locale: str | None = None
    old: str | None = None
    new: str | None = None


def happenings(session: Session, row: ReleaseRow, *, with_deliveries: bool) -> list[Happening]:
    """Return what happened to a release, newest first; six statements at most."""
    versions = {version.version.id: version.version.locale for version in row.versions}
    approvals = approvals_of(session, list(versions))
    found = [_act(act, row, versions, approvals) for act in timeline(session, row.release)]
    if with_deliveries:
        sent = deliveries(session, release_id=row.release.id, limit=MOST_DELIVERIES)
        found += [Happening(each.delivery.created_at, delivery=each) for each in sent]
    # What was sent for an act stands above it: both bear the same moment where a worker was quick.
    return sorted(found, key=lambda each: (each.at, each.delivery is not None), reverse=True)


def _act(
    act: TimelineRow, row: ReleaseRow, versions: dict[str, str], approvals: dict[str, list[ApprovalRow]]
) -> Happening:
    old = new = None
    locale = act.facts.get("locale")
    if act.action == "release.revised":
        number = act.facts.get("revision", 0)
        locale = row.versions[0].version.locale if row.versions else None
        old, new = f"source-{number - 1}", f"source-{number}"
    elif act.action == "version.approved":
        new = _approval(approvals, versions, locale, act.at)
        earlier = _number(new) - 1
        old = f"approval-{earlier}" if earlier else "draft"
    return Happening(act.at, act, locale=locale, old=old, new=new)


def _approval(
    approvals: dict[str, list[ApprovalRow]], versions: dict[str, str], locale: str | None, at: datetime
) -> str | None:
    """Return the name of the approval that an act gave."""
    of_version: Sequence[ApprovalRow] = next(
        (rows for version_id, rows in approvals.items() if versions.get(version_id) == locale), ()
    )
    return next((f"approval-{each.number}" for each in of_version if each.approval.approved_at == at), None)


def _number(name: str | None) -> int:
    return int(name.partition("-")[2]) if name else 1
