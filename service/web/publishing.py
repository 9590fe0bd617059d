"""The pages on which a release leaves, waits, or is taken back; each says first what will happen, to whom, and when.

What may happen is decided by `operations.publishing` and `operations.releases`; the endpoints named here are those
that would hear of it now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain import permissions
from service.domain.embargo import parse_moment
from service.domain.errors import N_, DeskError, Invalid, NotAllowed, Reason, Refused, Stale
from service.domain.events import EventType
from service.domain.whole_numbers import whole_number
from service.operations.context import Work
from service.operations.loading import demand
from service.operations.publishing import (
    cancel_publication,
    publication_reasons,
    request_publication,
    withdraw_release,
)
from service.operations.scheduling import Schedule, leaves_sooner, reschedule
from service.queries.receivers import hearers, open_endpoints, publication_events
from service.queries.releases import ReleaseRow, release_row
from service.storage.models import Endpoint, Release
from service.uow import Reading
from service.web.formatting import local_input, moment_words
from service.web.identity import actor, desk

blueprint = Blueprint("publishing", __name__)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A release before it leaves: what keeps it, when it would go, who would hear of it."""

    row: ReleaseRow
    reasons: tuple[Reason, ...]
    receivers: tuple[Endpoint, ...]
    leaving: tuple[str, ...]
    waits_until: datetime | None
    corrected: bool


def _outlook(reading: Reading, release_id: str) -> Outlook:
    row = release_row(reading.session, actor(), release_id)
    demand(permissions.may_publish(actor()))
    release = row.release
    work = Work(session=reading.session, now=reading.now, actor=actor(), office=desk().office)
    waits = release.embargo_at is not None and release.embargo_at > reading.now
    return Outlook(
        row=row,
        reasons=publication_reasons(work, release),
        receivers=hearers(open_endpoints(reading.session), publication_events(release), release_published=True),
        leaving=tuple(version.version.locale for version in row.versions if version.version.state == "approved"),
        waits_until=release.embargo_at if waits else None,
        corrected=release.published_at is not None,
    )


def _to_release(release_id: str, done: str) -> Response:
    return redirect(url_for("releases.show", release_id=release_id, done=done), 303)


@blueprint.get("/releases/<release_id>/publish")
def publish_page(release_id: str) -> str:
    """Show what publishing will do, or what is missing for it."""
    with desk().read() as reading:
        outlook = _outlook(reading, release_id)
    return _publish_page(outlook)


def _publish_page(outlook: Outlook, *, failed: bool = False) -> str:
    return render_template("publishing/publish.html", outlook=outlook, failed=failed)


@blueprint.post("/releases/<release_id>/publish")
def publish(release_id: str) -> Response | tuple[str, int]:
    """Publish, or schedule for the end of the embargo; where the gate is closed, say why."""
    try:
        with desk().begin(actor()) as work:
            release = request_publication(work, release_id)
    except Refused as error:
        with desk().read() as reading:
            outlook = _outlook(reading, release_id)
        return _publish_page(outlook, failed=True), error.status
    return _to_release(release_id, "published" if release.due_at is None else "scheduled")


@blueprint.post("/releases/<release_id>/publish/cancel")
def cancel(release_id: str) -> Response:
    """Take a scheduled publication back."""
    with desk().begin(actor()) as work:
        cancel_publication(work, release_id)
    return _to_release(release_id, "unscheduled")


@blueprint.get("/releases/<release_id>/withdraw")
def withdraw_page(release_id: str) -> str:
    """Show what withdrawing will do, and ask for the reason."""
    return _withdraw_page(release_id)


def _withdraw_page(release_id: str, *, error: DeskError | None = None) -> str:
    with desk().read() as reading:
        row = release_row(reading.session, actor(), release_id)
        demand(permissions.may_publish(actor()))
        was_public = row.release.published_at is not None
        endpoints = open_endpoints(reading.session)
        receivers = hearers(endpoints, {EventType.RELEASE_WITHDRAWN}, release_published=was_public)
    return render_template(
        "publishing/withdraw.html",
        row=row,
        receivers=receivers,
        was_public=was_public,
        reason=request.form.get("reason", ""),
        reason_locale=request.form.get("reason_locale") or row.release.source_locale,
        locales=dict.fromkeys((row.release.source_locale, *desk().office.target_locales)),
        error=error,
    )


@blueprint.post("/releases/<release_id>/withdraw")
def withdraw(release_id: str) -> Response | tuple[str, int]:
    """Withdraw the release with the reason that readers see."""
    try:
        with desk().begin(actor()) as work:
            withdraw_release(
                work,
                release_id,
                request.form.get("reason", ""),
                locale=request.form.get("reason_locale") or None,
            )
    except Invalid as error:
        return _withdraw_page(release_id, error=error), error.status
    return _to_release(release_id, "withdrawn")


@blueprint.get("/releases/<release_id>/schedule")
def schedule_page(release_id: str) -> str:
    """Show when and how the release leaves, to be changed."""
    release = _schedulable(release_id)
    return _schedule_page(release, _schedule_fields(release))


def _schedulable(release_id: str) -> Release:
    """Return a release whose schedule the person may change."""
    release, _ = _as_it_stands(release_id)
    demand(permissions.may_revise(actor(), release.author_id) or permissions.may_publish(actor()))
    return release


def _as_it_stands(release_id: str) -> tuple[Release, datetime]:
    with desk().read() as reading:
        return release_row(reading.session, actor(), release_id).release, reading.now


def _schedule_fields(release: Release) -> dict[str, Any]:
    return {
        "embargo_at": local_input(release.embargo_at),
        "deadline_at": local_input(release.deadline_at),
        "confidential": release.confidential,
        "publish": release.publish,
    }


def _schedule_page(release: Release, fields: Mapping[str, Any], *, error: DeskError | None = None) -> str:
    return render_template(
        "publishing/schedule.html",
        release=release,
        fields=fields,
        error=error,
        timezone=desk().office.timezone,
    )


@blueprint.post("/releases/<release_id>/schedule")
def schedule(release_id: str) -> Response | tuple[str, int]:
    """Change embargo, deadline, confidentiality and mode; an empty embargo takes it away.

    What a colleague changed since is not written over, and what is scheduled leaves sooner only where that is said.
    """
    release, now = _as_it_stands(release_id)
    seen = _seen_version()
    try:
        wanted = _schedule(release)
        if seen in {None, release.row_version}:
            _demand_certainty(release, wanted, now)
        with desk().begin(actor()) as work:
            reschedule(work, release_id, wanted, row_version=seen)
    except DeskError as error:
        if not isinstance(error, Invalid | Stale | NotAllowed):
            raise
        release = _schedulable(release_id)
        return _schedule_page(release, request.form, error=error), error.status
    return _to_release(release_id, "rescheduled")


def _seen_version() -> int | None:
    """Return the version of the release that the form was filled from."""
    return whole_number(request.form.get("row_version", ""))


def _schedule(release: Release) -> Schedule:
    """Read the form; an hour that is as it was shown stays as it is, to the second."""
    moments = {
        name: present if request.form.get(name) == local_input(present) else _moment(name)
        for name, present in (("embargo_at", release.embargo_at), ("deadline_at", release.deadline_at))
    }
    return Schedule(
        **moments,
        clear_embargo=moments["embargo_at"] is None,
        clear_deadline=moments["deadline_at"] is None,
        confidential=request.form.get("confidential") == "yes",
        publish=request.form.get("publish") or None,
    )


def _demand_certainty(release: Release, wanted: Schedule, now: datetime) -> None:
    """Raise `Invalid` where a publisher lets the release leave sooner than it is to, and has not ticked that it may."""
    leaves = leaves_sooner(release, wanted, now)
    if leaves is None or not permissions.may_publish(actor()) or request.form.get("sure") == "yes":
        return
    if leaves <= now:
        said = N_("The publication is scheduled. With this change it happens at once: tick that it may.")
        raise Invalid("leaves_sooner", said, field="sure")
    raise Invalid(
        "leaves_sooner",
        N_("The publication is scheduled. With this change it happens sooner, %(moment)s: tick that it may."),
        field="sure",
        moment=moment_words(leaves),
    )


def _moment(name: str) -> datetime | None:
    """Read a field as a local moment; raise `Invalid` with the field's name."""
    written = request.form.get(name, "").strip()
    if not written:
        return None
    try:
        return parse_moment(written, desk().office.timezone)
    except Invalid as error:
        error.field = name
        raise
