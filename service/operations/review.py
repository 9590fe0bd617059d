"""Reviewing: save and confirm units, claim a version and hand it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from service.domain import characters, permissions
from service.domain.drafts import DraftedUnit, OriginKind
from service.domain.errors import N_, Invalid
from service.domain.workflow import Action, UnitState, VersionState, next_state
from service.operations import audit
from service.operations.approvals import demand_reopened, void_approval
from service.operations.checking import keep_current
from service.operations.context import Work
from service.operations.drafting import add_unit_revision
from service.operations.findings import refresh_findings
from service.operations.loading import Seen, demand, demand_seen, locked_version, unit_in_hand
from service.operations.settling import note_change, touch
from service.queries.rules import office_rules
from service.storage import counts
from service.storage.models import (
    BlockRow,
    FindingRow,
    Release,
    SegmentRow,
    Unit,
    UnitRevision,
    User,
    Version,
)

MAX_TARGET_CHARACTERS = 20_000
CLAIM_HOURS = 4


@dataclass(frozen=True, slots=True)
class Saved:
    """A unit after a save, and what the save held; `saves` counts its history.

    `findings` is None where nothing was written, so nothing checked.
    """

    release: Release
    version: Version
    unit: Unit
    segment: SegmentRow
    block: BlockRow
    saves: int
    findings: Sequence[FindingRow] | None


def edit_unit(
    work: Work,
    release_id: str,
    locale: str,
    unit_id: str,
    *,
    row_version: Seen,
    target: str | None = None,
    state: str | None = None,
    operation_id: str | None = None,
) -> Unit:
    """Save a unit as `save_unit` does, and return it."""
    how = {"row_version": row_version, "target": target, "state": state, "operation_id": operation_id}
    return save_unit(work, release_id, locale, unit_id, **how).unit  # type: ignore[arg-type]


def save_unit(
    work: Work,
    release_id: str,
    locale: str,
    unit_id: str,
    *,
    row_version: Seen,
    target: str | None = None,
    state: str | None = None,
    operation_id: str | None = None,
    chosen: DraftedUnit | None = None,
) -> Saved:
    """Save a unit's text, its state, or both; an approval that stood is voided, or keeps the save from it.

    Raises `Stale` with both texts when the unit is no longer at `row_version` (None asks for no check); a repeated
    `operation_id` returns the unit as it is, since the save has already been made; one of another save is refused.
    With `chosen`, the text is that draft's, which stays a machine's although a person put it there.
    """
    held = unit_in_hand(work, release_id, locale, unit_id, operation_id=operation_id)
    release, version, unit = held.release, held.version, held.unit
    as_it_was = Saved(release, version, unit, held.segment, held.block, held.saves, None)
    if held.is_done:
        _demand_same_save(work, unit, operation_id, target=target, state=state)
        return as_it_was
    text = unit.target if target is None else as_kept(target, unit)
    if text != unit.target:
        demand_reopened(work, version)  # says more than that somebody saved
    demand_seen(unit, row_version, mine=target)
    wanted = _wanted_state(unit, text, state, changed=text != unit.target)
    if text == unit.target and wanted == unit.state:
        return as_it_was
    demand_reopened(work, version)
    was = VersionState(version.state)
    version.state = next_state(was, Action.EDIT)
    text_changed = text != unit.target
    if text_changed:
        version.checked_with = None
        if was is VersionState.APPROVED:
            void_approval(work, version, "edited")
            work.session.refresh(unit)
        unit.target = text
        unit.text_by = work.actor.user_id
        unit.origin = OriginKind.PERSON if text else OriginKind.NONE
        if chosen is not None:
            _take_over(work, unit, chosen)
    elif was is VersionState.APPROVED:
        void_approval(work, version, "edited")
        work.session.refresh(unit)
    unit.state = wanted
    unit.confirmed_by = work.actor.user_id if wanted == UnitState.REVIEWED else None
    settle_change(unit)
    unit.row_version += 1
    counts.follow(work.session, version)
    with work.session.no_autoflush:  # what is asked here stands apart from what changed; all is written at once
        add_unit_revision(
            work,
            unit,
            held.segment.source,
            user_id=work.actor.user_id,
            operation_id=operation_id,
            number=held.saves + 1,
        )
        rules = office_rules(work.session, work.office, release.source_locale, locale, stand=held.rules)
        findings = refresh_findings(
            work,
            unit,
            held.segment,
            rules,
            text_changed=text_changed,
            has_findings=held.has_findings,
            has_aside=held.has_aside,
        )
    if version.state == was:
        note_change(work, version)
    else:
        touch(work, release, version)
    audit.record(work, "unit.saved", unit.id, release_id=release.id, locale=locale, state=wanted)
    return replace(as_it_was, saves=held.saves + 1, findings=findings)


def settle_change(unit: Unit) -> None:
    """End the question that a minor edit of the source left open: a person has said what the unit says now."""
    unit.change_is_minor = False
    unit.state_before = None


def _take_over(work: Work, unit: Unit, chosen: DraftedUnit) -> None:
    """Let the unit say of its text what it says of every draft: whose it is, and how it came."""
    unit.origin = chosen.origin.kind
    unit.engine = chosen.origin.engine
    unit.engine_version = chosen.origin.engine_version
    unit.score = chosen.origin.score
    unit.draft = unit.target
    unit.draft_raw = chosen.raw
    unit.draft_ms = chosen.milliseconds
    unit.drafted_at = work.now
    unit.warnings = list(chosen.warnings)


def _demand_same_save(
    work: Work, unit: Unit, operation_id: str | None, *, target: str | None, state: str | None
) -> None:
    """Raise `Invalid` where a save that was made comes again with another text or state, to be dropped unsaid."""
    made = work.session.scalars(
        select(UnitRevision).where(UnitRevision.unit_id == unit.id, UnitRevision.operation_id == operation_id)
    ).one()
    same_text = target is None or clean_target(target) == clean_target(made.target)
    if not same_text or (state == UnitState.REVIEWED != made.state):
        raise Invalid(
            "operation_reused",
            N_("That operation_id is of another save. Send this one with an operation_id of its own."),
            field="operation_id",
        )


def as_kept(target: str, unit: Unit) -> str:
    """Return a text that was sent as it is kept; one that only differs from the unit's in its form is the unit's."""
    text = clean_target(target)
    return unit.target if text == clean_target(unit.target) else text


def clean_target(target: str) -> str:
    """Return a text as it is kept: cleaned, on one line, no white space around it; raise `Invalid` if too long."""
    text = characters.clean_target(target)
    if len(text) > MAX_TARGET_CHARACTERS:
        raise Invalid("too_long", N_("A segment's text has at most 20,000 characters."), field="target")
    return text


def _wanted_state(unit: Unit, text: str, state: str | None, *, changed: bool) -> str:
    if state is not None and state not in (UnitState.TRANSLATED, UnitState.REVIEWED):
        raise Invalid("bad_state", N_("A unit's state can be set to “translated” or “reviewed”."), field="state")
    if not text:
        if state == UnitState.REVIEWED:
            raise Invalid("empty_unit", N_("An empty segment cannot be confirmed."), field="target")
        return UnitState.INITIAL
    if state is None:
        return UnitState.TRANSLATED if changed else unit.state
    if state == UnitState.REVIEWED and unit.state == UnitState.FINAL and not changed:
        return unit.state  # an approved text is confirmed already; saying so again voids nothing
    return UnitState(state)


def confirm_all(work: Work, release_id: str, locale: str, *, act: str | None = None) -> int:
    """Confirm every unit that has a text and no open error; return how many were confirmed now.

    What a minor edit of the source left open is for a person to look at, and is passed over. The saves bear `act`, by
    which they can be undone together.
    """
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    next_state(VersionState(version.state), Action.EDIT)
    keep_current(work, release, version)
    with_errors = select(FindingRow.unit_id).where(FindingRow.severity == "error", FindingRow.dismissed_at.is_(None))
    units = work.session.execute(
        select(Unit, SegmentRow)
        .join(SegmentRow, SegmentRow.id == Unit.segment_id)
        .where(
            Unit.version_id == version.id,
            SegmentRow.revision_id == version.revision_id,
            Unit.state == UnitState.TRANSLATED,
            Unit.change_is_minor.is_(False),
            Unit.id.not_in(with_errors),
        )
    ).all()
    for unit, segment in units:
        unit.state = UnitState.REVIEWED
        unit.confirmed_by = work.actor.user_id
        unit.row_version += 1
        add_unit_revision(work, unit, segment.source, user_id=work.actor.user_id, act=act)
    if units:
        touch(work, release, version)
        audit.record(work, "units.confirmed", version.id, release_id=release.id, locale=locale, count=len(units))
    return len(units)


def claim_version(work: Work, release_id: str, locale: str) -> Version:
    """Say that the actor works on the version; it shows, lasts some hours, and locks nobody out."""
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    version.claimed_by = work.actor.user_id
    version.claimed_until = work.now + timedelta(hours=CLAIM_HOURS)
    audit.record(work, "version.claimed", version.id, release_id=release.id, locale=locale)
    return version


def hand_over(work: Work, release_id: str, locale: str, *, to_email: str | None = None) -> Version:
    """Give the version to another reviewer of the locale, or to nobody."""
    release, version = locked_version(work, release_id, locale)
    demand(permissions.may_review(work.actor, locale))
    receiver = None
    if to_email:
        receiver = work.session.scalar(select(User).where(User.email == to_email.strip().lower()))
        reviews = receiver is not None and any(
            grant.role == "reviewer" and grant.locale in (permissions.ALL_LOCALES, locale) for grant in receiver.grants
        )
        if not reviews or (receiver is not None and receiver.disabled_at is not None):
            raise Invalid("no_such_reviewer", N_("Nobody with that address reviews this language."), field="to")
    version.claimed_by = receiver.id if receiver else None
    version.claimed_until = work.now + timedelta(hours=CLAIM_HOURS) if receiver else None
    audit.record(
        work,
        "version.handed_over",
        version.id,
        release_id=release.id,
        locale=locale,
        to=receiver.id if receiver else None,
    )
    return version
