"""Rows as they go out: one function for each kind, used by every call that answers with it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from sqlalchemy.orm import Session

from service.api.conditions import moment
from service.api.matches import match_out
from service.domain.matching.matches import Match
from service.domain.terms import TermHit
from service.queries.deliveries import DeliveryRow, EndpointRow
from service.queries.dismissals import DismissalRow
from service.queries.releases import ReleaseRow, VersionRow, current_revision, user_names
from service.queries.review import UnitRow, unit_rows
from service.queries.terms import ConceptRow
from service.queries.texts import Tally, version_text
from service.storage.models import FindingRow, Receipt, Release


def progress(tally: Tally) -> dict[str, int]:
    """Return the counts of a version's units."""
    return {
        "segments": tally.segments,
        "drafted": tally.drafted,
        "empty": tally.empty,
        "confirmed": tally.confirmed,
    }


def release(row: ReleaseRow, warnings: list[str] | None = None) -> dict[str, Any]:
    """Return a release with its versions."""
    it = row.release
    return {
        "id": it.id,
        "slug": it.slug,
        "title": it.title,
        "source_locale": it.source_locale,
        "state": it.state,
        "revision": it.revision,
        "embargo_at": moment(it.embargo_at),
        "deadline_at": moment(it.deadline_at),
        "confidential": it.confidential,
        "publish": it.publish,
        "author": row.author,
        "warnings": warnings or [],
        "created_at": moment(it.created_at),
        "updated_at": moment(max(it.updated_at, *(each.version.updated_at for each in row.versions))),
        "scheduled_for": moment(it.due_at) if it.publish_requested_at else None,
        "published_at": moment(it.published_at),
        "withdrawn_at": moment(it.withdrawn_at),
        "withdrawn_reason": it.withdrawn_reason,
        "withdrawn_reason_locale": it.withdrawn_reason_locale,
        "publish_blocked": [
            {"code": reason["code"], "detail": reason["template"] % reason["facts"]}
            for reason in it.publish_blocked or []
        ],
        "row_version": it.row_version,
        "versions": [
            {"locale": v.version.locale, "state": v.version.state, "progress": progress(v.tally)} for v in row.versions
        ],
    }


def outcome(it: dict[str, Any]) -> dict[str, Any]:
    """Return how an engine fared."""
    return {
        "name": it["engine"],
        "kind": it["kind"],
        "filled": it["filled"],
        "reason": it["reason"],
        "detail": it["detail"],
        "milliseconds": it.get("milliseconds"),
    }


def whole_release(session: Session, row: ReleaseRow) -> dict[str, Any]:
    """Return a release with the warnings about its source."""
    return release(row, list(current_revision(session, row.release).warnings))


def version(session: Session, it: Release, row: VersionRow) -> dict[str, Any]:
    """Return a version with the digest of its present text and the record of machine and human work."""
    text = version_text(session, row.version)
    approval = row.approval
    names = user_names(session, {approval.approved_by} if approval else set())
    approved = (
        {
            "digest": approval.digest,
            "revision": approval.revision,
            "rules_revision": approval.rules_revision,
            "approved_by": names.get(approval.approved_by),
            "approved_at": moment(approval.approved_at),
            "exception_reason": approval.exception_reason,
        }
        if approval
        else None
    )
    return {
        "locale": row.version.locale,
        "state": row.version.state,
        "title": text.title,
        "revision": text.revision,
        "digest": text.digest,
        "progress": progress(row.tally),
        "engines": [outcome(each) for each in row.version.outcomes],
        "findings": {
            "error": row.tally.errors,
            "warning": row.tally.warnings,
            "info": row.tally.notes,
            "dismissed": row.tally.dismissed,
        },
        "checked_at": moment(row.version.checked_at),
        "approval": approved,
        "claimed_by": row.claimed_by,
        "claimed_until": moment(row.version.claimed_until),
        "changes_reason": row.version.changes_reason,
        "next_draft_at": moment(row.next_draft_at),
        "row_version": row.version.row_version,
        "ai_record": _ai_record(it, text.units, approved),
    }


def _ai_record(it: Release, units: Any, approved: dict[str, Any] | None) -> dict[str, Any]:
    """Tell what a machine wrote and what a person did with it."""
    engines = sorted({unit.engine for unit in units if unit.engine})
    return {
        "engines": engines,
        "units": len(units),
        "machine": sum(unit.origin == "mt" for unit in units),
        "memory": sum(unit.origin == "tm" for unit in units),
        "edited_by_person": sum(unit.text_by is not None for unit in units),
        "confirmed_by_person": sum(unit.confirmed_by is not None for unit in units),
        "approved_by": approved["approved_by"] if approved else None,
        "approved_at": approved["approved_at"] if approved else None,
        "confidential_at_intake": it.confidential or it.embargo_at is not None,
    }


def unit(
    row: UnitRow, hits: Sequence[TermHit] = (), matches: Sequence[Match] = (), *, seen: Container[str] = ()
) -> dict[str, Any]:
    """Return a unit; `hits` are the terms in its source, `matches` what the memory has for it.

    Releases that matches come from are named where they are `seen`.
    """
    it = row.unit
    return {
        "id": it.id,
        "n": row.n,
        "block": row.block.id,
        "kind": row.block.kind,
        "source": row.segment.source,
        "target": it.target,
        "state": it.state,
        "origin": {
            "kind": it.origin,
            "engine": it.engine,
            "engine_version": it.engine_version,
            "score": it.score,
            "milliseconds": it.draft_ms,
            "at": moment(it.drafted_at),
        },
        "draft": it.draft,
        "codes": row.segment.codes,
        "findings": [finding(row, found) for found in row.findings],
        "matches": [match_out(match, seen) for match in matches],
        "terms": [term_hit(hit) for hit in hits],
        "warnings": it.warnings,
        "changed_from": it.changed_from,
        "change_is_minor": it.change_is_minor,
        "row_version": it.row_version,
    }


def term_hit(hit: TermHit) -> dict[str, Any]:
    """Return where a term stands in a source, and what it is called in the target's language."""
    return {
        "concept": hit.term.concept,
        "source": hit.text,
        "term": hit.term.text,
        "start": hit.start,
        "end": hit.end,
        "preferred": hit.term.preferred or None,
        "admitted": list(hit.term.admitted),
        "do_not_translate": hit.term.do_not_translate,
        "hint": hit.compound,
    }


def concept(row: ConceptRow) -> dict[str, Any]:
    """Return a concept with its terms."""
    it = row.concept
    return {
        "id": it.id,
        "terms": [
            {
                "locale": term.locale,
                "text": term.text,
                "status": term.status,
                "gender": term.gender,
                "case_sensitive": term.case_sensitive,
                "forms": term.forms,
            }
            for term in row.terms
        ],
        "definition": it.definition,
        "domain": it.domain,
        "authority": it.authority,
        "authority_date": it.authority_date.isoformat() if it.authority_date else None,
        "do_not_translate": it.do_not_translate,
        "checked": it.checked,
        "created_at": moment(it.created_at),
        "updated_at": moment(it.updated_at),
        "row_version": it.row_version,
    }


def finding(row: UnitRow, it: FindingRow) -> dict[str, Any]:
    """Return a finding of a unit with its sentence."""
    dismissed = None
    if it.dismissed_at is not None:
        dismissed = {"by": row.dismissed_by(it), "at": moment(it.dismissed_at), "reason": it.dismissed_reason}
    return {
        "id": it.id,
        "unit": it.unit_id,
        "n": row.n,
        "code": it.code,
        "severity": it.severity,
        "message": it.template % it.facts if it.facts else it.template,
        "source_span": it.source_span,
        "target_span": it.target_span,
        "fix": it.fix,
        "dismissed": dismissed,
        "dismissed_reason": it.dismissed_reason,
        "rules_revision": it.rules_revision,
    }


def dismissal(row: DismissalRow) -> dict[str, Any]:
    """Return what was put aside, with the sentence of the finding."""
    it = row.dismissal
    return {
        "id": it.id,
        "unit": it.unit_id,
        "n": row.n,
        "code": it.code,
        "severity": it.severity,
        "message": it.template % it.facts if it.facts else it.template,
        "reason": it.reason,
        "by": row.name,
        "at": moment(it.dismissed_at),
        "ended_at": moment(it.ended_at),
    }


def one_unit(session: Session, version_row: VersionRow, unit_id: str) -> dict[str, Any]:
    """Return one unit of a version."""
    return unit(unit_rows(session, version_row.version, unit_id=unit_id)[0])


def endpoint(row: EndpointRow) -> dict[str, Any]:
    """Return a receiver without its secret."""
    it = row.endpoint
    return {
        "id": it.id,
        "url": it.url,
        "events": it.events,
        "public": it.public,
        "receipts": it.receipts,
        "description": it.description,
        "enabled": it.disabled_at is None,
        "disabled_because": it.disabled_because,
        "failing_since": moment(it.failing_since),
        "created_at": moment(it.created_at),
        "deliveries": row.counts,
    }


def delivery(row: DeliveryRow) -> dict[str, Any]:
    """Return a delivery with every attempt."""
    return {
        "id": row.delivery.id,
        "event": row.event.id,
        "type": row.event.type,
        "release": row.event.release_id,
        "endpoint": row.endpoint.id,
        "url": row.endpoint.url,
        "state": row.delivery.state,
        "created_at": moment(row.delivery.created_at),
        "due_at": moment(row.delivery.due_at),
        "ended_at": moment(row.delivery.ended_at),
        "attempts": [
            {
                "number": attempt.number,
                "at": moment(attempt.at),
                "milliseconds": attempt.milliseconds,
                "status": attempt.status,
                "error": attempt.error,
                "detail": attempt.detail,
                "answer": attempt.answer,
            }
            for attempt in row.attempts
        ],
        "receipts": [receipt(each) for each in row.receipts],
    }


def receipt(it: Receipt) -> dict[str, Any]:
    """Return what a publisher says of one language of a delivery, and what was found there."""
    return {
        "id": it.id,
        "locale": it.locale,
        "state": it.state,
        "url": it.url,
        "digest": it.digest,
        "found": it.found,
        "because": it.because,
        "said_at": moment(it.said_at),
        "checked_at": moment(it.checked_at),
    }
